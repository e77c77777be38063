import { z } from 'zod';
import { agentCatalog } from '../agents/catalog.ts';
import { text } from '../common.ts';
import { idPattern } from '../ids.ts';
import type { PermissionEntry } from '../permission-entry.ts';
import { type Permission, permissions } from '../permissions.ts';
import { networkList } from './networks.ts';

/** For whom a key acts: a person, the business, or one of its agents. */
export const keyKinds = ['person', 'tenant', 'agent'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** `rotating`: the secret before the rotation works too. */
export type KeyState = 'active' | 'rotating' | 'expired' | 'revoked';

/** Days before the expiry on which its people are reminded, the first reminder first. */
export const reminderDays = [14, 3, 1] as const;

/** How long the old secret works after a rotation, in hours. */
export const overlapHours = { min: 0, max: 168, usual: 24 } as const;

/** A key as lists show it. */
export interface ApiKey {
  id: string;
  tenantId: string;
  kind: KeyKind;
  name: string;
  userId: string | null;
  agent: string | null;
  scopes: Permission[];
  networks: string[];
  last4: string;
  state: KeyState;
  previousLast4: string | null;
  previousUntil: Date | null;
  expiresAt: Date | null;
  createdBy: string;
  createdAt: Date;
  rotatedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  revokedAt: Date | null;
  revokeReason: string | null;
}

const entryOf = (permission: Permission): PermissionEntry => permissions[permission];

/** Whether a key of this kind may hold a permission at all. */
export function isScopeOf(kind: KeyKind, permission: Permission): boolean {
  const { byKey } = entryOf(permission);
  return byKey === undefined || (byKey === 'person' && kind === 'person');
}

/** Permissions that only look. */
export const isReading = (permission: Permission): boolean => /\.(read|verify)$/.test(permission);

const scope = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);
const agents = agentCatalog.map(({ key }) => key) as [string, ...string[]];
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? [value] : (value ?? [])),
    z.array(item).min(1, 'Choose at least one.').max(100),
  );

const expiries = ['30', '90', '365', 'date', 'never'] as const;
const blank = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Repeating it creates nothing a second time, and answers with the same key. */
export const requestKey = z.uuid('Reload the page and send it again.').optional();

/** What a person says to create a key. */
export const newKey = z
  .strictObject({
    kind: z.enum(keyKinds, 'Choose who the key is for.').default('person'),
    name: text(80),
    agent: blank(z.enum(agents, 'Choose an agent from the list.')),
    scopes: oneOrMore(scope),
    /** Days from now, a date, or never. */
    expires: z.enum(expiries, 'Choose when it expires.').default('90'),
    /** The last day on which it works, by UTC. */
    expiresOn: blank(z.iso.date('Enter a date.')),
    networks: networkList.default([]),
    requestKey,
  })
  .refine(({ kind, agent }) => kind !== 'agent' || agent !== undefined, {
    path: ['agent'],
    message: 'Choose the agent.',
  })
  .refine(({ expires, expiresOn }) => expires !== 'date' || expiresOn !== undefined, {
    path: ['expiresOn'],
    message: 'Enter the last day on which it works.',
  });
export type NewKey = z.output<typeof newKey>;

/** What a person says to rotate a key. */
export const rotation = z.strictObject({
  overlapHours: z.coerce
    .number('Enter hours.')
    .int('Enter whole hours.')
    .min(overlapHours.min, 'At least 0.')
    .max(overlapHours.max, 'At most 168, which is 7 days.')
    .default(overlapHours.usual),
  requestKey,
});

export const keyParams = z.object({ id: z.string().regex(idPattern('apiKey')) });
