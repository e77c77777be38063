import { z } from 'zod';
import type { DunningDifference } from './compare.ts';
import type { Scenario } from './preview.ts';
import { dunningKinds, dunningOutcomes, type DunningState } from './state.ts';

/** An invoice that wasn't paid when it was due, and what is done about it. */
export const dunningCase = z.object({
  id: z.string(),
  tenantId: z.string(),
  subscriptionId: z.string(),
  invoiceId: z.string(),
  policyKey: z.string(),
  policyVersion: z.number().int(),
  state: z.custom<DunningState>(),
  /** What was said at its start. */
  preview: z.custom<Scenario[]>(),
  nextAt: z.date().nullable(),
  nextKind: z.enum(dunningKinds).nullable(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  outcome: z.enum(dunningOutcomes).nullable(),
  /** Whether it went as one of the scenarios said; null while it is open. */
  asPreviewed: z.boolean().nullable(),
  difference: z.custom<DunningDifference>().nullable(),
});
export type DunningCase = z.output<typeof dunningCase>;
