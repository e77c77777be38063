import { z } from 'zod';

/** How recurring revenue of one tenant and currency changed. */
export const movementKinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** A change of monthly recurring revenue: `afterMinor` is `beforeMinor` and `amountMinor`. */
export const movement = z.object({
  id: z.string(),
  tenantId: z.string(),
  at: z.date(),
  kind: z.enum(movementKinds),
  amountMinor: z.number().int(),
  currency: z.string(),
  beforeMinor: z.number().int(),
  afterMinor: z.number().int(),
  subscriptionId: z.string(),
  /** The event that says what happened. */
  eventId: z.string(),
});
export type Movement = z.output<typeof movement>;

/** Which movement leads from one amount to another; null where nothing changed. `paidBefore`: it was above zero once. */
export function movementOf(
  beforeMinor: number,
  afterMinor: number,
  paidBefore: boolean,
): MovementKind | null {
  if (beforeMinor === afterMinor) return null;
  if (beforeMinor === 0) return paidBefore ? 'reactivation' : 'new';
  if (afterMinor === 0) return 'churn';
  return afterMinor > beforeMinor ? 'expansion' : 'contraction';
}
