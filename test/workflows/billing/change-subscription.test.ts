import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { tokenizeSandboxCard } from '../../../activities/adapters/sandbox-cards.ts';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { findSubscription } from '../../../db/repos/billing/subscriptions.ts';
import { quoteChange } from '../../../db/repos/billing/changes.ts';
import { openConnection } from '../../../workers/runtime/connection.ts';
import { changeSubscriptionContract } from '../../../workflows/billing/change-subscription.contract.ts';
import type { InputOf } from '../../../workflows/define.ts';
import { type LiveSubscription, liveSubscription } from '../../support/billing.ts';
import { scope } from '../../support/database.ts';
import { heldLock } from '../../support/held-lock.ts';
import { ownTemporal } from '../../support/platform.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

type Change = InputOf<typeof changeSubscriptionContract>['change'];
const scale = { planKey: 'scale', interval: 'month', seats: 1 } as const;
const starter = { planKey: 'starter', interval: 'month', seats: 1 } as const;
const growth = { planKey: 'growth', interval: 'month', seats: 1 } as const;

describe('[BIL-1] changing a subscription', function () {
  this.timeout(90_000);
  let world: World;
  let worker: { stop(): Promise<void> };
  let temporal: Awaited<ReturnType<typeof ownTemporal>>;
  let connection: Connection;
  let processes: Processes;

  before(async () => {
    temporal = await ownTemporal();
    world = await openWorld(temporal);
    connection = await openConnection({ address: temporal.address });
    processes = createProcesses(clientFor(world, connection, temporal.namespace));
    worker = await runWorker(world, temporal);
  });
  after(async () => {
    await worker.stop();
    await connection.close();
    await world.close();
  });

  const subscribe = (terms?: Parameters<typeof liveSubscription>[3]) =>
    liveSubscription(world, processes, '2027-03-01T08:00:00Z', terms);
  const ask = (
    { tenantId, subscriptionId, userId }: LiveSubscription,
    change: Change,
    requestKey = randomUUID(),
  ) => {
    const by = { type: 'user', id: userId } as const;
    const input = { tenantId, subscriptionId, change, by, requestKey };
    return processes.startWithUpdate(changeSubscriptionContract, input, by, 'changed', null);
  };
  const quote = ({ tenantId }: LiveSubscription, wanted: Parameters<typeof quoteChange>[2], iso: string) =>
    world.database.db.inScope(scope({ tenantId }), async (tx) => {
      const subscription = await findSubscription(tx, tenantId);
      assert.ok(subscription);
      return quoteChange(tx, subscription, wanted, new Date(iso));
    });
  const stateOf = async ({ rows }: LiveSubscription) => {
    const [row] = await rows<Record<string, unknown>>(
      `select plan_key as plan, interval, seats, status, pending->>'planKey' as pending, ends_at as "endsAt",
         to_char(period_end at time zone 'utc', 'YYYY-MM-DD') as "until" from subscriptions where tenant_id = $1`,
    );
    return row;
  };
  const invoicesOf = ({ rows }: LiveSubscription) =>
    rows<{ kind: string; status: string; total: number; lines: number }>(
      `select kind, status, total_minor::int as total, (select sum(amount_minor)::int from invoice_lines l
         where l.tenant_id = i.tenant_id and l.invoice_id = i.id) as lines
       from invoices i where tenant_id = $1 order by created_at, id`,
    );
  const sumOfLedger = async ({ rows }: LiveSubscription) =>
    await rows<{ account: string; sum: number }>(
      `select account, sum(amount_minor)::int as sum from ledger_entries where tenant_id = $1
       group by account having sum(amount_minor) <> 0 order by account`,
    );
  const refusal = (code: string, text?: RegExp) => (error: Error & { code?: string }) =>
    error.code === code && (text?.test(error.message) ?? true);

  it('charges exactly the previewed cents once for an upgrade within the month, and the full price from then on', async () => {
    const one = await subscribe();
    await one.at('2027-03-17T12:00:00Z');
    const { dueNowMinor, when, next } = await quote(one, scale, '2027-03-17T12:00:00Z');
    assert.equal(when, 'now');
    const key = randomUUID();
    const change = { kind: 'terms', ...scale, expectedDueMinor: dueNowMinor } as const;
    const [first, again] = await Promise.all([ask(one, change, key), ask(one, change, key)]);
    assert.deepEqual(first, { when: 'now', paidMinor: dueNowMinor, invoiceId: first.invoiceId });
    assert.deepEqual(again, first);
    assert.deepEqual(
      (await world.charges(one.tenantId)).map(({ amountMinor }) => amountMinor),
      [dueNowMinor],
    );
    assert.deepEqual(await invoicesOf(one), [
      { kind: 'change', status: 'paid', total: dueNowMinor, lines: dueNowMinor },
    ]);
    assert.deepEqual(await stateOf(one), {
      ...{ plan: 'scale', interval: 'month', seats: 1, status: 'active' },
      ...{ pending: null, endsAt: null, until: '2027-04-01' },
    });
    assert.deepEqual(await sumOfLedger(one), [
      { account: 'gateway', sum: dueNowMinor },
      { account: 'revenue', sum: -dueNowMinor },
    ]);
    await one.at('2027-04-01T08:00:01Z');
    const [, renewal] = await eventually(
      () => invoicesOf(one),
      (found) => found[1]?.status === 'paid',
      20_000,
    );
    assert.equal(renewal?.total, next.amountMinor);
  });

  it('refuses another amount than was shown, and charges nothing', async () => {
    const one = await subscribe();
    const { dueNowMinor } = await quote(one, scale, '2027-03-01T08:00:00Z');
    await one.at('2027-03-20T08:00:00Z');
    await assert.rejects(
      ask(one, { kind: 'terms', ...scale, expectedDueMinor: dueNowMinor }),
      refusal('subscription.price-changed'),
    );
    assert.deepEqual([await world.charges(one.tenantId), await invoicesOf(one)], [[], []]);
    assert.equal((await stateOf(one))?.['plan'], 'growth');
  });

  it('leaves everything as it was when the card is declined, in the gateway’s words', async () => {
    const one = await subscribe({ card: 'broke' });
    const { dueNowMinor } = await quote(one, scale, '2027-03-01T08:00:00Z');
    const before = await stateOf(one);
    await assert.rejects(
      ask(one, { kind: 'terms', ...scale, expectedDueMinor: dueNowMinor }),
      refusal('payment.declined', /declined|funds/i),
    );
    assert.deepEqual(await stateOf(one), before);
    assert.deepEqual(await invoicesOf(one), [
      { kind: 'change', status: 'void', total: dueNowMinor, lines: dueNowMinor },
    ]);
    assert.deepEqual(await sumOfLedger(one), []);
  });

  it('lets a cheaper plan wait for the end of the period, where it is charged; taken back, nothing waits', async () => {
    const one = await subscribe();
    const ofStarter = { kind: 'terms', ...starter, expectedDueMinor: 0 } as const;
    assert.deepEqual(await ask(one, ofStarter), { when: 'periodEnd', paidMinor: 0, invoiceId: null });
    assert.deepEqual(
      [(await stateOf(one))?.['plan'], (await stateOf(one))?.['pending']],
      ['growth', 'starter'],
    );
    await ask(one, { kind: 'terms', ...growth, expectedDueMinor: 0 });
    assert.equal((await stateOf(one))?.['pending'], null);
    await ask(one, ofStarter);
    await ask(one, { kind: 'resume' });
    assert.equal((await stateOf(one))?.['pending'], null);
    await ask(one, ofStarter);
    await one.at('2027-04-01T08:00:01Z');
    const [invoice] = await eventually(
      () => invoicesOf(one),
      ([found]) => found?.status === 'paid',
      20_000,
    );
    assert.equal(invoice?.total, 4_900);
  });

  it('begins a year today with credit for the unused days of the month', async () => {
    const one = await subscribe();
    await one.at('2027-03-16T12:00:00Z');
    const yearly = { ...growth, interval: 'year' } as const;
    const { dueNowMinor, lines } = await quote(one, yearly, '2027-03-16T12:00:00Z');
    assert.deepEqual(
      lines.map(({ amountMinor }) => amountMinor),
      [-7_690, 149_000],
    );
    await ask(one, { kind: 'terms', ...yearly, expectedDueMinor: dueNowMinor });
    const state = await stateOf(one);
    assert.deepEqual([state?.['interval'], state?.['until']], ['year', '2028-03-16']);
    assert.equal((await world.charges(one.tenantId))[0]?.amountMinor, dueNowMinor);
  });

  it('of two changes at the same time makes one, and refunds what was paid for the other', async () => {
    const one = await subscribe();
    const at = '2027-03-01T08:00:00Z';
    const yearly = { ...growth, interval: 'year' } as const;
    const [toScale, toYear] = [await quote(one, scale, at), await quote(one, yearly, at)];
    // Only applying a change writes a movement of revenue: both are paid for before either applies.
    const lock = await heldLock(world.database.urls.owner, 'lock table mrr_movements in share mode');
    const both = Promise.allSettled([
      ask(one, { kind: 'terms', ...scale, expectedDueMinor: toScale.dueNowMinor }),
      ask(one, { kind: 'terms', ...yearly, expectedDueMinor: toYear.dueNowMinor }),
    ]);
    await eventually(
      () => invoicesOf(one),
      (found) => found.length === 2 && found.every(({ status }) => status === 'paid'),
    ).finally(() => lock.release());
    const outcomes = await both;
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const isScale = outcomes[0]?.status === 'fulfilled';
    const state = await stateOf(one);
    assert.deepEqual(
      [state?.['plan'], state?.['interval']],
      isScale ? ['scale', 'month'] : ['growth', 'year'],
    );
    const due = (isScale ? toScale : toYear).dueNowMinor;
    assert.deepEqual(await sumOfLedger(one), [
      { account: 'gateway', sum: due },
      { account: 'revenue', sum: -due },
    ]);
    const charges = await world.charges(one.tenantId);
    const kept = charges.reduce(
      (sum, { amountMinor, refundedMinor }) => sum + amountMinor - refundedMinor,
      0,
    );
    assert.deepEqual([charges.length, kept], [2, due]);
  });

  it('is cancelled for the end of the period and taken back, or cancelled now', async () => {
    const one = await subscribe();
    await ask(one, { kind: 'cancel', when: 'periodEnd' });
    assert.ok((await stateOf(one))?.['endsAt']);
    await assert.rejects(
      ask(one, { kind: 'terms', ...starter, expectedDueMinor: 0 }),
      refusal('subscription.ending'),
    );
    await ask(one, { kind: 'resume' });
    assert.equal((await stateOf(one))?.['endsAt'], null);
    await ask(one, { kind: 'cancel', when: 'now' });
    assert.equal((await stateOf(one))?.['status'], 'cancelled');
    await assert.rejects(ask(one, { kind: 'resume' }), refusal('subscription.not-found'));
    assert.deepEqual(await world.charges(one.tenantId), []);
  });

  it('charges the new card from then on; one that the gateway refuses is not stored', async () => {
    const one = await subscribe();
    const tokenize = tokenizeSandboxCard(world.sandboxUrl);
    const enter = (number: string) => tokenize({ number, expMonth: 11, expYear: 2041, cvc: '123' });
    const paymentMethod = await enter('5555555555554444');
    await ask(one, { kind: 'card', paymentMethod });
    const card = async () =>
      (
        await one.rows<{ last4: string }>(
          `select payment_method->>'last4' as last4 from subscriptions where tenant_id = $1`,
        )
      )[0]?.last4;
    assert.equal(await card(), '4444');
    await assert.rejects(
      enter('4000000000000002').then((refused) => ask(one, { kind: 'card', paymentMethod: refused })),
      refusal('payment.declined'),
    );
    assert.equal(await card(), '4444');
  });

  it('does not credit time that was never paid for: what is overdue comes first', async () => {
    const one = await subscribe({ card: 'refused' });
    await one.at('2027-04-01T08:00:01Z');
    await eventually(
      () => stateOf(one),
      (state) => state?.['status'] === 'pastDue',
      20_000,
    );
    await assert.rejects(
      ask(one, { kind: 'terms', ...scale, expectedDueMinor: 0 }),
      refusal('subscription.overdue'),
    );
  });
});
