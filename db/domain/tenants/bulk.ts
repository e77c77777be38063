import { z } from 'zod';
import { extraDays } from '../common.ts';
import type { BulkDeclaration } from '../runs/bulk-operation.ts';
import { noParameters } from '../runs/bulk-parameters.ts';
import { tenantStatuses } from './tenant.ts';

/** What can be done for the unfinished setups of many tenants. */
export const tenantsBulk = {
  'tenants.remind': {
    subject: 'tenants',
    permission: 'tenants.support',
    parameters: noParameters,
    // Each sends an email.
    pacePerMinute: 120,
  },
  'tenants.extend': {
    subject: 'tenants',
    permission: 'tenants.support',
    parameters: z.strictObject({ days: extraDays }),
    pacePerMinute: 300,
  },
} as const satisfies Record<string, BulkDeclaration>;

/** Filters of the list of tenants that can choose whom an operation is about, as in its address. */
export const tenantFilter = z.strictObject({
  q: z.string().trim().max(200).optional(),
  status: z.enum(tenantStatuses).optional(),
  plan: z.string().max(60).optional(),
  step: z.string().max(60).optional(),
  /** Whole days at the same step. */
  stuck: z
    .string()
    .regex(/^\d{1,3}$/)
    .optional(),
});
export type TenantBulkFilter = z.output<typeof tenantFilter>;
