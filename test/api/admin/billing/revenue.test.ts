import assert from 'node:assert/strict';
import {
  cancelSubscription,
  changeSubscription,
  insertSubscription,
  lockSubscription,
} from '../../../../db/repos/billing/subscriptions.ts';
import { dayMs } from '../../../../db/domain/time.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { subscriptionOf } from '../../../support/billing.ts';
import { plantTenant, scope } from '../../../support/database.ts';

interface Period {
  day: string;
  startMinor: number;
  moved: Record<string, number>;
  endMinor: number;
  customersEnd: number;
}

describe('[BIL-5a] revenue, down to its rows', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  const today = new Date();
  /** Noon of a day so many months back, on the 10th: no timezone moves it into another month. */
  const month = (back: number) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 10, 12));

  /** A tenant that subscribes, and what it changes later: the amount it pays, 0 for the end. */
  async function customer(
    begins: number,
    amountMinor: number,
    changes: readonly { back: number; amountMinor: number }[] = [],
    currency = 'EUR',
  ): Promise<string> {
    const { db } = platform.world.database;
    const { tenantId } = await plantTenant(db, { status: 'live' });
    const terms = { amountMinor, currency, periodStart: month(begins), anchorAt: month(begins) };
    const subscription = subscriptionOf(tenantId, terms);
    await db.inScope(scope({ tenantId }), (tx) => insertSubscription(tx, subscription));
    for (const change of changes)
      await db.inScope(scope({ tenantId }), async (tx) => {
        const at = month(change.back);
        if (change.amountMinor === 0) return cancelSubscription(tx, tenantId, subscription.id, at);
        const held = await lockSubscription(tx, tenantId, subscription.id);
        return changeSubscription(
          tx,
          held,
          { amountMinor: change.amountMinor },
          { action: 'subscription.renewed', at },
        );
      });
    return tenantId;
  }

  before(async () => {
    platform = await startPlatform({ worker: false });
    admin = await platform.admin();
    await customer(11, 10_000);
    await customer(8, 20_000, [{ back: 5, amountMinor: 30_000 }]);
    await customer(8, 5_000, [{ back: 4, amountMinor: 4_000 }]);
    await customer(7, 1_000, [{ back: 3, amountMinor: 0 }]);
    await customer(2, 100_000, [], 'USD');
  });
  after(() => platform.stop());

  it('adds up: start and movements are the end, in each month and over the year, and the end is what runs', async () => {
    const { body, status } = await admin.call('GET', '/api/admin/revenue');
    assert.equal(status, 200);
    const [euro, dollar] = body.currencies;
    assert.deepEqual([euro.currency, dollar.currency, body.unrated], ['EUR', 'USD', ['USD']]);
    assert.equal(euro.periods.length, 12);
    for (const { startMinor, moved, endMinor } of [...(euro.periods as Period[]), euro.total]) {
      const change = Object.values<number>(moved).reduce((sum, one) => sum + one, 0);
      assert.equal(startMinor + change, endMinor);
    }
    assert.deepEqual([euro.total.startMinor, euro.total.endMinor], [0, 44_000]);
    assert.deepEqual(euro.total.moved, {
      ...{ new: 36_000, expansion: 10_000, contraction: -1_000, churn: -1_000, reactivation: 0 },
    });
    assert.deepEqual([euro.runningMinor, euro.reconciled, euro.total.customersEnd], [44_000, true, 3]);
    assert.deepEqual([dollar.total.endMinor, dollar.reconciled], [100_000, true]);
    assert.equal(body.all.total.endMinor, 44_000, 'what has no rate is in no sum');
  });

  it('notices when the movements and the subscriptions disagree, and says so', async () => {
    await platform.world.database.owner(
      "update subscriptions set amount_minor = amount_minor + 1 where currency = 'EUR' and amount_minor = 10000",
    );
    const { body } = await admin.call('GET', '/api/admin/revenue');
    assert.equal(body.currencies[0].reconciled, false);
    const { text } = await admin.call('GET', '/admin/revenue?currency=EUR');
    assert.match(text, /don’t add up/);
    await platform.world.database.owner(
      "update subscriptions set amount_minor = 10000 where currency = 'EUR' and amount_minor = 10001",
    );
  });

  it('leads from each figure to its movements and from them to the event', async () => {
    const { text } = await admin.call('GET', '/admin/revenue?currency=EUR');
    const links = [...text.matchAll(/href="(\/admin\/revenue\/movements\?[^"]*kind=churn[^"]*)"/g)].map(
      ([, href]) => href?.replaceAll('&amp;', '&') ?? '',
    );
    assert.equal(links.length, 1, 'only what is not zero leads anywhere');
    const listed = await admin.call('GET', (links[0] ?? '').replace('/admin/', '/api/admin/'));
    assert.deepEqual(
      listed.body.items.map(({ kind, amountMinor }: { kind: string; amountMinor: number }) => [
        kind,
        amountMinor,
      ]),
      [['churn', -1_000]],
    );
    const { eventId } = listed.body.items[0] as { eventId: string };
    const audit = await admin.call('GET', `/api/admin/audit-events?q=${eventId}`);
    assert.equal(audit.body.items[0].action, 'subscription.cancelled');
    const page = await admin.call('GET', links[0] ?? '');
    assert.ok(page.text.includes(`/admin/audit?q=${eventId}`));
  });

  it('states everything in one currency by the rate that was set, which is refused when it is none', async () => {
    const set = (body: object) => admin.call('PUT', '/api/admin/revenue/exchange-rates', body);
    assert.equal((await set({ currency: 'USD', rate: 'much' })).status, 422);
    assert.equal((await set({ currency: 'EUR', rate: '1' })).status, 422);
    assert.equal((await set({ currency: 'usd', rate: '0.92' })).status, 200);
    const { body } = await admin.call('GET', '/api/admin/revenue');
    assert.deepEqual(
      [body.all.total.endMinor, body.all.reconciled, body.unrated],
      [44_000 + 92_000, true, []],
    );
    const { text } = await admin.call('GET', '/admin/revenue/exchange-rates');
    assert.ok(text.includes('0.92'));
  });

  it('shows days, months and years, whatever range it is asked for', async () => {
    const days = async (query: string) =>
      (await admin.call('GET', `/api/admin/revenue?${query}`)).body.currencies[0].periods.length as number;
    assert.equal(await days('interval=day'), 30);
    assert.equal(await days('interval=year'), 3);
    assert.equal(await days('interval=day&from=2001-01-01'), 92);
    const from = new Date(today.getTime() - 3 * dayMs).toISOString().slice(0, 10);
    assert.ok([4, 5].includes(await days(`interval=day&from=${from}`)));
    assert.equal((await admin.call('GET', '/api/admin/revenue?from=2026-02-30')).status, 422);
  });

  it('is of the own tenants only for a partner, who sets no rates', async () => {
    const partner = await platform.partner();
    const { body } = await partner.call('GET', '/api/admin/revenue');
    assert.equal(body.currencies[0].total.endMinor, 0);
    assert.equal(
      (await partner.call('PUT', '/api/admin/revenue/exchange-rates', { currency: 'USD', rate: '1' })).status,
      403,
    );
  });
});
