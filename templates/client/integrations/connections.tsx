import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths, type Query } from '../../paths.ts';
import { listCopy } from './copy.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Day, Time } from '../../ui/time.tsx';

export interface IntegrationRow {
  name: string;
  title: string;
  summary: string;
  category: string;
  state: StateOf<'connection'>;
  account: string | null;
  since: string | null;
  /** When it is retired. */
  endsAt: string | null;
  featured: boolean;
}

export interface IntegrationsPageProps {
  frame: PageContext;
  integrations: readonly IntegrationRow[];
  categories: readonly { key: string; title: string }[];
  query: Query;
}

const path = paths.integrations;
const hrefOf = (row: IntegrationRow) => paths.integration(row.name);

const name: Column<IntegrationRow> = {
  title: 'Integration',
  render: (row) => (
    <>
      {row.title}
      <div class="bz-muted fw-normal">{row.summary}</div>
    </>
  ),
};
const category: Column<IntegrationRow> = {
  title: 'For',
  right: true,
  phone: 'label',
  render: (row) => row.category,
};
const connectionColumns: Column<IntegrationRow>[] = [
  {
    title: 'State',
    render: (row) => (
      <>
        <StatusBadge kind="connection" state={row.state} />
        {row.endsAt ? (
          <div class="bz-muted">
            {listCopy.retires}
            <Day at={row.endsAt} />
          </div>
        ) : null}
      </>
    ),
  },
  { title: 'Account', phone: 'label', render: (row) => row.account ?? '' },
  {
    title: 'Since',
    right: true,
    phone: 'label',
    render: (row) => (row.since ? <Time at={row.since} /> : ''),
  },
];

/** Only connected integrations show the columns of a connection. */
function Integrations(props: { title: string; rows: readonly IntegrationRow[]; mine?: boolean }): VNode {
  return (
    <Card title={props.title} flush>
      <DataTable
        caption={props.title}
        rows={props.rows}
        rowHref={hrefOf}
        columns={[name, ...(props.mine ? connectionColumns : []), category]}
      />
    </Card>
  );
}

/** GET /app/integrations: `q`, `category`, `state`. */
export function IntegrationsPage(props: IntegrationsPageProps): VNode {
  const { integrations, query } = props;
  const filtered = Boolean(query['q'] || query['category'] || query['state']);
  const mine = integrations.filter(({ state }) => state !== 'available');
  const others = integrations.filter(({ state }) => state === 'available');
  const featured = filtered ? [] : others.filter((row) => row.featured);
  const rest = filtered ? others : others.filter((row) => !row.featured);
  return (
    <Shell frame={props.frame} title={listCopy.title}>
      <PageHeader title={listCopy.title} purpose={listCopy.purpose} />
      <FilterBar
        path={path}
        query={query}
        search={listCopy.search}
        filters={[
          {
            name: 'category',
            label: 'For',
            options: props.categories.map(({ key, title }) => ({ value: key, label: title })),
          },
          {
            name: 'state',
            label: 'State',
            options: [
              { value: 'connected', label: 'Connected' },
              { value: 'needsReconnect', label: listCopy.stateNeedsReconnect },
              { value: 'available', label: 'Not connected' },
            ],
          },
        ]}
      />
      {integrations.length === 0 ? <NoMatch clearHref={path} what="integrations" /> : null}
      {mine.length > 0 ? <Integrations title={listCopy.yours} rows={mine} mine /> : null}
      {mine.length === 0 && !filtered ? (
        <Card title={listCopy.yours} flush>
          <EmptyState icon="plug-connected" title={listCopy.emptyTitle} text={listCopy.emptyText} />
        </Card>
      ) : null}
      {featured.length > 0 ? <Integrations title={listCopy.featured} rows={featured} /> : null}
      {rest.length > 0 ? (
        <Integrations
          title={mine.length + featured.length > 0 ? listCopy.more : listCopy.title}
          rows={rest}
        />
      ) : null}
    </Shell>
  );
}
