import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Day, Time } from '../../ui/time.tsx';

export interface ServiceRow {
  name: string;
  title: string;
  summary: string;
  category: string;
  state: StateOf<'connection'>;
  account: string | null;
  since: string | null;
  /** When the platform will turn it off. */
  endsAt: string | null;
  featured: boolean;
}

export interface ConnectionsPageProps {
  frame: PageContext;
  services: readonly ServiceRow[];
  categories: readonly { key: string; title: string }[];
  query: Query;
}

const path = '/app/connections';
const hrefOf = (row: ServiceRow) => `${path}/${row.name}`;

const service: Column<ServiceRow> = {
  title: 'Service',
  render: (row) => (
    <>
      {row.title}
      <div class="bz-muted fw-normal">{row.summary}</div>
    </>
  ),
};
const category: Column<ServiceRow> = {
  title: 'For',
  right: true,
  phone: 'label',
  render: (row) => row.category,
};
const standing: Column<ServiceRow>[] = [
  {
    title: 'State',
    render: (row) => (
      <>
        <StatusBadge kind="connection" state={row.state} />
        {row.endsAt ? (
          <div class="bz-muted">
            Ends on <Day at={row.endsAt} />
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

/** Those that are not connected all stand alike, so only the others say how. */
function Services(props: { title: string; rows: readonly ServiceRow[]; mine?: boolean }): VNode {
  return (
    <Card title={props.title} flush>
      <DataTable
        caption={props.title}
        rows={props.rows}
        rowHref={hrefOf}
        columns={[service, ...(props.mine ? standing : []), category]}
      />
    </Card>
  );
}

/** GET /app/connections: `q`, `category`, `state`. */
export function ConnectionsPage(props: ConnectionsPageProps): VNode {
  const { services, query } = props;
  const filtered = Boolean(query['q'] || query['category'] || query['state']);
  const mine = services.filter(({ state }) => state !== 'available');
  const others = services.filter(({ state }) => state === 'available');
  const featured = filtered ? [] : others.filter((row) => row.featured);
  const rest = filtered ? others : others.filter((row) => !row.featured);
  return (
    <Shell frame={props.frame} title="Connections">
      <PageHeader
        title="Connections"
        purpose="The services your business uses. Once connected, people, workflows and agents can act in them."
      />
      <FilterBar
        path={path}
        query={query}
        search="Search services"
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
              { value: 'needsReconnect', label: 'To connect again' },
              { value: 'available', label: 'Not connected' },
            ],
          },
        ]}
      />
      {services.length === 0 ? <NoMatch clearHref={path} what="services" /> : null}
      {mine.length > 0 ? <Services title="Your services" rows={mine} mine /> : null}
      {mine.length === 0 && !filtered ? (
        <Card title="Your services" flush>
          <EmptyState
            icon="plug-connected"
            title="Nothing is connected yet"
            text="Choose a service below. We check that it works before anything is saved."
          />
        </Card>
      ) : null}
      {featured.length > 0 ? <Services title="Often used" rows={featured} /> : null}
      {rest.length > 0 ? (
        <Services title={mine.length + featured.length > 0 ? 'More services' : 'Services'} rows={rest} />
      ) : null}
    </Shell>
  );
}
