import type { Role } from '../../../db/domain/roles.ts';
import type { Person } from '../../../db/repos/people/people.ts';
import type { PersonRow } from '../../../templates/admin/people/people.tsx';
import { isoOf } from '../shared/query.ts';

/** An address that was never confirmed is worth seeing; a suspended person is that first of all. */
export function personStatus(person: { status: string; emailVerifiedAt: Date | null }): PersonRow['status'] {
  if (person.status === 'suspended') return 'suspended';
  return person.emailVerifiedAt ? 'active' : 'unconfirmed';
}

/** One line of the directory; null for a user without any membership, who can do nothing. */
export function toRow(person: Person, signIns: ReadonlyMap<string, Date>): PersonRow | null {
  const [membership] = person.memberships;
  const role = (person.platformRole ?? membership?.role) as Role | undefined;
  if (!role) return null;
  const tenant =
    membership && !person.platformRole ? { id: membership.tenantId, name: membership.tenantName } : null;
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role,
    tenant,
    status: personStatus(person),
    lastSignInAt: isoOf(signIns.get(person.id) ?? null),
  };
}
