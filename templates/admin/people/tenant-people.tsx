import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';
import { tenantPeopleCopy } from './copy.ts';

export interface TenantPerson {
  id: string;
  name: string;
  email: string;
  roleTitle: string;
  status: StateOf<'person'>;
  lastSignInAt: string | null;
}

/** The members of one tenant. */
export function TenantPeople(props: {
  tenantId: string;
  /** Whether the viewer may change the custom roles. */
  mayManage: boolean;
  people: readonly TenantPerson[];
}): VNode {
  return (
    <>
      {props.mayManage ? (
        <div class="bz-actions">
          <LinkButton href={paths.tenantRoles(props.tenantId)}>{tenantPeopleCopy.roles}</LinkButton>
        </div>
      ) : null}
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
    </>
  );
}
