import assert from 'node:assert/strict';
import { recordMovement } from '../../../../db/repos/billing/movements.ts';
import { insertSubscription } from '../../../../db/repos/billing/subscriptions.ts';
import { counts } from '../../../../db/repos/tenants/overview.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { trends, type Trends } from '../../../../db/repos/tenants/trends.ts';
import { subscriptionOf } from '../../../support/billing.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';
import { dayMs } from '../../../../db/domain/time.ts';

describe('[TEN-1] how the figures of the home page came to be', () => {
  let database: TestDatabase;
  const nowMs = Date.now();
  const ago = (days: number) => new Date(nowMs - days * dayMs);

  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const read = (days: number): Promise<Trends> =>
    database.db.inScope(scope('platform'), async (tx) => {
      const { live, onboarding, mrrMinor } = await counts(tx);
      return trends(tx, { live, onboarding, mrrMinor }, days, nowMs);
    });

  /** What happened to a tenant, moved to the days on which the test wants it to have happened. */
  async function tenantOf(days: { created: number; live?: number; abandoned?: number }): Promise<string> {
    const { tenantId } = await plantTenant(database.db, {
      status: days.live === undefined ? 'onboarding' : 'live',
    });
    if (days.abandoned !== undefined)
      await database.db.inScope(scope({ tenantId }), (tx) => tenants.setStatus(tx, tenantId, 'abandoned'));
    const move = (action: string, day: number | undefined) =>
      day === undefined
        ? undefined
        : database.owner('update events set occurred_at = $1 where tenant_id = $2 and action = $3', [ago(day), tenantId, action]); // prettier-ignore
    await database.owner('alter table events disable trigger user');
    await move('tenant.created', days.created);
    await move('tenant.activated', days.live);
    await move('tenant.abandoned', days.abandoned);
    await database.owner('alter table events enable trigger user');
    await database.owner('update tenants set created_at = $1 where id = $2', [ago(days.created), tenantId]);
    return tenantId;
  }

  /** A subscription, and the days on which its revenue began and ended. */
  async function subscribe(
    tenantId: string,
    {
      began,
      ended,
      ...terms
    }: { began?: number; ended?: number; status: 'active' | 'cancelled'; yearly?: boolean },
  ): Promise<void> {
    const { yearly, status } = terms;
    const interval = yearly ? 'year' : 'month';
    const subscription = subscriptionOf(tenantId, { status: 'trialing', amountMinor: 12_000, interval });
    const facts = { tenantId, subscriptionId: subscription.id, currency: 'EUR', eventId: '' };
    const monthly = yearly ? 1_000 : 12_000;
    await database.db.inScope(scope({ tenantId }), async (tx) => {
      await insertSubscription(tx, subscription);
      if (began !== undefined) await recordMovement(tx, { ...facts, afterMinor: monthly, at: ago(began) });
      if (ended !== undefined) await recordMovement(tx, { ...facts, afterMinor: 0, at: ago(ended) });
    });
    await database.owner('update subscriptions set status = $1 where id = $2', [status, subscription.id]);
  }

  it('is a single value on the first day, and fewer days than asked for on a young platform', async () => {
    assert.deepEqual(await read(10), { live: [0], onboarding: [0], mrrMinor: [0] });
    await tenantOf({ created: 2.5 });
    assert.deepEqual((await read(10)).onboarding, [1, 1, 1]);
  });

  it('goes back through sign-ups, going live, closings and subscriptions to the value of each day', async () => {
    const early = await tenantOf({ created: 20.5, live: 3.5 });
    await tenantOf({ created: 4.5, abandoned: 1.5 });
    // Values of five, four, three, two, one days ago, and now. The tenant of the first test came 2.5 days ago.
    const { live, onboarding } = await read(5);
    assert.deepEqual(live, [0, 0, 1, 1, 1, 1]);
    assert.deepEqual(onboarding, [1, 2, 1, 2, 1, 1]);
    await subscribe(early, { began: 20, ended: 1.5, status: 'cancelled' });
    await subscribe(early, { began: 1.4, status: 'active', yearly: true });
    const trial = await tenantOf({ created: 30, live: 29 });
    await subscribe(trial, { began: 2.5, status: 'active' });
    const never = await tenantOf({ created: 30, live: 29 });
    await subscribe(never, { status: 'cancelled' });
    assert.deepEqual((await read(5)).mrrMinor, [12_000, 12_000, 12_000, 24_000, 13_000, 13_000]);
  });

  it('is of the own tenants only for a partner', async () => {
    const { live } = await database.db.inScope(scope({ partnerId: 'par_none' }), async (tx) => {
      const today = await counts(tx);
      return trends(tx, today, 5, nowMs);
    });
    assert.deepEqual(live, [0]);
  });
});
