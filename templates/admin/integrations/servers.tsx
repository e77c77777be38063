import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { ExportButton, ListCount } from '../../ui/list-head.tsx';
import { Count } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, type Query } from '../../paths.ts';
import { ServerLogo } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { statusLooks } from '../../ui/status.ts';
import { integrationsTitle, kindTitles, quarantinedText, serversCopy } from './copy/registry.ts';
import { msText, shareText } from './figures.ts';
import type { ServerRow } from './server-props.ts';

export interface ServersPageProps {
  frame: PageContext;
  rows: readonly ServerRow[];
  categories: readonly { key: string; title: string }[];
  query: Query;
  nextCursor: string | null;
  /** Of the whole list with these filters. */
  total?: number;
  mayManage: boolean;
}

function Name(props: { row: ServerRow; category: string }): VNode {
  const { row, category } = props;
  const facts = [
    category,
    kindTitles[row.kind],
    row.featured ? 'Featured' : '',
    row.toolsQuarantined > 0 ? quarantinedText(row.toolsQuarantined) : '',
  ];
  return (
    <span class="bz-server">
      <ServerLogo name={row.name} title={row.title} />
      <span>
        {row.title}
        <div class="bz-muted fw-normal">{facts.filter(Boolean).join(' · ')}</div>
      </span>
    </span>
  );
}

function columnsOf(categories: ServersPageProps['categories']): Column<ServerRow>[] {
  const titleOf = (key: string) => categories.find((category) => category.key === key)?.title ?? key;
  return [
    { title: 'Server', sort: 'title', render: (row) => <Name row={row} category={titleOf(row.category)} /> },
    { title: 'State', render: (row) => <StatusBadge kind="server" state={row.status} /> },
    { title: 'Health', render: (row) => <StatusBadge kind="health" state={row.health.status} /> },
    { title: 'Tenants', right: true, phone: 'label', render: (row) => <Count value={row.connected} /> },
    {
      title: 'Calls, 7 days',
      right: true,
      phone: 'label',
      render: (row) => <Count value={row.lastWeek.calls} />,
    },
    { title: 'Errors', right: true, phone: 'label', render: (row) => shareText(row.lastWeek.errorRate) },
    {
      title: 'p95',
      right: true,
      phone: 'label',
      minor: true,
      render: (row) => msText(row.lastWeek.p95Ms),
    },
  ];
}

/** GET /admin/integrations */
export function ServersPage(props: ServersPageProps): VNode {
  const { frame, query, rows, categories } = props;
  const path = paths.registry;
  const filtered = ['q', 'category', 'featured', 'status', 'kind'].some((name) => query[name]);
  const states = Object.entries(statusLooks.server);
  return (
    <Shell frame={frame} title={integrationsTitle} wide>
      <PageHeader
        title={integrationsTitle}
        mark={<ListCount total={props.total} />}
        purpose={serversCopy.purpose}
        action={
          <>
            <ExportButton path={paths.registryCsv} query={query} />
            <LinkButton href={paths.registryCategories} look="quiet">
              {serversCopy.categories}
            </LinkButton>
            {props.mayManage ? (
              <LinkButton href={paths.registerServer} look="primary" icon="plus">
                {serversCopy.register}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <FilterBar
        path={path}
        query={query}
        search={serversCopy.search}
        filters={[
          {
            name: 'category',
            label: 'Category',
            options: categories.map(({ key, title }) => ({ value: key, label: title })),
          },
          {
            name: 'status',
            label: 'State',
            options: states.map(([value, { word }]) => ({ value, label: word })),
          },
          {
            name: 'kind',
            label: 'Kind',
            options: Object.entries(kindTitles).map(([value, label]) => ({ value, label })),
          },
          {
            name: 'featured',
            label: 'Featured',
            options: [
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ],
          },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption={integrationsTitle}
          columns={columnsOf(categories)}
          rows={rows}
          rowHref={(row) => paths.server(row.name)}
          path={path}
          query={query}
          order="title"
        />
      ) : filtered ? (
        <NoMatch clearHref={path} what="servers" />
      ) : (
        <EmptyState icon="plug-connected" title={serversCopy.emptyTitle} text={serversCopy.emptyText} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
