import type { VNode } from 'preact';
import type { serverKinds, ServerStatus } from '../../../db/domain/integrations/servers.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { durationText } from '../../ui/format.ts';
import { Count } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type StateOf, statusLooks } from '../../ui/status.ts';

export const serverPath = (server: string) => `/admin/connections/servers/${encodeURIComponent(server)}`;
export const toolPath = (server: string, tool: string) =>
  `${serverPath(server)}/tools/${encodeURIComponent(tool)}`;

export const kindTitles: Record<(typeof serverKinds)[number], string> = {
  own: 'Ours',
  npm: 'Package',
  remote: 'Remote',
};

/** Use of the last seven days. */
export interface WeekOfUse {
  calls: number;
  errorRate: number | null;
  p95Ms: number | null;
}

export interface ServerRow {
  name: string;
  title: string;
  summary: string;
  category: string;
  kind: (typeof serverKinds)[number];
  version: string;
  status: ServerStatus;
  featured: boolean;
  health: {
    status: StateOf<'health'>;
    uptime24h: number | null;
    uptime30d: number | null;
    p95Ms: number | null;
    probedAt: string | null;
    lastError: { code: string; at: string } | null;
  };
  connected: number;
  toolsSetAside: number;
  lastWeek: WeekOfUse;
}

export interface ConnectionsPageProps {
  frame: PageContext;
  rows: readonly ServerRow[];
  categories: readonly { key: string; title: string }[];
  query: Query;
  nextCursor: string | null;
  mayManage: boolean;
}

/** "2.4 %", "–" where nothing was measured. */
export function shareText(share: number | null): string {
  if (share === null) return '–';
  const percent = share * 100;
  return `${Number.isInteger(percent) ? percent : percent.toFixed(percent > 99 ? 2 : 1)} %`;
}

export const msText = (ms: number | null): string => (ms === null ? '–' : durationText(ms));

function Name(props: { row: ServerRow; category: string }): VNode {
  const { row, category } = props;
  const marks = [
    category,
    kindTitles[row.kind],
    row.featured ? 'Featured' : '',
    row.toolsSetAside > 0 ? `${row.toolsSetAside} set aside` : '',
  ];
  return (
    <>
      {row.title}
      <div class="bz-muted">{marks.filter(Boolean).join(' · ')}</div>
    </>
  );
}

function columnsOf(categories: ConnectionsPageProps['categories']): Column<ServerRow>[] {
  const titleOf = (key: string) => categories.find((category) => category.key === key)?.title ?? key;
  return [
    { title: 'Service', render: (row) => <Name row={row} category={titleOf(row.category)} /> },
    { title: 'State', render: (row) => <StatusBadge kind="service" state={row.status} /> },
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

/** GET /admin/connections */
export function ConnectionsPage(props: ConnectionsPageProps): VNode {
  const { frame, query, rows, categories } = props;
  const path = '/admin/connections';
  const filtered = ['q', 'category', 'featured', 'status', 'kind'].some((name) => query[name]);
  const states = Object.entries(statusLooks.service);
  return (
    <Shell frame={frame} title="Services" wide>
      <PageHeader
        title="Services"
        purpose="Everything tenants can connect: whether it is up, who uses it and what it may do."
        action={
          <>
            <LinkButton href="/admin/connections/categories" look="quiet">
              Categories
            </LinkButton>
            {props.mayManage ? (
              <LinkButton href="/admin/connections/register" look="primary" icon="plus">
                Register a service
              </LinkButton>
            ) : null}
          </>
        }
      />
      <FilterBar
        path={path}
        query={query}
        search="Search by name or what it is for"
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
          caption="Services"
          columns={columnsOf(categories)}
          rows={rows}
          rowHref={(row) => serverPath(row.name)}
        />
      ) : filtered ? (
        <NoMatch clearHref={path} what="services" />
      ) : (
        <EmptyState icon="plug-connected" title="No services yet" text="They come with each release." />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
