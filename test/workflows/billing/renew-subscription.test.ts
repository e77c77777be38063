import assert from 'node:assert/strict';
import type { Connection } from '@temporalio/client';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { openConnection } from '../../../workers/runtime/connection.ts';
import { renewSubscriptionContract } from '../../../workflows/billing/renew-subscription.contract.ts';
import { workflowId } from '../../../workflows/define.ts';
import { type LiveSubscription, liveSubscription } from '../../support/billing.ts';
import { ownTemporal } from '../../support/platform.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

describe('[BIL-1] a subscription over time', function () {
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

  type Terms = Parameters<typeof liveSubscription>[3];
  const subscribe = (iso: string, terms?: Terms) => liveSubscription(world, processes, iso, terms);
  const invoicesOf = ({ rows }: LiveSubscription) =>
    rows<{ day: string; status: string; total: number }>(
      `select to_char(period_start at time zone 'utc', 'YYYY-MM-DD') as day, status, total_minor::int as total
       from invoices where tenant_id = $1 order by period_start`,
    );
  const statusOf = async ({ rows }: LiveSubscription) =>
    (await rows<{ status: string }>('select status from subscriptions where tenant_id = $1'))[0]?.status;
  const until = <T>(ask: () => Promise<T>, holds: (value: T) => boolean) => eventually(ask, holds, 20_000);
  const balanced = async ({ rows }: LiveSubscription) => {
    const [sum] = await rows<{ sum: number }>(
      'select coalesce(sum(amount_minor), 0)::int as sum from ledger_entries where tenant_id = $1',
    );
    assert.equal(sum?.sum, 0);
  };

  it('reminds of the end of the trial, ends it, and renews at its day through the short months', async () => {
    const trialEndsAt = new Date('2027-01-31T10:00:00Z');
    const one = await subscribe('2027-01-17T10:00:00Z', {
      ...{ status: 'trialing', trialEndsAt, anchorAt: trialEndsAt },
      ...{ periodStart: new Date('2027-01-17T10:00:00Z'), periodEnd: trialEndsAt },
    });
    await one.at('2027-01-28T11:00:00Z');
    const mails = () =>
      one.rows<{ template: string; status: string }>(
        `select template, status from mails where tenant_id = $1 and template = 'billing-reminder'`,
      );
    await until(mails, (found) => found[0]?.status === 'sent');
    assert.deepEqual(await invoicesOf(one), []);
    await one.at('2027-01-31T10:00:01Z');
    await until(
      () => invoicesOf(one),
      (found) => found[0]?.status === 'paid',
    );
    assert.equal(await statusOf(one), 'active');
    // Three months pass at once: each has its own invoice, charged once.
    await one.at('2027-04-30T10:00:00Z');
    const paid = await until(
      () => invoicesOf(one),
      (found) => found.length === 4 && found.every(({ status }) => status === 'paid'),
    );
    assert.deepEqual(
      paid.map(({ day }) => day),
      ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    );
    assert.equal((await mails()).length, 1);
    const charges = await world.charges(one.tenantId);
    assert.deepEqual(
      charges.map(({ amountMinor }) => amountMinor),
      [14_900, 14_900, 14_900, 14_900],
    );
    await balanced(one);
    const movements = await one.rows<{ kind: string; amount: number }>(
      'select kind, amount_minor::int as amount from mrr_movements where tenant_id = $1 order by at',
    );
    assert.deepEqual(movements, [{ kind: 'new', amount: 14_900 }]);
  });

  it('is past due after a declined renewal, and the attempt says why', async () => {
    const one = await subscribe('2027-03-01T00:00:00Z', { card: 'refused' });
    await one.at('2027-04-01T00:00:00Z');
    await until(
      () => statusOf(one),
      (status) => status === 'pastDue',
    );
    assert.deepEqual(await invoicesOf(one), [{ day: '2027-04-01', status: 'open', total: 14_900 }]);
    const [attempt] = await one.rows<{ status: string; declineClass: string }>(
      `select status, decline_class as "declineClass" from payments where tenant_id = $1`,
    );
    assert.deepEqual(attempt, { status: 'failed', declineClass: 'doNotHonour' });
    const [refused, ...others] = await world.charges(one.tenantId);
    assert.deepEqual([refused?.refundedMinor, others], [0, []]);
    await balanced(one);
  });

  it('ends at the end of the period it was cancelled for, and so does its process', async () => {
    const one = await subscribe('2027-03-01T00:00:00Z');
    await one.rows(`update subscriptions set ends_at = period_end where tenant_id = $1 returning id`);
    await one.at('2027-04-01T00:00:00Z');
    await until(
      () => statusOf(one),
      (status) => status === 'cancelled',
    );
    assert.deepEqual(await invoicesOf(one), []);
    const run = workflowId(one.tenantId, renewSubscriptionContract.name, one.subscriptionId);
    await until(
      () => processes.findProgress(run),
      (found) => found?.open === false && found.progress.state === 'done',
    );
    const kinds = await one.rows<{ kind: string }>(
      'select kind from mrr_movements where tenant_id = $1 order by at',
    );
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['new', 'churn'],
    );
  });

  it('takes the terms that waited for the end of the period', async () => {
    const one = await subscribe('2027-03-01T00:00:00Z');
    await one.rows(
      `update subscriptions set pending = '{"planKey": "starter", "planVersion": 1, "interval": "year", "seats": 1}'
       where tenant_id = $1 returning id`,
    );
    await one.at('2027-04-01T00:00:00Z');
    const [invoice] = await until(
      () => invoicesOf(one),
      (found) => found[0]?.status === 'paid',
    );
    assert.equal(invoice?.total, 49_000);
    const [now] = await one.rows<{ plan: string; end: string; pending: unknown }>(
      `select plan_key as plan, to_char(period_end at time zone 'utc', 'YYYY-MM-DD') as end, pending from subscriptions where tenant_id = $1`,
    );
    assert.deepEqual(now, { plan: 'starter', end: '2028-04-01', pending: null });
    const kinds = await one.rows<{ kind: string; after: number }>(
      'select kind, after_minor::int as after from mrr_movements where tenant_id = $1 order by at',
    );
    assert.deepEqual(kinds, [
      { kind: 'new', after: 14_900 },
      { kind: 'contraction', after: 4_083 },
    ]);
  });
});
