import type { TenantRole } from '../roles.ts';
import type { Feature } from './features.ts';

/** What can be changed of many people at once. */
export type PeopleChange =
  | { kind: 'suspend' | 'reactivate' }
  | { kind: 'role'; role: TenantRole }
  | { kind: 'feature'; feature: Feature; on: boolean };

interface Changed {
  id: string;
  status: 'active' | 'suspended';
  platformRole: string | null;
  /** Only those the change is about. */
  memberships: readonly { role: TenantRole; customRoleId: string | null; featuresOff: readonly string[] }[];
}

function isSoAlready({ status, memberships }: Changed, change: PeopleChange): boolean {
  switch (change.kind) {
    case 'suspend':
      return status === 'suspended';
    case 'reactivate':
      return status === 'active';
    case 'role':
      return memberships.every(({ role, customRoleId }) => role === change.role && !customRoleId);
    case 'feature':
      return memberships.every(({ featuresOff }) => featuresOff.includes(change.feature) !== change.on);
  }
}

/** Why a change makes no sense for a person; null where it does. The last owner and the like are refused when it is made. */
export function whyUnchanged(
  person: Changed,
  change: PeopleChange,
  by: string,
):
  | 'member.own-role'
  | 'user.platform-role'
  | 'people.no-membership'
  | 'people.several-tenants'
  | 'people.unchanged'
  | null {
  if (person.id === by) return 'member.own-role';
  if (change.kind === 'role' || change.kind === 'feature') {
    if (person.platformRole) return 'user.platform-role';
    if (person.memberships.length === 0) return 'people.no-membership';
    if (change.kind === 'role' && person.memberships.length > 1) return 'people.several-tenants';
  }
  return isSoAlready(person, change) ? 'people.unchanged' : null;
}
