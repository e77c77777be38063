import { z } from 'zod';
import { defineProcess } from '../define.ts';

export const renewSubscriptionContract = defineProcess({
  name: 'renew-subscription',
  title: 'Subscription',
  summary:
    'Ends the trial of a subscription, renews it at its day, charges for it, and reminds its owner before.',
  queue: 'core',
  trigger: null,
  cancelEffect: 'The subscription stays as it is and isn’t renewed any more.',
  steps: [
    { key: 'wait', title: 'Next billing step' },
    { key: 'issue', title: 'Invoice issued' },
    { key: 'collect', title: 'Payment collected' },
  ],
  input: z.strictObject({ tenantId: z.string(), subscriptionId: z.string() }),
  output: z.object({ ended: z.boolean() }),
  updates: {},
  signals: {
    /** Something about the subscription or the clock of its tenant changed: look again. */
    subscriptionChanged: z.null(),
  },
  tenantId: ({ tenantId }) => tenantId,
  key: ({ subscriptionId }) => subscriptionId,
  subject: ({ subscriptionId }) => subscriptionId,
});
