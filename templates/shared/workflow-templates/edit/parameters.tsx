import type { VNode } from 'preact';
import type { Parameters } from '../../../../db/domain/runs/templates/definition.ts';
import { kindOfParameter, parameterKinds } from '../../../../db/domain/runs/templates/edit/parameter-form.ts';
import type { PageContext } from '../../../page-context.ts';
import { paths, withQuery } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Checkbox } from '../../../ui/choices.tsx';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Select, Textarea, TextInput } from '../../../ui/inputs.tsx';
import { editCopy as copy } from '../edit-copy.ts';

export interface ParameterPanel {
  kind: 'parameter';
  /** Its name before; null for a new one. */
  was: string | null;
  form: FormState;
}

const words = copy.parameter;
const at = (name: string) => `parameter.${name}`;

/** The form of one parameter. */
export function ParameterForm(props: {
  frame: PageContext;
  id: string;
  base: number;
  panel: ParameterPanel;
}): VNode {
  const { frame, id, base, panel } = props;
  return (
    <Card title={panel.was === null ? copy.newParameter : copy.editParameter(panel.was)} id="panel">
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(id, 'edit/parameter')}
        state={panel.form}
        idPrefix="parameter"
        hidden={{ base: String(base), was: panel.was ?? undefined }}
      >
        <TextInput name={at('name')} {...words.name} width="medium" />
        <TextInput name={at('title')} {...words.title} optional />
        <Select
          name={at('kind')}
          {...words.kind}
          options={parameterKinds.map((value) => ({ value, label: copy.kinds[value] }))}
          width="medium"
        />
        <Checkbox name="parameter.required" label={words.required.label} />
        <Textarea name={at('default')} {...words.default} optional rows={2} />
        <Textarea name={at('choices')} {...words.choices} optional rows={3} />
        <details class="bz-more" open={Object.keys(panel.form.errors ?? {}).length > 0}>
          <summary>{copy.more}</summary>
          <TextInput name={at('description')} {...words.description} optional />
          {(['minimum', 'maximum', 'minLength', 'maxLength', 'maxItems'] as const).map((name) => (
            <TextInput name={at(name)} {...words[name]} optional width="medium" inputMode="numeric" />
          ))}
        </details>
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.saveParameter}</SubmitButton>
          <a class="btn bz-quiet" href={paths.workflowTemplateAction(id, 'edit')}>
            {copy.cancel}
          </a>
        </div>
      </Form>
    </Card>
  );
}

/** The parameters of a template, each to be opened and deleted. */
export function ParameterList(props: {
  frame: PageContext;
  id: string;
  base: number;
  parameters: Parameters;
  /** What is wrong with each, by its name. */
  problems: ReadonlyMap<string, readonly string[]>;
}): VNode {
  const { frame, id, base, parameters, problems } = props;
  const edit = (query: Record<string, string>) =>
    `${withQuery(paths.workflowTemplateAction(id, 'edit'), query)}#panel`;
  const entries = Object.entries(parameters.properties);
  return (
    <Card title={copy.parameters}>
      {entries.length === 0 ? <p class="bz-muted">{copy.noParameters}</p> : null}
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(id, 'edit/remove-parameter')}
        hidden={{ base: String(base) }}
        idPrefix="parameters"
      >
        <ul class="bz-outline">
          {entries.map(([name, parameter]) => (
            <li>
              <div class="bz-outline-row">
                <div class="bz-outline-words">
                  <a href={edit({ parameter: name })}>{parameter.title ?? name}</a>
                  <span class="bz-muted">
                    parameters.{name} · {copy.kinds[kindOfParameter(parameter)]}
                  </span>
                  {problems.get(name)?.map((text) => (
                    <span class="bz-error">
                      <Icon name="alert-circle" />
                      {text}
                    </span>
                  ))}
                </div>
                <div class="bz-outline-tools">
                  <button
                    type="submit"
                    class="bz-icon-button"
                    name="name"
                    value={name}
                    aria-label={copy.removeParameter(parameter.title ?? name)}
                    title={copy.removeParameter(parameter.title ?? name)}
                  >
                    <Icon name="trash" />
                  </button>
                </div>
              </div>
            </li>
          ))}
        </ul>
        <a class="btn btn-sm bz-quiet" href={edit({ new: 'parameter' })}>
          <Icon name="plus" />
          {copy.addParameter}
        </a>
      </Form>
    </Card>
  );
}
