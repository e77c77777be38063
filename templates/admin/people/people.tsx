import type { VNode } from 'preact';
import { roleTitles, tenantRoles } from '../../../db/domain/roles.ts';
import type { Role } from '../../../db/domain/roles.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { paths, withQuery } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import type { Query } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { peopleCopy } from './copy.ts';

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Null for people of the platform itself. */
  tenant: { id: string; name: string } | null;
  status: 'active' | 'unconfirmed' | 'suspended';
  lastSignInAt: string | null;
}

export interface PeoplePageProps {
  frame: PageContext;
  rows: readonly PersonRow[];
  /** q (name, email or tenant), role, status, sort, cursor. */
  query: Query;
  nextCursor: string | null;
}

const columns: readonly Column<PersonRow>[] = [
  { title: 'Name', sort: 'name', render: (row) => row.name },
  { title: 'Email', render: (row) => row.email },
  {
    title: 'Tenant',
    render: (row) =>
      row.tenant ? <a href={paths.tenant(row.tenant.id)}>{row.tenant.name}</a> : 'The platform',
  },
  { title: 'Role', whole: true, render: (row) => roleTitles[row.role] },
  { title: 'State', render: (row) => <StatusBadge kind="person" state={row.status} /> },
  {
    title: 'Last sign-in',
    right: true,
    phone: 'label',
    render: (row) =>
      row.lastSignInAt ? <Time at={row.lastSignInAt} /> : <span class="bz-muted">Never</span>,
  },
];

/** GET /admin/people */
export function PeoplePage(props: PeoplePageProps): VNode {
  const { frame, query, rows } = props;
  const isPartner = frame.viewer?.isPartner ?? false;
  const path = paths.people;
  const filtered = Boolean(query['q'] ?? query['role'] ?? query['status']);
  return (
    <Shell frame={frame} title="People" wide>
      <PageHeader
        title="People"
        purpose={isPartner ? peopleCopy.partnerPurpose : peopleCopy.purpose}
        action={
          <LinkButton
            href={withQuery(paths.peopleCsv, query, { cursor: undefined })}
            icon="download"
            download
          >
            {peopleCopy.export}
          </LinkButton>
        }
      />
      <FilterBar
        path={path}
        query={query}
        search={peopleCopy.search}
        filters={[
          {
            name: 'role',
            label: 'Role',
            options: Object.entries(roleTitles)
              .filter(([role]) => !isPartner || (tenantRoles as readonly string[]).includes(role))
              .map(([value, label]) => ({ value, label })),
          },
          {
            name: 'status',
            label: 'State',
            options: [
              { value: 'active', label: 'Active' },
              { value: 'unconfirmed', label: 'Email not confirmed' },
              { value: 'suspended', label: 'Suspended' },
            ],
          },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable
          caption="People"
          columns={columns}
          rows={rows}
          rowHref={(row) => paths.person(row.id)}
          path={path}
          query={query}
        />
      ) : filtered ? (
        <NoMatch clearHref={path} what="people" />
      ) : (
        <EmptyState icon="users" {...peopleCopy.empty} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
    </Shell>
  );
}
