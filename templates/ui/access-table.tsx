import type { VNode } from 'preact';
import type { AccessKind } from '../../db/domain/audit/access-log.ts';
import { type EventAction, eventActions } from '../../db/domain/event.ts';
import { type Query, withQuery } from '../paths.ts';
import { LinkButton } from './button.tsx';
import { type Column, DataTable } from './data-table.tsx';
import { EmptyState, NoMatch } from './empty-state.tsx';
import { type Filter, FilterBar } from './filter-bar.tsx';
import { Pager } from './pager.tsx';
import { StatusBadge } from './status-badge.tsx';
import { Second } from './time.tsx';

/** One line of an access log. */
export interface AccessRow {
  id: string;
  at: string;
  kind: AccessKind;
  action: EventAction;
  /** Whom it is about, in words. */
  person: string;
  /** Who did it, where it was another one. */
  by: string | null;
  /** What it was about beyond its name. */
  subject: string | null;
  tenantName: string | null;
  /** Null where it isn't known, or not the viewer's to know. */
  ip: string | null;
  /** "Chrome on macOS". */
  device: string | null;
  outcome: 'success' | 'failure' | 'denied';
}

/** What people read for each kind. */
const kindTitles: Readonly<Record<AccessKind, string>> = {
  signIn: 'Sign-ins',
  refused: 'Refused sign-ins',
  signOut: 'Sign-outs',
  ended: 'Ended sessions',
  denied: 'Denied permissions',
  keys: 'API keys',
  administration: 'Administration',
};

const outcomeTitles = { success: 'Done', failure: 'Failed', denied: 'Denied' } as const;
const optionsOf = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

const columnsOf = (withTenant: boolean): readonly Column<AccessRow>[] => [
  { title: 'When', render: (row) => <Second at={row.at} /> },
  {
    title: 'Who',
    render: (row) => (
      <>
        {row.person}
        {row.by ? <span class="bz-muted"> by {row.by}</span> : null}
      </>
    ),
  },
  {
    title: 'What',
    render: (row) => (
      <>
        {eventActions[row.action]}
        {row.subject ? <span class="bz-muted"> · {row.subject}</span> : null}
      </>
    ),
  },
  ...(withTenant
    ? [
        {
          title: 'Tenant',
          minor: true,
          render: (row: AccessRow) => row.tenantName ?? 'The platform',
        },
      ]
    : []),
  { title: 'Device', phone: 'label', render: (row) => row.device ?? '–' },
  { title: 'IP address', phone: 'label', render: (row) => row.ip ?? '–' },
  { title: 'Outcome', render: (row) => <StatusBadge kind="outcome" state={row.outcome} /> },
];

/** The download of an access log as it is filtered. */
export function AccessDownload(props: { href: string; query: Query }): VNode {
  return (
    <LinkButton href={withQuery(props.href, props.query, { cursor: undefined })} icon="download" download>
      Export CSV
    </LinkButton>
  );
}

/** Filters, lines and pages of an access log. */
export function AccessTable(props: {
  path: string;
  query: Query;
  /** Further filters, such as the tenant. */
  filters: readonly Filter[];
  rows: readonly AccessRow[];
  nextCursor: string | null;
  withTenant: boolean;
}): VNode {
  const { path, query, rows } = props;
  const filters: readonly Filter[] = [
    { name: 'kind', label: 'What', options: optionsOf(kindTitles) },
    { name: 'person', label: 'Who', placeholder: 'Name or email' },
    ...props.filters,
    { name: 'outcome', label: 'Outcome', options: optionsOf(outcomeTitles) },
    { name: 'from', label: 'From', type: 'date' },
    { name: 'to', label: 'To', type: 'date' },
  ];
  return (
    <>
      <FilterBar path={path} query={query} filters={filters} />
      {rows.length > 0 ? (
        <DataTable
          caption="Security events, newest first"
          columns={columnsOf(props.withTenant)}
          rows={rows}
        />
      ) : filters.some(({ name }) => query[name]) ? (
        <NoMatch clearHref={path} what="events" />
      ) : (
        <EmptyState icon="shield-check" title="No events yet" text="Every sign-in appears here." />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </>
  );
}
