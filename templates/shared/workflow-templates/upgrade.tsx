import type { VNode } from 'preact';
import type { ParameterChange, StepChange } from '../../../db/domain/runs/templates/diff.ts';
import { typedValue } from '../../../db/domain/runs/templates/edit/step-form.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fieldTitle } from '../../ui/field-title.ts';
import { PostButton } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { templatesCopy } from './copy.ts';
import { fieldWords } from './edit-copy.ts';

const copy = templatesCopy.upgrade;

export interface UpgradePageProps {
  frame: PageContext;
  template: { id: string; title: string };
  /** Null where there is nothing newer. */
  upgrade: {
    version: number;
    sourceTitle: string;
    steps: readonly StepChange[];
    parameters: readonly ParameterChange[];
  } | null;
  mayEdit: boolean;
}

function Fields({ change }: { change: StepChange }): VNode | null {
  if (change.fields.length === 0) return null;
  return (
    <dl class="bz-diff">
      {change.fields.map(({ name, before, after }) => (
        <div>
          <dt>{fieldWords(change.kind, { name, type: 'line', required: false }).label}</dt>
          <dd>
            <del>{typedValue(before) || '–'}</del>
            <ins>{typedValue(after) || '–'}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Changes(props: { upgrade: NonNullable<UpgradePageProps['upgrade']> }): VNode {
  const { steps, parameters } = props.upgrade;
  if (steps.length + parameters.length === 0) return <p class="bz-muted">{copy.same}</p>;
  return (
    <>
      {steps.length > 0 ? (
        <Card title={copy.stepsTitle} flush>
          <DataTable
            caption={copy.stepsTitle}
            rows={steps}
            columns={[
              { title: copy.step, render: ({ title }) => title },
              { title: copy.change, whole: true, render: ({ change }) => copy.changes[change] },
              { title: copy.fields, render: (change) => <Fields change={change} /> },
            ]}
          />
        </Card>
      ) : null}
      {parameters.length > 0 ? (
        <Card title={copy.parametersTitle} flush>
          <DataTable
            caption={copy.parametersTitle}
            rows={parameters}
            columns={[
              { title: copy.parametersTitle, render: ({ name }) => fieldTitle(name) },
              { title: copy.change, render: ({ change }) => copy.changes[change] },
            ]}
          />
        </Card>
      ) : null}
    </>
  );
}

/** GET /workflow-templates/:templateId/upgrade: what a newer version of the source would change in a copy. */
export function UpgradePage(props: UpgradePageProps): VNode {
  const { frame, template, upgrade, mayEdit } = props;
  const to = (action: string) => paths.workflowTemplateAction(template.id, action);
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[
          { title: templatesCopy.title, href: paths.workflowTemplates },
          { title: template.title, href: paths.workflowTemplate(template.id) },
        ]}
        title={copy.title}
        purpose={upgrade ? copy.purpose(upgrade.sourceTitle, upgrade.version) : undefined}
        action={
          upgrade && mayEdit ? (
            <>
              <PostButton frame={frame} action={to('upgrade')} hidden={{ version: String(upgrade.version) }}>
                <SubmitButton look="primary">{copy.accept}</SubmitButton>
              </PostButton>
              <PostButton
                frame={frame}
                action={to('skip-upgrade')}
                hidden={{ version: String(upgrade.version) }}
              >
                <SubmitButton>{copy.skip}</SubmitButton>
              </PostButton>
            </>
          ) : undefined
        }
      />
      {upgrade ? (
        <>
          <Notice tone="idle" icon="info-circle">
            {copy.own} {copy.running}
          </Notice>
          <Changes upgrade={upgrade} />
        </>
      ) : (
        <EmptyState icon="circle-check" title={copy.none} />
      )}
    </Shell>
  );
}
