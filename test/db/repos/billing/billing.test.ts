import assert from 'node:assert/strict';
import type { Invoice } from '../../../../db/domain/billing/invoices.ts';
import type { Subscription } from '../../../../db/domain/billing/subscriptions.ts';
import type { Tx } from '../../../../db/scope.ts';
import { newId } from '../../../../db/domain/ids.ts';
import * as invoices from '../../../../db/repos/billing/invoices.ts';
import { listBalances, listEntries, post } from '../../../../db/repos/billing/ledger.ts';
import * as payments from '../../../../db/repos/billing/payments.ts';
import * as subscriptions from '../../../../db/repos/billing/subscriptions.ts';
import * as plans from '../../../../db/repos/billing/plans.ts';
import { draftOf, subscriptionOf } from '../../../support/billing.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';

const at = new Date('2026-03-01T00:00:00Z');

describe('[ONB-3] what a tenant owes and has paid', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  async function subscribed(): Promise<{ tenantId: string; subscriptionId: string }> {
    const { tenantId } = await plantTenant(database.db);
    const subscription = subscriptionOf(tenantId);
    await database.db.inScope(scope({ tenantId }), (tx) =>
      subscriptions.insertSubscription(tx, subscription),
    );
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

  const issue = async (tx: Tx, draft: invoices.NewInvoice): Promise<Invoice> => {
    await invoices.insertDraft(tx, draft);
    return invoices.finalise(tx, draft.tenantId, draft.id, at, at);
  };

  it('lists the plans that can be bought, and knows no others', async () => {
    await database.owner(
      `with plan as (insert into plans (key, title, summary, position, active) select 'old', title, summary, 9, false
         from plans where key = 'starter')
       insert into plan_versions (plan_key, version, trial_days, limits, prices, created_by)
         select 'old', version, trial_days, limits, prices, created_by from plan_versions where plan_key = 'starter'`,
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
      database.db.inScope(scope({ tenantId }), (tx) => subscriptions.insertSubscription(tx, subscription));
    const answers = await Promise.all([start(), start(), start()]);
    assert.equal(answers.filter(Boolean).length, 1);
    await database.db.inScope(scope({ tenantId }), async (tx) => {
      const { createdAt, ...found } = (await subscriptions.findSubscription(tx, tenantId)) as Subscription;
      const empty = { access: 'full', endsAt: null, pending: null, remindedFor: null, processAt: null };
      assert.deepEqual(found, { ...subscription, ...empty, cancelledAt: null });
      assert.ok(createdAt instanceof Date);
      assert.equal(await subscriptions.countSubscriptions(tx, tenantId), 1);
    });
    assert.deepEqual(await actionsOf(tenantId), ['subscription.activated']);
  });

  it('has one current subscription; a cancelled one makes room and is counted still', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const insert = () =>
      database.db.inScope(scope({ tenantId }), (tx) =>
        subscriptions.insertSubscription(tx, subscriptionOf(tenantId)),
      );
    await assert.rejects(insert(), { code: 'subscription.running' });
    const cancel = () =>
      database.db.inScope(scope({ tenantId }), (tx) =>
        subscriptions.cancelSubscription(tx, tenantId, subscriptionId, at),
      );
    assert.deepEqual([await cancel(), await cancel()], [true, false]);
    assert.equal(await insert(), true);
    assert.equal(
      await database.db.inScope(scope({ tenantId }), (tx) => subscriptions.countSubscriptions(tx, tenantId)),
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
    const one = async (i: number): Promise<void> => {
      const { tenantId, subscriptionId } = planted[i % 4] as (typeof planted)[number];
      const work = database.db.inScope(scope({ tenantId }), async (tx) => {
        await issue(tx, draftOf(tenantId, subscriptionId));
        if (i % 3 === 0) throw new Error('planned');
      });
      await work.catch((error: Error) => assert.equal(error.message, 'planned'));
    };
    await Promise.all(Array.from({ length: 60 }, (_, i) => one(i)));
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
    const draft = draftOf(tenantId, subscriptionId);
    const once = () => database.db.inScope(scope({ tenantId }), (tx) => issue(tx, draft));
    await Promise.all([once(), once(), once(), once()]);
    await once();
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
    const { found, lines } = await database.db.inScope(scope({ tenantId }), async (tx) => ({
      found: await invoices.getInvoice(tx, tenantId, draft.id),
      lines: await invoices.listLines(tx, tenantId, draft.id),
    }));
    assert.deepEqual(
      lines.map(({ kind, amountMinor }) => [kind, amountMinor]),
      [['plan', 14_900]],
    );
    assert.equal(found.number, rows[0]?.number);
    assert.deepEqual([found.status, found.totalMinor, found.issuedAt], ['open', 14_900, at]);
  });

  it('finds no invoice of another tenant', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const draft = draftOf(tenantId, subscriptionId);
    await database.db.inScope(scope({ tenantId }), (tx) => issue(tx, draft));
    const other = await plantTenant(database.db);
    const read = database.db.inScope(scope(other), (tx) => invoices.getInvoice(tx, tenantId, draft.id));
    await assert.rejects(read, { code: 'invoice.not-found' });
  });

  it('books a payment once, gives it back once, and voids what it paid for', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const draft = draftOf(tenantId, subscriptionId);
    const id = newId('payment');
    const payment = {
      id,
      tenantId,
      invoiceId: draft.id,
      gateway: 'sandbox',
      amountMinor: 14_900,
      currency: 'EUR',
    };
    const inTenant = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope({ tenantId }), work);
    await inTenant(async (tx) => {
      await issue(tx, draft);
      assert.equal((await payments.begin(tx, payment, at)).status, 'pending');
      const paid = { tenantId, id, gatewayRef: 'ch_1', at };
      assert.deepEqual([await payments.succeed(tx, paid), await payments.succeed(tx, paid)], [true, false]);
      assert.equal((await payments.begin(tx, payment, at)).status, 'succeeded');
      assert.deepEqual(
        (await payments.listRefundable(tx, tenantId, subscriptionId)).map((one) => one.id),
        [id],
      );
      const { status, paidMinor } = await invoices.getInvoice(tx, tenantId, draft.id);
      assert.deepEqual([status, paidMinor], ['paid', 14_900]);
    });
    await inTenant(async (tx) => {
      await payments.markRefunded(tx, tenantId, id, at);
      await payments.markRefunded(tx, tenantId, id, at);
      await invoices.voidInvoice(tx, tenantId, draft.id, at);
      await invoices.voidInvoice(tx, tenantId, draft.id, at);
      assert.deepEqual(await payments.listRefundable(tx, tenantId, subscriptionId), []);
      assert.equal((await invoices.getInvoice(tx, tenantId, draft.id)).status, 'void');
      assert.deepEqual(
        (await listBalances(tx, tenantId)).map(({ account, amountMinor }) => [account, amountMinor]),
        [
          ['gateway', 0],
          ['receivable', 0],
          ['revenue', 0],
        ],
      );
    });
    assert.deepEqual(await actionsOf(tenantId), [
      'subscription.activated',
      'invoice.finalised',
      'payment.succeeded',
      'payment.refunded',
      'invoice.voided',
    ]);
  });

  it('[BIL-2a] keeps a ledger whose entries of a transaction add up to zero, by the database itself', async () => {
    const { tenantId, subscriptionId } = await subscribed();
    const draft = draftOf(tenantId, subscriptionId);
    const inTenant = <T>(work: (tx: Tx) => Promise<T>) => database.db.inScope(scope({ tenantId }), work);
    await inTenant((tx) => issue(tx, draft));
    const entries = await inTenant((tx) => listEntries(tx, tenantId, draft.id));
    assert.deepEqual(
      entries.map(({ account, amountMinor }) => [account, amountMinor]),
      [
        ['receivable', 14_900],
        ['revenue', -14_900],
      ],
    );
    const crooked = {
      tenantId,
      transactionId: 'x',
      currency: 'EUR',
      invoiceId: draft.id,
      paymentId: null,
      at,
    };
    const postings = [
      { account: 'receivable', amountMinor: 5 },
      { account: 'revenue', amountMinor: -4 },
    ] as const;
    await assert.rejects(
      inTenant((tx) => post(tx, { ...crooked, postings })),
      /do not add up to zero/,
    );
  });
});
