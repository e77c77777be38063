import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { StateOf } from '../../ui/status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type StepItem, StepList } from '../../ui/step-list.tsx';
import { Moment, Time } from '../../ui/time.tsx';
import { templatesCopy } from './copy.ts';

const copy = templatesCopy.runs;

export interface TemplateRun {
  runId: string;
  state: StateOf<'run'>;
  startedAt: string;
  closedAt: string | null;
  /** The version it was started with; null where it isn't known any more. */
  version: string | null;
  /** Whose run it is; null for the viewer's own business. */
  business: string | null;
}

/** The last runs of a template. */
export function RunsTable(props: { id: string; runs: readonly TemplateRun[]; openRuns: number }): VNode {
  const { id, runs } = props;
  if (runs.length === 0) return <EmptyState icon="route" title={copy.empty} />;
  const named = runs.some(({ business }) => business !== null);
  return (
    <Card title={copy.title} note={copy.note(props.openRuns)} flush>
      <DataTable
        caption={copy.title}
        rows={runs}
        rowHref={({ runId }) => paths.workflowTemplateRun(id, runId)}
        columns={[
          { title: copy.started, render: ({ startedAt }) => <Moment at={startedAt} /> },
          ...(named
            ? [
                {
                  title: copy.business,
                  phone: 'label' as const,
                  render: ({ business }: TemplateRun) => business ?? '–',
                },
              ]
            : []),
          { title: copy.state, whole: true, render: ({ state }) => <StatusBadge kind="run" state={state} /> },
          {
            title: copy.version,
            phone: 'label',
            render: ({ version }) => version ?? copy.unknownVersion,
          },
          {
            title: copy.ended,
            right: true,
            phone: 'label',
            render: ({ closedAt }) => (closedAt ? <Time at={closedAt} /> : copy.running),
          },
        ]}
      />
    </Card>
  );
}

/** GET /workflow-templates/:templateId/runs/:runId */
export function TemplateRunPage(props: {
  frame: PageContext;
  template: { id: string; title: string };
  run: TemplateRun;
  /** Null where they can't be read. */
  steps: readonly StepItem[] | null;
  /** Whether the viewer may open the run in the control room. */
  mayControl: boolean;
}): VNode {
  const { frame, template, run, steps } = props;
  const title = copy.page(template.title);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[
          { title: templatesCopy.title, href: paths.workflowTemplates },
          { title: template.title, href: paths.workflowTemplateTab(template.id, 'runs') },
        ]}
        title={title}
        mark={<StatusBadge kind="run" state={run.state} />}
        purpose={
          <>
            {run.business ? `${run.business}. ` : ''}
            {copy.started} <Moment at={run.startedAt} />
            {run.version ? `. ${copy.finishes(run.version)}` : ''}
          </>
        }
        action={
          props.mayControl ? <LinkButton href={paths.run(run.runId)}>{copy.control}</LinkButton> : undefined
        }
      />
      <Card title={copy.steps}>
        {steps ? <StepList label={copy.steps} steps={steps} /> : <p class="bz-muted">{copy.gone}</p>}
      </Card>
    </Shell>
  );
}
