import { z } from 'zod';
import { roleTitles, tenantRoles, type Role } from '../roles.ts';
import type { BulkDeclaration } from '../runs/bulk-operation.ts';
import { noParameters } from '../runs/bulk-parameters.ts';
import type { PeopleChange } from './change.ts';
import { featureKeys } from './features.ts';

/** Where roles and features are changed; left out, wherever a person belongs. */
const tenant = z.string().max(60).optional();

/** What can be done to many people. */
export const peopleBulk = {
  'people.suspend': {
    subject: 'people',
    permission: 'people.manage',
    parameters: noParameters,
    pacePerMinute: 600,
    undo: true,
    isDestructive: true,
  },
  'people.reactivate': {
    subject: 'people',
    permission: 'people.manage',
    parameters: noParameters,
    pacePerMinute: 600,
    undo: true,
  },
  'people.set-role': {
    subject: 'people',
    permission: 'people.manage',
    parameters: z.strictObject({ role: z.enum(tenantRoles, 'Choose a role from the list.'), tenant }),
    pacePerMinute: 600,
    inTenant: true,
    undo: true,
  },
  'people.set-feature': {
    subject: 'people',
    permission: 'people.manage',
    parameters: z.strictObject({
      feature: z.enum(featureKeys, 'Choose a feature from the list.'),
      switch: z.enum(['on', 'off'], 'Choose on or off.'),
      tenant,
    }),
    pacePerMinute: 600,
    inTenant: true,
    undo: true,
  },
  'people.end-sessions': {
    subject: 'people',
    permission: 'sessions.revoke',
    parameters: noParameters,
    pacePerMinute: 600,
    isDestructive: true,
  },
} as const satisfies Record<string, BulkDeclaration>;
export type PeopleBulkKey = keyof typeof peopleBulk;

/** Filters of the list of people that can choose whom an operation is about, as in its address. */
export const peopleFilter = z.strictObject({
  q: z.string().trim().max(200).optional(),
  role: z.enum(Object.keys(roleTitles) as [Role, ...Role[]]).optional(),
  status: z.enum(['active', 'unconfirmed', 'suspended']).optional(),
  secondFactor: z.enum(['on', 'off']).optional(),
  seen: z.enum(['within-7', 'within-30', 'before-30', 'before-90', 'never']).optional(),
  tenant: z.string().max(60).optional(),
});
export type PeopleBulkFilter = z.output<typeof peopleFilter>;

/** The change an operation makes to each person; null where it ends their sessions. */
export function peopleChangeOf(
  operation: PeopleBulkKey,
  parameters: Readonly<Record<string, unknown>>,
): PeopleChange | null {
  switch (operation) {
    case 'people.suspend':
      return { kind: 'suspend' };
    case 'people.reactivate':
      return { kind: 'reactivate' };
    case 'people.set-role':
      return { kind: 'role', role: peopleBulk[operation].parameters.parse(parameters).role };
    case 'people.set-feature': {
      const { feature, switch: to } = peopleBulk[operation].parameters.parse(parameters);
      return { kind: 'feature', feature, on: to === 'on' };
    }
    case 'people.end-sessions':
      return null;
  }
}
