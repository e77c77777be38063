import type { NewInvoice } from '../../db/repos/billing/invoices.ts';
import type { NewSubscription } from '../../db/repos/billing/subscriptions.ts';
import { untaxed } from '../../db/domain/billing/tax/tax.ts';
import { newId } from '../../db/domain/ids.ts';
import { tokenizeSandboxCard } from '../../activities/adapters/sandbox-cards.ts';
import type { Processes } from '../../api/kit/processes/client.ts';
import { moveClock } from '../../db/repos/billing/clock.ts';
import { listOpenCases } from '../../db/repos/billing/dunning/cases.ts';
import { insertSubscription } from '../../db/repos/billing/subscriptions.ts';
import { collectOverdueInvoiceContract } from '../../workflows/billing/collect-overdue-invoice.contract.ts';
import { renewSubscriptionContract } from '../../workflows/billing/renew-subscription.contract.ts';
import { plantTenant, scope } from './database.ts';
import type { World } from './world.ts';

const periodStart = new Date('2026-03-01T00:00:00Z');
const periodEnd = new Date('2026-04-01T00:00:00Z');

/** An active subscription to Growth, as a repo takes it. */
export function subscriptionOf(tenantId: string, changes: Partial<NewSubscription> = {}): NewSubscription {
  return {
    ...{
      id: newId('subscription'),
      tenantId,
      planKey: 'growth',
      planVersion: 1,
      interval: 'month',
      seats: 1,
    },
    ...{ status: 'active', amountMinor: 14_900, currency: 'EUR', gateway: 'sandbox', timezone: 'UTC' },
    paymentMethod: { id: 'pm_1', brand: 'visa', last4: '4242', expMonth: 1, expYear: 2030 },
    ...{ trialEndsAt: null, anchorAt: periodStart, periodStart, periodEnd },
    ...changes,
  };
}

/** An invoice for a month of Growth, as a repo takes it. */
export function draftOf(
  tenantId: string,
  subscriptionId: string | null,
  changes: Partial<NewInvoice> = {},
): NewInvoice {
  const line = { text: null, planTitle: 'Growth', interval: 'month', meter: null } as const;
  return {
    ...{
      id: newId('invoice'),
      tenantId,
      subscriptionId,
      kind: 'subscription',
      currency: 'EUR',
      tax: untaxed,
    },
    billedTo: { name: 'Test Ltd', address: null, country: null, vatNumber: null },
    lines: [{ ...line, kind: 'plan', quantity: 1, amountMinor: 14_900, periodStart, periodEnd }],
    ...{ createdAt: periodStart, periodStart, periodEnd },
    ...changes,
  };
}

/** Test cards: one that is always charged, others that are refused when their owner isn't there, for a reason each. */
export const testCards = {
  good: '4242424242424242',
  refused: '4000000000000341',
  insufficientFunds: '4000000000003402',
  expiredCard: '4000000000003501',
  stolenCard: '4000000000003618',
  authenticationNeeded: '4000000000003709',
  thirdTry: '4000000000003808',
  unavailable: '4000000000003907',
  /** Refused also when its owner is there. */
  broke: '4000000000009995',
} as const;

/** A subscription that its process looks after, by a clock of its own. */
export interface LiveSubscription {
  tenantId: string;
  userId: string;
  subscriptionId: string;
  /** Moves the clock of the tenant, and tells its process. */
  at(iso: string): Promise<void>;
  /** Has its processes look at it, as everyone who changes something does. */
  tell(): Promise<void>;
  /** Asks the database as its owner; `$1` is the tenant. */
  rows<T extends object>(sql: string): Promise<T[]>;
}

/** Subscribes a new tenant whose clock shows `iso`; without other terms the period of a month begins then. */
export async function liveSubscription(
  world: World,
  processes: Processes,
  iso: string,
  { card = 'good', ...terms }: Partial<NewSubscription> & { card?: keyof typeof testCards } = {},
): Promise<LiveSubscription> {
  const { db } = world.database;
  const { tenantId, userId } = await plantTenant(db, { status: 'live' });
  const entered = { number: testCards[card], expMonth: 12, expYear: 2040, cvc: '123' };
  const paymentMethod = await tokenizeSandboxCard(world.sandboxUrl)(entered);
  const start = new Date(iso);
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + 1);
  const period = { anchorAt: start, periodStart: start, periodEnd: end };
  const subscription = subscriptionOf(tenantId, { paymentMethod, ...period, ...terms });
  await db.inScope(scope({ tenantId }), async (tx) => {
    await moveClock(tx, tenantId, start, 'test');
    await insertSubscription(tx, subscription);
  });
  const input = { tenantId, subscriptionId: subscription.id };
  const by = { type: 'system', id: 'test' } as const;
  async function tell(): Promise<void> {
    await processes.startWithSignal(renewSubscriptionContract, input, by, 'subscriptionChanged', null);
    for (const { invoiceId } of await db.inScope(scope({ tenantId }), (tx) => listOpenCases(tx, tenantId)))
      await processes.startWithSignal(
        collectOverdueInvoiceContract,
        { tenantId, invoiceId },
        by,
        'caseChanged',
        null,
      );
  }
  await tell();
  return {
    ...{ ...input, userId, tell },
    async at(to) {
      await db.inScope(scope({ tenantId }), (tx) => moveClock(tx, tenantId, new Date(to), 'test'));
      await tell();
    },
    rows: (sql) => world.database.owner(sql, [tenantId]),
  };
}
