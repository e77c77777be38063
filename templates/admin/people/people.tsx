import type { VNode } from 'preact';
import type { SavedView } from '../../../db/domain/tenants/saved-view.ts';
import { roleTitles, tenantRoles } from '../../../db/domain/roles.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { Option } from '../../ui/inputs.tsx';
import { ExportButton, ListCount } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths } from '../../paths.ts';
import type { Query } from '../../paths.ts';
import { type RefusedView, SavedViews } from '../../shared/saved-views.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { BulkAllButton, BulkSelection } from '../runs/bulk/selection.tsx';
import { peopleCopy as copy } from './copy.ts';

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  /** Null for a person who belongs nowhere. */
  roleTitle: string | null;
  /** The first by name; null for people of the platform itself, and for who belongs to none. */
  tenant: { id: string; name: string } | null;
  /** Of the platform itself. */
  isPlatform: boolean;
  /** How many tenants beside that one. */
  moreTenants: number;
  status: 'active' | 'unconfirmed' | 'suspended';
  hasSecondFactor: boolean;
  lastSeenAt: string | null;
  /** Address of the picture; null without one. */
  picture: string | null;
}

export interface PeoplePageProps {
  frame: PageContext;
  rows: readonly PersonRow[];
  /** q (name, email or tenant), role, status, secondFactor, seen, tenant, sort, cursor. */
  query: Query;
  /** Of the tenant that the list is filtered by. */
  tenantName: string | null;
  nextCursor: string | null;
  /** Of the whole list with these filters. */
  total?: number;
  /** The viewer's saved views. */
  views: readonly SavedView[];
  /** Whether the viewer may change many people at once: rows can then be selected. */
  mayChange: boolean;
  /** After a rejected name of a view. */
  refused?: RefusedView;
}

const filters = ['q', 'role', 'status', 'secondFactor', 'seen', 'tenant'] as const;

const columns: readonly Column<PersonRow>[] = [
  {
    title: copy.name,
    sort: 'name',
    render: (row) => (
      <span class="bz-person">
        <Avatar name={row.name} picture={row.picture} />
        {row.name}
      </span>
    ),
  },
  { title: copy.email, render: (row) => row.email },
  {
    title: copy.tenant,
    render: (row) =>
      row.tenant ? (
        <>
          <a href={paths.tenant(row.tenant.id)}>{row.tenant.name}</a>
          {row.moreTenants > 0 ? <span class="bz-muted">{copy.more(row.moreTenants)}</span> : null}
        </>
      ) : (
        <span class="bz-muted">{row.isPlatform ? copy.platform : copy.noTenant}</span>
      ),
  },
  { title: copy.role, phone: 'label', render: (row) => row.roleTitle ?? copy.noRole },
  { title: copy.state, render: (row) => <StatusBadge kind="person" state={row.status} /> },
  {
    title: copy.secondFactor,
    minor: true,
    phone: 'label',
    render: (row) => (row.hasSecondFactor ? copy.on : <span class="bz-muted">{copy.off}</span>),
  },
  {
    title: copy.lastSeen,
    sort: 'seen',
    right: true,
    phone: 'label',
    render: (row) =>
      row.lastSeenAt ? <Time at={row.lastSeenAt} /> : <span class="bz-muted">{copy.never}</span>,
  },
];

const optionsOf = (titles: Readonly<Record<string, string>>): Option[] =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

function Filters({ frame, query, tenantName }: PeoplePageProps): VNode {
  const isPartner = frame.viewer?.isPartner ?? false;
  const roles = Object.entries(roleTitles).filter(
    ([role]) => !isPartner || (tenantRoles as readonly string[]).includes(role),
  );
  return (
    <FilterBar
      path={paths.people}
      query={query}
      search={copy.search}
      filters={[
        { name: 'role', label: copy.role, options: optionsOf(Object.fromEntries(roles)) },
        { name: 'status', label: copy.state, options: optionsOf(copy.states) },
        {
          name: 'secondFactor',
          label: copy.secondFactor,
          options: optionsOf({ on: copy.on, off: copy.off }),
        },
        { name: 'seen', label: copy.lastSeen, options: optionsOf(copy.seen) },
        ...(tenantName === null
          ? []
          : [
              {
                name: 'tenant',
                label: copy.tenant,
                options: [{ value: query['tenant'] ?? '', label: tenantName }],
              },
            ]),
      ]}
    />
  );
}

function List(props: PeoplePageProps): VNode {
  const { query, rows, mayChange } = props;
  if (rows.length === 0) {
    return filters.some((name) => query[name]) ? (
      <NoMatch clearHref={paths.people} what="people" />
    ) : (
      <EmptyState icon="users" {...copy.empty} />
    );
  }
  const table = (
    <DataTable
      caption={copy.title}
      columns={columns}
      rows={rows}
      rowHref={(row) => paths.person(row.id)}
      path={paths.people}
      query={query}
      select={
        mayChange
          ? { name: 'items', value: (row) => row.id, label: (row) => copy.select(row.name) }
          : undefined
      }
    />
  );
  return mayChange ? (
    <BulkSelection subject="people" operations={['people.suspend']}>
      {table}
    </BulkSelection>
  ) : (
    table
  );
}

function Actions({ query, rows, mayChange }: PeoplePageProps): VNode {
  return (
    <div class="bz-actions">
      {mayChange && rows.length > 0 ? <BulkAllButton operation="people.suspend" query={query} /> : null}
      <ExportButton path={paths.peopleCsv} query={query} />
    </div>
  );
}

/** GET /admin/people */
export function PeoplePage(props: PeoplePageProps): VNode {
  const { frame, query } = props;
  const isPartner = frame.viewer?.isPartner ?? false;
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader
        title={copy.title}
        mark={<ListCount total={props.total} />}
        purpose={isPartner ? copy.partnerPurpose : copy.purpose}
        action={<Actions {...props} />}
      />
      <SavedViews
        frame={frame}
        path={paths.people}
        all={copy.allViews}
        views={props.views}
        query={query}
        refused={props.refused}
      />
      <Filters {...props} />
      <List {...props} />
      <Pager path={paths.people} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
