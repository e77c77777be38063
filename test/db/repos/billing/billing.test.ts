import assert from 'node:assert/strict';
import type { Invoice, Subscription } from '../../../../db/domain/billing/billing.ts';
import { newId } from '../../../../db/domain/ids.ts';
import * as billing from '../../../../db/repos/billing/billing.ts';
import * as plans from '../../../../db/repos/billing/plans.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';

const periodStart = new Date('2026-03-01T00:00:00Z');
const periodEnd = new Date('2026-04-01T00:00:00Z');

function subscriptionOf(
  tenantId: string,
  id = newId('subscription'),
): Omit<Subscription, 'createdAt' | 'cancelledAt'> {
  const paymentMethod = { id: 'pm_1', brand: 'visa', last4: '4242', expMonth: 1, expYear: 2030 };
  const terms = {
    planKey: 'growth',
    interval: 'month',
    status: 'active',
    amountMinor: 14_900,
    currency: 'EUR',
  } as const;
  return { id, tenantId, ...terms, paymentMethod, trialEndsAt: null, periodStart, periodEnd };
}

function invoiceOf(
  tenantId: string,
  subscriptionId: string,
  id = newId('invoice'),
): Omit<Invoice, 'number' | 'issuedAt'> {
  const amount = {
    totalMinor: 14_900,
    currency: 'EUR',
    description: 'Growth, monthly',
    billedTo: 'Test Ltd',
  };
  return { id, tenantId, subscriptionId, status: 'open', ...amount, periodStart, periodEnd, paidAt: null };
}

describe('[ONB-3] what a tenant owes and has paid', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  async function subscribed(): Promise<{ tenantId: string; subscriptionId: string }> {
    const { tenantId } = await plantTenant(database.db);
    const subscription = subscriptionOf(tenantId);
    await database.db.inScope(scope({ tenantId }), (tx) => billing.insertSubscription(tx, subscription));
    return { tenantId, subscriptionId: subscription.id };
  }
  const actionsOf = async (tenantId: string) =>
    (
      await database.owner<{ action: string }>(
        'select action from events where tenant_id = $1 order by seq',
        [tenantId],
      )
    )
      .map(({ action }) => action)
      .slice(3);

  it('lists the plans that can be bought, and knows no others', async () => {
    await database.owner(
      `insert into plans select 'old', title, summary, currency, 1, 1, 0, 1, 1, 9, false from plans where key = 'starter'`,
    );
    const { tenantId } = await plantTenant(database.db);
    await database.db.inScope(scope({ tenantId }), async (tx) => {
      assert.deepEqual(
        (await plans.list(tx)).map(({ key }) => key),
        ['starter', 'growth', 'scale'],
      );
      assert.equal((await plans.get(tx, 'growth')).monthlyMinor, 14_900);
      await assert.rejects(plans.get(tx, 'old'), { code: 'plan.not-found' });
    });
  });

  it('starts a subscription once, however often it is asked to', async () => {
    const { tenantId } = await plantTenant(database.db);
    const subscription = subscriptionOf(tenantId);
    const start = () =>
      database.db.inScope(scope({ tenantId }), (tx) => billing.insertSubscription(tx, subscription));
    const answers = await Promise.all([start(), start(), start()]);
    assert.equal(answers.filter(Boolean).length, 1);
    await database.db.inScope(scope({ tenantId }), async (tx) => {
      const { createdAt, ...found } = (await billing.findSubscription(tx, tenantId)) as Subscription;
      assert.deepEqual(found, { ...subscription, cancelledAt: null });
      assert.ok(createdAt instanceof Date);
      assert.equal(await billing.countSubscriptions(tx, tenantId), 1);
    });
    assert.deepEqual(await actionsOf(tenantId), ['subscription.activated']);
  });

  it('has one current subscription; a cancelled one makes room and is counted still', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const insert = () =>
      database.db.inScope(scope({ tenantId }), (tx) =>
        billing.insertSubscription(tx, subscriptionOf(tenantId)),
      );
    await assert.rejects(insert(), { code: 'subscription.running' });
    const cancel = () =>
      database.db.inScope(scope({ tenantId }), (tx) =>
        billing.cancelSubscription(tx, tenantId, subscriptionId),
      );
    assert.deepEqual([await cancel(), await cancel()], [true, false]);
    assert.equal(await insert(), true);
    assert.equal(
      await database.db.inScope(scope({ tenantId }), (tx) => billing.countSubscriptions(tx, tenantId)),
      2,
    );
    assert.deepEqual(await actionsOf(tenantId), [
      'subscription.activated',
      'subscription.cancelled',
      'subscription.activated',
    ]);
  });

  it('numbers invoices without gaps, in parallel and over rolled back transactions', async () => {
    const planted = await Promise.all(Array.from({ length: 4 }, () => subscribed()));
    const issue = async (i: number): Promise<void> => {
      const { tenantId, subscriptionId } = planted[i % 4] as (typeof planted)[number];
      const work = database.db.inScope(scope({ tenantId }), async (tx) => {
        await billing.insertInvoice(tx, invoiceOf(tenantId, subscriptionId));
        if (i % 3 === 0) throw new Error('planned');
      });
      await work.catch((error: Error) => assert.equal(error.message, 'planned'));
    };
    await Promise.all(Array.from({ length: 60 }, (_, i) => issue(i)));
    const numbers = (
      await database.owner<{ number: string }>('select number from invoices order by number')
    ).map(({ number }) => number);
    const year = new Date().getUTCFullYear();
    assert.deepEqual(
      numbers,
      Array.from({ length: 40 }, (_, i) => `BIZ-${year}-${String(i + 1).padStart(6, '0')}`),
    );
  });

  it('issues one invoice for one id, also when asked twice at the same moment', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const invoice = invoiceOf(tenantId, subscriptionId);
    const issue = () => database.db.inScope(scope({ tenantId }), (tx) => billing.insertInvoice(tx, invoice));
    await Promise.all([issue(), issue(), issue(), issue()]);
    await issue();
    const rows = await database.owner<{ number: string }>(
      'select number from invoices where tenant_id = $1',
      [tenantId],
    );
    assert.equal(rows.length, 1);
    const [counter] = await database.owner<{ last: string; n: string }>(
      'select max(last_number) as last, (select count(*) from invoices) as n from invoice_counters',
    );
    assert.equal(counter?.last, counter?.n);
    assert.deepEqual(await actionsOf(tenantId), ['subscription.activated', 'invoice.finalised']);
    const found = await database.db.inScope(scope({ tenantId }), (tx) =>
      billing.getInvoice(tx, tenantId, invoice.id),
    );
    const { issuedAt, number, ...rest } = found;
    assert.deepEqual(rest, invoice);
    assert.ok(issuedAt instanceof Date && number === rows[0]?.number);
  });

  it('finds no invoice of another tenant', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const invoice = invoiceOf(tenantId, subscriptionId);
    await database.db.inScope(scope({ tenantId }), (tx) => billing.insertInvoice(tx, invoice));
    const other = await plantTenant(database.db);
    const read = database.db.inScope(scope(other), (tx) => billing.getInvoice(tx, tenantId, invoice.id));
    await assert.rejects(read, { code: 'invoice.not-found' });
  });

  it('books a payment once, gives it back once, and voids what it paid for', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const invoice = invoiceOf(tenantId, subscriptionId);
    const payment = {
      id: newId('payment'),
      tenantId,
      invoiceId: invoice.id,
      gateway: 'sandbox',
      gatewayRef: 'ch_1',
      amountMinor: 14_900,
      currency: 'EUR',
    };
    await database.db.inScope(scope({ tenantId }), async (tx) => {
      await billing.insertInvoice(tx, invoice);
      await billing.insertPayment(tx, payment);
      await billing.insertPayment(tx, payment);
      // The gateway tells of the same charge under a new id of ours.
      await billing.insertPayment(tx, { ...payment, id: newId('payment') });
      assert.deepEqual(
        (await billing.listRefundable(tx, tenantId, subscriptionId)).map(({ id }) => id),
        [payment.id],
      );
    });
    await database.db.inScope(scope({ tenantId }), async (tx) => {
      await billing.markRefunded(tx, tenantId, payment.id);
      await billing.markRefunded(tx, tenantId, payment.id);
      await billing.voidInvoicesOf(tx, tenantId, subscriptionId);
      await billing.voidInvoicesOf(tx, tenantId, subscriptionId);
      assert.deepEqual(await billing.listRefundable(tx, tenantId, subscriptionId), []);
      assert.equal((await billing.getInvoice(tx, tenantId, invoice.id)).status, 'void');
    });
    assert.deepEqual(await actionsOf(tenantId), [
      'subscription.activated',
      'invoice.finalised',
      'payment.succeeded',
      'payment.refunded',
      'invoice.voided',
    ]);
  });
});
