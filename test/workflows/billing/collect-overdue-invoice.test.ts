import assert from 'node:assert/strict';
import type { Connection } from '@temporalio/client';
import { tokenizeSandboxCard } from '../../../activities/adapters/sandbox-cards.ts';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import type { Scenario } from '../../../db/domain/billing/dunning/preview.ts';
import type { DoneStep } from '../../../db/domain/billing/dunning/state.ts';
import { newId } from '../../../db/domain/ids.ts';
import * as invoices from '../../../db/repos/billing/invoices.ts';
import * as payments from '../../../db/repos/billing/payments.ts';
import { openConnection } from '../../../workers/runtime/connection.ts';
import { collectOverdueInvoiceContract } from '../../../workflows/billing/collect-overdue-invoice.contract.ts';
import { workflowId } from '../../../workflows/define.ts';
import { type LiveSubscription, liveSubscription, testCards } from '../../support/billing.ts';
import { scope } from '../../support/database.ts';
import { ownTemporal } from '../../support/platform.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

interface CaseRow {
  invoiceId: string;
  nextAt: Date | null;
  count: number;
  done: DoneStep[];
  preview: Scenario[];
  outcome: string | null;
  asPreviewed: boolean | null;
  difference: { code: string } | null;
}

describe('[BIL-4] an overdue invoice', function () {
  this.timeout(90_000);
  let world: World;
  let worker: { stop(): Promise<void> };
  let connection: Connection;
  let processes: Processes;

  before(async () => {
    const temporal = await ownTemporal();
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

  const until = <T>(ask: () => Promise<T>, holds: (value: T) => boolean, withinMs = 20_000) =>
    eventually(ask, holds, withinMs);
  const caseOf = async ({ rows }: LiveSubscription): Promise<CaseRow | undefined> =>
    (
      await rows<CaseRow>(
        `select invoice_id as "invoiceId", next_at as "nextAt", jsonb_array_length(state -> 'done') as count,
           state -> 'done' as done, preview, outcome, as_previewed as "asPreviewed", difference
         from dunning_cases where tenant_id = $1`,
      )
    )[0];
  const stateOf = async ({ rows }: LiveSubscription) =>
    (
      await rows<{ status: string; access: string; invoice: string }>(
        `select s.status, s.access, i.status as invoice from subscriptions s join invoices i on i.subscription_id = s.id
         where s.tenant_id = $1`,
      )
    )[0];
  const balanced = async ({ rows }: LiveSubscription) => {
    const [sum] = await rows<{ sum: number }>(
      'select coalesce(sum(amount_minor), 0)::int as sum from ledger_entries where tenant_id = $1',
    );
    assert.equal(sum?.sum, 0);
  };
  const charged = async ({ tenantId }: LiveSubscription) => {
    const found = await world.deps.payments.listCharges({ customerRef: tenantId });
    return found.length;
  };

  /** A yearly subscription whose renewal has just failed. */
  async function overdue(card: keyof typeof testCards | null): Promise<LiveSubscription> {
    const one = await liveSubscription(world, processes, '2027-02-26T10:00:00Z', {
      interval: 'year',
      timezone: 'Europe/Madrid',
      ...(card === null ? { paymentMethod: null } : { card }),
    });
    await one.at('2027-03-26T10:00:00Z');
    await until(
      () => caseOf(one),
      (found) => found !== undefined,
    );
    return one;
  }

  /** Moves the clock from step to step until the case is over. */
  async function toItsEnd(one: LiveSubscription): Promise<CaseRow> {
    for (;;) {
      const before = await caseOf(one);
      assert.ok(before);
      if (before.outcome) return before;
      if (before.nextAt) await one.at(before.nextAt.toISOString());
      await until(
        () => caseOf(one),
        (after) => after?.outcome !== null || after.count > before.count,
      );
    }
  }

  const cases = [
    { card: 'refused', declineClass: 'doNotHonour', outcome: 'cancelled' },
    { card: 'insufficientFunds', declineClass: 'insufficientFunds', outcome: 'cancelled' },
    { card: 'expiredCard', declineClass: 'expiredCard', outcome: 'cancelled' },
    { card: 'stolenCard', declineClass: 'stolenCard', outcome: 'cancelled' },
    { card: 'authenticationNeeded', declineClass: 'authenticationNeeded', outcome: 'cancelled' },
    { card: null, declineClass: 'methodMissing', outcome: 'cancelled' },
    { card: 'thirdTry', declineClass: 'insufficientFunds', outcome: 'paid' },
  ] as const;

  it('goes as its preview said, whatever the reason of the refusal', async () => {
    await Promise.all(
      cases.map(async ({ card, declineClass, outcome }) => {
        const one = await overdue(card);
        const ended = await toItsEnd(one);
        const scenario = ended.preview.find(
          ({ worksOnTry }) => worksOnTry === (outcome === 'paid' ? 3 : null),
        );
        assert.deepEqual(
          ended.done.map(({ doneMs: _, ...step }) => step),
          scenario?.steps.map(({ access: _, ...step }) => step),
          declineClass,
        );
        assert.deepEqual(
          [ended.outcome, ended.asPreviewed, ended.difference],
          [outcome, true, null],
          declineClass,
        );
        assert.deepEqual(
          await stateOf(one),
          outcome === 'paid'
            ? { status: 'active', access: 'full', invoice: 'paid' }
            : { status: 'cancelled', access: 'suspended', invoice: 'uncollectible' },
        );
        assert.equal(await charged(one), outcome === 'paid' ? 1 : 0);
        const tries = await one.rows<{ class: string; status: string }>(
          'select decline_class as class, status from payments where tenant_id = $1',
        );
        assert.ok(tries.every(({ status, class: why }) => status === 'succeeded' || why === declineClass));
        const planned = scenario?.steps.filter(({ kind }) => kind === 'retry').length ?? 0;
        assert.equal(tries.length, 1 + planned);
        const [mails] = await one.rows<{ count: number }>(
          `select count(*)::int from mails where tenant_id = $1 and template = 'payment-failed' and status = 'sent'`,
        );
        assert.equal(mails?.count, scenario?.steps.filter(({ kind }) => kind === 'mail').length);
        await balanced(one);
      }),
    );
  });

  /** How long the case went on after something happened beside it. */
  async function stopsAfter(one: LiveSubscription, change: () => Promise<void>): Promise<CaseRow> {
    await change();
    const startedMs = Date.now();
    await one.tell();
    const ended = await until(
      () => caseOf(one),
      (found) => found?.outcome !== null,
    );
    assert.ok(ended);
    assert.ok(Date.now() - startedMs < 5_000, `${Date.now() - startedMs} ms`);
    return ended;
  }
  const inTenant = (one: LiveSubscription, work: Parameters<typeof world.database.db.inScope<void>>[1]) =>
    world.database.db.inScope(scope({ tenantId: one.tenantId }), work);
  /** Waits until the business is restricted: the case then waits for the next rung. */
  async function restricted(card: keyof typeof testCards): Promise<[LiveSubscription, string]> {
    const one = await overdue(card);
    for (;;) {
      const { count, nextAt, invoiceId, done } = (await caseOf(one)) ?? assert.fail();
      if (done.at(-1)?.mail === 'restricted') return [one, invoiceId];
      if (nextAt) await one.at(nextAt.toISOString());
      await until(
        () => caseOf(one),
        (after) => (after?.count ?? 0) > count,
      );
    }
  }

  it('ends at once with a payment from elsewhere, and gives everything back', async () => {
    const [one, invoiceId] = await restricted('stolenCard');
    assert.deepEqual(await stateOf(one), { status: 'pastDue', access: 'restricted', invoice: 'open' });
    const { tenantId } = one;
    const at = new Date('2027-04-10T10:00:00Z');
    const ended = await stopsAfter(one, () =>
      inTenant(one, async (tx) => {
        const { totalMinor: amountMinor, currency } = await invoices.getInvoice(tx, tenantId, invoiceId);
        const id = newId('payment');
        await payments.begin(tx, { id, tenantId, invoiceId, gateway: 'outside', amountMinor, currency }, at);
        await payments.succeed(tx, { tenantId, id, gatewayRef: null, at });
      }),
    );
    assert.deepEqual([ended.outcome, ended.difference?.code], ['paid', 'paidElsewhere']);
    assert.deepEqual(await stateOf(one), { status: 'active', access: 'full', invoice: 'paid' });
    assert.equal(ended.done.at(-1)?.mail, 'settled');
    assert.equal(await charged(one), 0);
    await balanced(one);
    const run = workflowId(tenantId, collectOverdueInvoiceContract.name, invoiceId);
    await until(
      () => processes.findProgress(run),
      (found) => found?.open === false && found.progress.state === 'done',
    );
  });

  it('tries a new card at once', async () => {
    const [one] = await restricted('stolenCard');
    const card = await tokenizeSandboxCard(world.sandboxUrl)({
      ...{ number: testCards.good, expMonth: 12, expYear: 2040, cvc: '123' },
    });
    const ended = await stopsAfter(one, async () => {
      await world.database.owner('update subscriptions set payment_method = $2 where tenant_id = $1', [
        one.tenantId,
        JSON.stringify(card),
      ]);
    });
    assert.deepEqual([ended.outcome, ended.difference?.code], ['paid', 'newCard']);
    assert.deepEqual(await stateOf(one), { status: 'active', access: 'full', invoice: 'paid' });
    assert.equal(await charged(one), 1);
  });

  it('ends with an invoice that is taken back', async () => {
    const [one, invoiceId] = await restricted('stolenCard');
    const at = new Date('2027-04-10T10:00:00Z');
    const ended = await stopsAfter(one, () =>
      inTenant(one, (tx) => invoices.voidInvoice(tx, one.tenantId, invoiceId, at)),
    );
    assert.deepEqual([ended.outcome, ended.difference?.code], ['voided', 'voided']);
    assert.deepEqual(await stateOf(one), { status: 'active', access: 'full', invoice: 'void' });
    await balanced(one);
  });

  it('is tried by hand, extended, and given up by an administrator', async () => {
    const one = await overdue('thirdTry');
    const { invoiceId } = (await caseOf(one)) ?? assert.fail();
    const input = { tenantId: one.tenantId, invoiceId };
    const by = { type: 'user', id: 'usr_admin' } as const;
    const ask = <Name extends 'tryNow' | 'extend' | 'giveUp'>(
      update: Name,
      given: Parameters<typeof processes.startWithUpdate<typeof collectOverdueInvoiceContract, Name>>[4],
    ) => processes.startWithUpdate(collectOverdueInvoiceContract, input, by, update, given);
    const tried = { by, side: 'admin', reason: 'The customer called' } as const;
    const [first, second] = [await ask('tryNow', tried), await ask('tryNow', tried)];
    assert.deepEqual([first, second], [{ paid: false }, { paid: true }]);
    const ended = await until(
      () => caseOf(one),
      (found) => found?.outcome !== null,
    );
    assert.deepEqual([ended?.outcome, ended?.difference?.code], ['paid', 'triedByHand']);
    assert.equal(await charged(one), 1);

    const other = await overdue('stolenCard');
    const { invoiceId: lost, preview } = (await caseOf(other)) ?? assert.fail();
    const about = { tenantId: other.tenantId, invoiceId: lost };
    await processes.startWithUpdate(collectOverdueInvoiceContract, about, by, 'extend', {
      by,
      reason: 'Promised',
      days: 7,
    });
    const rung = preview[0]?.steps.find(({ kind }) => kind === 'restrict')?.atMs ?? 0;
    await until(
      () => caseOf(other),
      (found) => (found?.nextAt?.getTime() ?? 0) >= rung + 7 * 86_400_000 - 3_600_000,
    );
    await processes.startWithUpdate(collectOverdueInvoiceContract, about, by, 'giveUp', {
      by,
      reason: 'Closed down',
    });
    const gone = await until(
      () => caseOf(other),
      (found) => found?.count === 2,
    );
    assert.equal(gone?.done[1]?.reason, 'givenUp');
    assert.deepEqual(await stateOf(other), {
      status: 'cancelled',
      access: 'suspended',
      invoice: 'uncollectible',
    });
    await balanced(other);
  });

  it('asks for the same charge again where the gateway gave no answer', async () => {
    const one = await overdue('stolenCard');
    const swap = async (number: string) => {
      const entered = { number, expMonth: 12, expYear: 2040, cvc: '123' };
      const card = JSON.stringify(await tokenizeSandboxCard(world.sandboxUrl)(entered));
      await world.database.owner('update subscriptions set payment_method = $2 where tenant_id = $1', [
        one.tenantId,
        card,
      ]);
      await one.tell();
    };
    await swap(testCards.unavailable);
    await until(
      () => caseOf(one),
      (found) =>
        JSON.stringify(found?.done.at(-1)?.result) === '{"unreachable": true}' ||
        found?.done.at(-1)?.kind === 'retry',
      30_000,
    );
    await swap(testCards.good);
    const ended = await until(
      () => caseOf(one),
      (found) => found?.outcome !== null,
    );
    assert.equal(ended?.outcome, 'paid');
    const tries = await one.rows<{ status: string }>(
      'select status from payments where tenant_id = $1 order by created_at',
    );
    assert.deepEqual(tries.map(({ status }) => status).sort(), ['failed', 'succeeded']);
    assert.equal(await charged(one), 1);
  });
});
