import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { paymentMethod } from '../../db/domain/billing/cards.ts';
import { subscriptionTerms } from '../../db/domain/billing/subscriptions.ts';
import { defineProcess } from '../define.ts';

const changed = z.object({
  when: z.enum(['now', 'periodEnd']),
  /** Charged for it, in minor units with tax, and the invoice; null where nothing was due. */
  paidMinor: z.number().int(),
  invoiceId: z.string().nullable(),
});

export const changeSubscriptionContract = defineProcess({
  name: 'change-subscription',
  title: 'Subscription change',
  summary:
    'Changes plan, interval or seats of a subscription, charges what is due first, cancels it, or replaces its card.',
  queue: 'core',
  tellsCaller: true,
  trigger: null,
  cancelEffect: 'A change that was paid for is still made, or the payment is refunded.',
  steps: [
    { key: 'check', title: 'Amount checked' },
    { key: 'collect', title: 'Payment collected' },
    { key: 'apply', title: 'Change applied' },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    subscriptionId: z.string(),
    change: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('terms'),
        ...subscriptionTerms.shape,
        /** What the person was shown as due now; with another amount nothing is done. */
        expectedDueMinor: z.number().int().min(0),
      }),
      z.strictObject({ kind: z.literal('cancel'), when: z.enum(['now', 'periodEnd']) }),
      /** Takes back a cancellation or change that waits for the end of the period. */
      z.strictObject({ kind: z.literal('resume') }),
      z.strictObject({ kind: z.literal('card'), paymentMethod }),
    ]),
    by: actor,
    /** The same request again leads to the same run. */
    requestKey: z.string(),
  }),
  output: changed,
  updates: {
    /** Answers when the change is made, or waits for the end of the period. */
    changed: { input: z.null(), output: changed },
  },
  tenantId: ({ tenantId }) => tenantId,
  key: ({ subscriptionId, requestKey }) => `${subscriptionId}-${requestKey}`,
  subject: ({ subscriptionId }) => subscriptionId,
});
