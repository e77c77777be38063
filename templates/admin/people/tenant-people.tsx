import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';

export interface TenantPerson {
  id: string;
  name: string;
  email: string;
  roleTitle: string;
  status: StateOf<'person'>;
  lastSignInAt: string | null;
}

/** The members of one tenant. */
export function TenantPeople(props: { people: readonly TenantPerson[] }): VNode {
  return (
    <DataTable
      caption="People"
      rows={props.people}
      rowHref={(person) => paths.person(person.id)}
      columns={[
        { title: 'Name', render: (person) => <strong>{person.name}</strong> },
        { title: 'Email', render: (person) => person.email },
        { title: 'Role', whole: true, render: (person) => person.roleTitle },
        { title: 'State', render: (person) => <StatusBadge kind="person" state={person.status} /> },
        {
          title: 'Last sign-in',
          right: true,
          phone: 'label',
          render: (person) => (person.lastSignInAt ? <Time at={person.lastSignInAt} /> : 'Never'),
        },
      ]}
    />
  );
}
