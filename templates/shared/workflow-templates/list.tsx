import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, type Query } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PostButton } from '../../ui/form.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import type { StateOf } from '../../ui/status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { templatesCopy as copy } from './copy.ts';

export interface TemplateRow {
  id: string;
  title: string;
  summary: string;
  origin: 'own' | 'platform' | 'curated';
  state: StateOf<'template'>;
  version: number;
  label: string | null;
  by: string;
  updatedAt: string | null;
  lastRun: { runId: string; state: StateOf<'run'>; startedAt: string } | null;
}

export interface TemplatesPageProps {
  frame: PageContext;
  own: readonly TemplateRow[];
  shared: readonly TemplateRow[];
  /** q, state. */
  query: Query;
  nextCursor: string | null;
  mayEdit: boolean;
  requestKey: string;
}

const ownColumns: readonly Column<TemplateRow>[] = [
  { title: copy.columns.title, render: ({ title }) => title },
  {
    title: copy.columns.state,
    whole: true,
    render: ({ state }) => <StatusBadge kind="template" state={state} />,
  },
  {
    title: copy.columns.version,
    phone: 'label',
    render: ({ version, label }) => copy.version(version, label),
  },
  { title: copy.columns.by, phone: 'label', minor: true, render: ({ by }) => by },
  {
    title: copy.columns.changed,
    right: true,
    phone: 'label',
    render: ({ updatedAt }) => (updatedAt ? <Time at={updatedAt} /> : '–'),
  },
  {
    title: copy.columns.last,
    phone: 'label',
    render: ({ id, lastRun }) =>
      lastRun ? (
        <a href={paths.workflowTemplateRun(id, lastRun.runId)}>
          <StatusBadge kind="run" state={lastRun.state} />
        </a>
      ) : (
        <span class="bz-muted">{copy.noRun}</span>
      ),
  },
];

function Use(props: TemplatesPageProps & { row: TemplateRow }): VNode {
  const { frame, row, requestKey } = props;
  return (
    <PostButton
      frame={frame}
      action={paths.workflowTemplateAction(row.id, 'copy')}
      hidden={{ requestKey: `${requestKey}-${row.id}` }}
    >
      <SubmitButton small icon="copy" label={`${copy.use}: ${row.title}`}>
        {copy.use}
      </SubmitButton>
    </PostButton>
  );
}

function Shared(props: TemplatesPageProps): VNode | null {
  const { shared, mayEdit } = props;
  if (shared.length === 0) return null;
  return (
    <Card title={copy.shared} note={copy.sharedNote} flush>
      <DataTable
        caption={copy.sharedCaption}
        rows={shared}
        rowHref={({ id }) => paths.workflowTemplate(id)}
        columns={[
          { title: copy.columns.title, render: ({ title }) => title },
          { title: copy.columns.does, render: ({ summary }) => summary },
          { title: copy.columns.by, phone: 'label', minor: true, whole: true, render: ({ by }) => by },
          ...(mayEdit
            ? [{ title: copy.use, right: true, render: (row: TemplateRow) => <Use {...props} row={row} /> }]
            : []),
        ]}
      />
    </Card>
  );
}

function Own(props: TemplatesPageProps): VNode {
  const { own, query, mayEdit } = props;
  if (own.length > 0) {
    return (
      <DataTable
        caption={copy.ownCaption}
        rows={own}
        rowHref={({ id }) => paths.workflowTemplate(id)}
        columns={ownColumns}
      />
    );
  }
  if (query['q'] || query['state']) return <NoMatch clearHref={paths.workflowTemplates} what="templates" />;
  return (
    <EmptyState
      icon="route"
      title={copy.emptyTitle}
      text={copy.emptyText}
      action={mayEdit ? <LinkButton href={paths.newWorkflowTemplate}>{copy.create}</LinkButton> : undefined}
    />
  );
}

/** GET /workflow-templates */
export function TemplatesPage(props: TemplatesPageProps): VNode {
  const { frame, query, mayEdit } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        title={copy.title}
        purpose={copy.purpose}
        action={
          mayEdit ? (
            <LinkButton href={paths.newWorkflowTemplate} look="primary" icon="plus">
              {copy.create}
            </LinkButton>
          ) : undefined
        }
      />
      <FilterBar
        path={paths.workflowTemplates}
        query={query}
        search={copy.search}
        filters={[
          {
            name: 'state',
            label: copy.state.label,
            options: [
              { value: 'live', label: copy.state.live },
              { value: 'draft', label: copy.state.draft },
              { value: 'changed', label: copy.state.changed },
            ],
          },
        ]}
      />
      <Own {...props} />
      <Pager path={paths.workflowTemplates} query={query} nextCursor={props.nextCursor} />
      <Shared {...props} />
    </Shell>
  );
}
