import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { extraDays, reason } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { itemOutcomes } from '../../db/domain/progress.ts';
import { mostTenants } from '../../db/domain/tenants/help.ts';
import { defineProcess } from '../define.ts';

const result = z.object({ id: z.string(), outcome: z.enum(itemOutcomes), code: z.string().optional() });

const help = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('remind') }),
  z.strictObject({ kind: z.literal('extend'), days: extraDays }),
]);
export type Help = z.infer<typeof help>;

export const helpTenantsContract = defineProcess({
  name: 'help-tenants',
  title: 'Help for many tenants',
  summary: 'Sends reminders to the owners of unfinished setups, or extends their setups, many at once.',
  queue: 'core',
  about: 'tenants',
  cancelEffect: 'Tenants that were helped already stay as they are now. The others are left unchanged.',
  trigger: null,
  steps: [
    { key: 'check', title: 'Tenants checked' },
    { key: 'help', title: 'Tenants helped' },
    { key: 'record', title: 'Recorded' },
  ],
  input: z.strictObject({
    help,
    reason,
    tenantIds: z.array(z.string()).min(1).max(mostTenants),
    /** A person; whose tenants they reach is looked up each time, so that a role that was taken away counts at once. */
    by: actor,
    /** The same request again leads to the same run. */
    requestKey: z.string(),
  }),
  output: z.object({ results: z.array(result) }),
  updates: {},
  tenantId: () => PLATFORM_TENANT_ID,
  // Keys are per person: one never leads to another person's run.
  key: ({ by, requestKey }) => `${by.id}-${requestKey}`,
  subject: ({ help: { kind } }) => kind,
});
