import type { Processes } from '../../api/kit/processes/client.ts';
import { workflowId } from '../../workflows/define.ts';
import { creditInvoiceContract } from '../../workflows/billing/credit-invoice.contract.ts';
import { changeSubscriptionContract } from '../../workflows/billing/change-subscription.contract.ts';
import type { InputOf } from '../../workflows/define.ts';
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
