import type { Processes } from '../../api/kit/processes/client.ts';
import { workflowId } from '../../workflows/define.ts';
import { creditInvoiceContract } from '../../workflows/billing/credit-invoice.contract.ts';
import { changeSubscriptionContract } from '../../workflows/billing/change-subscription.contract.ts';
import type { InputOf } from '../../workflows/define.ts';
import { collectOverdueInvoiceContract } from '../../workflows/billing/collect-overdue-invoice.contract.ts';
import { renewSubscriptionContract } from '../../workflows/billing/renew-subscription.contract.ts';
import { type LiveSubscription, liveSubscription } from '../support/billing.ts';
import { eventually } from '../support/world.ts';
import { reason, type Stage } from './stage.ts';

const start = '2027-03-01T00:00:00Z';

/** Subscriptions: through a trial into a renewal and to their end; one whose card is refused. */
export async function subscriptions({ over, save, world }: Stage, processes: Processes): Promise<void> {
  const settled = ({ rows }: LiveSubscription, invoices: number) =>
    eventually(
      () =>
        rows<{ n: number }>(
          'select count(*)::int as n from payments where tenant_id = $1 and settled_at is not null',
        ),
      ([found]) => found?.n === invoices,
    );
  const end = async (name: string, one: LiveSubscription, at: string) => {
    await one.rows('update subscriptions set ends_at = period_end where tenant_id = $1 returning id');
    await one.at(at);
    const run = workflowId(one.tenantId, renewSubscriptionContract.name, one.subscriptionId);
    await over(run);
    await save(name, run);
  };
  const trialEndsAt = new Date('2027-03-15T00:00:00Z');
  const period = { trialEndsAt, anchorAt: trialEndsAt, periodEnd: trialEndsAt };
  const trial = await liveSubscription(world, processes, start, { status: 'trialing', ...period });
  await trial.at('2027-03-13T00:00:00Z');
  await eventually(
    () =>
      trial.rows<{ at: Date | null }>('select reminded_for as at from subscriptions where tenant_id = $1'),
    ([found]) => found?.at !== null,
  );
  await trial.at('2027-04-15T00:00:00Z');
  await settled(trial, 2);
  const [invoice] = await trial.rows<{ id: string }>(
    `select id from invoices where tenant_id = $1 and total_minor > 0 order by created_at limit 1`,
  );
  const { tenantId } = trial;
  const by = { type: 'user', id: trial.userId } as const;
  const credit = async (name: string, requestKey: string, refund: boolean) => {
    const asked = { amountMinor: 1_000, refund, reason, by, requestKey };
    const input = { tenantId, invoiceId: invoice?.id ?? '', ...asked };
    await processes.startWithUpdate(creditInvoiceContract, input, by, 'invoiceCredited', null);
    const run = workflowId(tenantId, creditInvoiceContract.name, `${input.invoiceId}-${requestKey}`);
    await over(run);
    await save(name, run);
  };
  await credit('credit-invoice-refunded', 'first-credit', true);
  await credit('credit-invoice-kept', 'second-credit', false);
  await end('renew-subscription', trial, '2027-05-15T00:00:00Z');

  const refused = await liveSubscription(world, processes, start, { card: 'refused' });
  await refused.at('2027-04-01T00:00:00Z');
  await settled(refused, 1);
  await end('renew-subscription-refused', refused, '2027-05-01T00:00:00Z');
}

type Change = InputOf<typeof changeSubscriptionContract>['change'];

/** Changes of subscriptions: paid, declined, waiting for the end of the period, taken back, with a new card, cancelled. */
export async function subscriptionChanges({ over, save, world }: Stage, processes: Processes): Promise<void> {
  const make = async (
    name: string,
    { tenantId, subscriptionId, userId }: LiveSubscription,
    change: Change,
  ) => {
    const by = { type: 'user', id: userId } as const;
    const input = { tenantId, subscriptionId, change, by, requestKey: name };
    const run = workflowId(tenantId, changeSubscriptionContract.name, changeSubscriptionContract.key(input));
    await processes
      .startWithUpdate(changeSubscriptionContract, input, by, 'changed', null)
      .catch(() => undefined);
    await over(run);
    await save(name, run);
  };
  const scale = { kind: 'terms', planKey: 'scale', interval: 'month', seats: 1 } as const;
  const good = await liveSubscription(world, processes, start);
  await make('change-subscription-paid', good, { ...scale, expectedDueMinor: 25_000 });
  await make('change-subscription-refused', good, { ...scale, interval: 'year', expectedDueMinor: 1 });
  await make('change-subscription-parked', good, { ...scale, planKey: 'starter', expectedDueMinor: 0 });
  await make('change-subscription-kept', good, { kind: 'resume' });
  await make('change-subscription-cancelled', good, { kind: 'cancel', when: 'now' });
  const broke = await liveSubscription(world, processes, start, { card: 'broke' });
  await make('change-subscription-declined', broke, { ...scale, expectedDueMinor: 25_000 });
}

/** Overdue invoices: down the whole ladder to cancellation; and extended, then paid by a try that was asked for. */
export async function overdue({ over, save, world }: Stage, processes: Processes): Promise<void> {
  const by = { type: 'user', id: 'usr_support' } as const;
  const caseOf = async ({ rows }: LiveSubscription) =>
    (
      await rows<{ invoiceId: string; nextAt: Date | null; outcome: string | null; done: number }>(
        `select invoice_id as "invoiceId", next_at as "nextAt", outcome, jsonb_array_length(state -> 'done') as done
         from dunning_cases where tenant_id = $1`,
      )
    )[0];
  const failing = async (card: 'stolenCard' | 'thirdTry') => {
    const one = await liveSubscription(world, processes, start, { card, interval: 'year' });
    await one.at('2027-04-01T10:00:00Z');
    const found = await eventually(
      () => caseOf(one),
      (opened) => opened !== undefined,
    );
    return { one, input: { tenantId: one.tenantId, invoiceId: found?.invoiceId ?? '' } };
  };
  const end = async (name: string, { tenantId, invoiceId }: { tenantId: string; invoiceId: string }) => {
    const run = workflowId(tenantId, collectOverdueInvoiceContract.name, invoiceId);
    await over(run);
    await save(name, run);
  };

  const lost = await failing('stolenCard');
  for (let found = await caseOf(lost.one); !found?.outcome; found = await caseOf(lost.one)) {
    const { nextAt = null, done = 0 } = found ?? {};
    if (nextAt) await lost.one.at(nextAt.toISOString());
    await eventually(
      () => caseOf(lost.one),
      (after) => after?.outcome !== null || after.done > done,
    );
  }
  await end('collect-overdue-invoice', lost.input);

  const saved = await failing('thirdTry');
  const ask = <Name extends 'extend' | 'tryNow'>(
    name: Name,
    given: Parameters<typeof processes.startWithUpdate<typeof collectOverdueInvoiceContract, Name>>[4],
  ) => processes.startWithUpdate(collectOverdueInvoiceContract, saved.input, by, name, given);
  await ask('extend', { by, reason: 'Promised to pay', days: 7 });
  await ask('tryNow', { by, reason: 'Called us', side: 'admin' });
  await ask('tryNow', { by, reason: null, side: 'client' });
  await end('collect-overdue-invoice-paid', saved.input);
}
