import type { VNode } from 'preact';
import type { Step } from '../../../../db/domain/runs/templates/definition.ts';
import { paths, withQuery } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { type Option, Select } from '../../../ui/inputs.tsx';
import { kindCopy, templatesCopy } from '../copy.ts';
import { editCopy as copy } from '../edit-copy.ts';
import { kindIcons } from '../step-outline.tsx';

/** Asks which kind of step is to be added. */
export interface ChoosePanel {
  kind: 'choose';
  at: string;
}
/** Asks which tool, or which template, a step is to use. */
export interface UsePanel {
  kind: 'use';
  at: string;
  step: 'tool' | 'template';
  options: readonly Option[];
}

const edit = (id: string) => paths.workflowTemplateAction(id, 'edit');

/** A menu of links: each kind of step has a form of its own. */
export function ChooseKind(props: { id: string; panel: ChoosePanel }): VNode {
  const { id, panel } = props;
  return (
    <Card title={copy.choose} note={copy.chooseNote} id="panel">
      <ul class="bz-kinds">
        {Object.entries(kindCopy).map(([kind, { title, does }]) => (
          <li>
            <a href={`${withQuery(edit(id), { add: panel.at, kind })}#panel`}>
              <Icon name={kindIcons[kind as Step['kind']]} />
              <span>
                <strong>{title}</strong>
                <span class="bz-muted">{does}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <div class="bz-actions">
        <a class="btn bz-quiet" href={edit(id)}>
          {copy.cancel}
        </a>
      </div>
    </Card>
  );
}

export function ChooseUse(props: { id: string; panel: UsePanel }): VNode {
  const { id, panel } = props;
  const isTool = panel.step === 'tool';
  const label = isTool ? copy.chooseTool : templatesCopy.columns.title;
  return (
    <Card title={kindCopy[panel.step].title} note={kindCopy[panel.step].does} id="panel">
      <form method="get" action={`${edit(id)}#panel`}>
        <input type="hidden" name="add" value={panel.at} />
        <input type="hidden" name="kind" value={panel.step} />
        <Select
          name="use"
          label={label}
          placeholder={isTool ? copy.toolPlaceholder : 'Choose a template'}
          options={panel.options}
          help={isTool ? copy.chooseToolHelp : undefined}
        />
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.next}</SubmitButton>
          <a class="btn bz-quiet" href={edit(id)}>
            {copy.cancel}
          </a>
        </div>
      </form>
    </Card>
  );
}
