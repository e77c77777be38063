import { z } from 'zod';
import { type Role, roleTitles } from '../../../db/domain/roles.ts';
import type { Person, PersonMembership } from '../../../db/repos/people/people.ts';
import type { PersonRow } from '../../../templates/admin/people/people.tsx';
import { paths } from '../../../templates/paths.ts';
import { isoOf } from '../shared/query.ts';
import { personStatuses } from './read.ts';

/** An address that was never confirmed is worth seeing; a suspended person is that first of all. */
export function personStatus(person: {
  status: string;
  emailVerifiedAt: Date | null;
  platformRole?: string | null;
  memberships?: readonly Pick<PersonMembership, 'status'>[];
}): PersonRow['status'] {
  const { memberships = [], platformRole = null } = person;
  const isNowhere = memberships.length > 0 && memberships.every(({ status }) => status === 'suspended');
  if (person.status === 'suspended' || (platformRole === null && isNowhere)) return 'suspended';
  return person.emailVerifiedAt ? 'active' : 'unconfirmed';
}

/** "Bookkeeper (Admin)": a custom role with the one it is based on. */
export const membershipRole = ({
  role,
  customRole,
}: Pick<PersonMembership, 'role' | 'customRole'>): string =>
  customRole ? `${customRole} (${roleTitles[role]})` : roleTitles[role];

/** One line of the directory. */
export function toRow(person: Person): PersonRow {
  const [membership, ...more] = person.memberships;
  const { platformRole } = person;
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    roleTitle: platformRole ? roleTitles[platformRole] : membership ? membershipRole(membership) : null,
    tenant: membership && !platformRole ? { id: membership.tenantId, name: membership.tenantName } : null,
    isPlatform: platformRole !== null,
    moreTenants: platformRole ? 0 : more.length,
    status: personStatus(person),
    hasSecondFactor: person.hasSecondFactor,
    lastSeenAt: isoOf(person.lastSeenAt),
    picture: person.picture && paths.picture(person.id, person.picture),
  };
}

export const personItem = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(personStatuses),
  platformRole: z.string().nullable(),
  memberships: z.array(
    z.object({
      tenantId: z.string(),
      tenantName: z.string(),
      role: z.string(),
      status: z.string(),
      customRole: z.string().nullable(),
      featuresOff: z.array(z.string()),
    }),
  ),
  hasSecondFactor: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
  lastSignInAt: z.string().nullable(),
});

export function toItem(person: Person, lastSignInAt: Date | undefined): z.input<typeof personItem> {
  return {
    ...person,
    status: personStatus(person),
    createdAt: person.createdAt.toISOString(),
    lastSeenAt: isoOf(person.lastSeenAt),
    lastSignInAt: isoOf(lastSignInAt ?? null),
  };
}

/** Titles of the roles of the platform and of those who are its clients. */
export const platformRoleTitles = {
  superAdmin: roleTitles.superAdmin,
  partner: roleTitles.partner,
  client: 'Client',
} as const satisfies Partial<Record<Role | 'client', string>>;
