import type { DunningPolicy } from '../../db/domain/billing/dunning/policy.ts';

/**
 * The policy that a migration ships: a few tries over three weeks where another day may help, none where the bank has refused for good,
 * as Stripe and Razorpay do it. People read for three weeks and reach nothing for two before the subscription ends.
 * @see https://docs.stripe.com/billing/revenue-recovery/smart-retries
 */
export const standardPolicy: DunningPolicy = {
  retriesByClass: {
    insufficientFunds: [2, 5, 9, 14, 21],
    expiredCard: [],
    doNotHonour: [1, 4, 8, 15],
    stolenCard: [],
    authenticationNeeded: [],
    methodMissing: [],
    gatewayDown: [1, 2, 3, 5, 8],
  },
  maxTries: 8,
  fromHour: 9,
  toHour: 20,
  avoidWeekends: true,
  mails: ['failed', 'retryFailed', 'restricted', 'suspended', 'cancelled', 'settled'],
  restrictAfterDays: 14,
  suspendAfterDays: 28,
  cancelAfterDays: 42,
};
