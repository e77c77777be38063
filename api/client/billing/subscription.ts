import { createHash } from 'node:crypto';
import { canKeepTerms, sameTerms } from '../../../db/domain/billing/change.ts';
import { findPrice, intervals } from '../../../db/domain/billing/plans.ts';
import type { Subscription, SubscriptionTerms } from '../../../db/domain/billing/subscriptions.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as clock from '../../../db/repos/billing/clock.ts';
import { type Quote, quoteChange } from '../../../db/repos/billing/changes.ts';
import * as plans from '../../../db/repos/billing/plans.ts';
import * as subscriptions from '../../../db/repos/billing/subscriptions.ts';
import type { PlanOption, PlanPreview } from '../../../templates/client/billing/change-plan.tsx';
import { lineText } from '../../../templates/email/line-texts.ts';
import { changeSubscriptionContract } from '../../../workflows/billing/change-subscription.contract.ts';
import { type InputOf, type OutputOf, workflowId } from '../../../workflows/define.ts';
import type { RequestContext } from '../../kit/context.ts';

type Contract = typeof changeSubscriptionContract;

const moneyIn = (currency: string) => (amountMinor: number) => ({ amountMinor, currency });

/** The running subscription with the titles of its plans. Throws `subscription.not-found`. */
export async function readRunning(context: RequestContext) {
  const scope = context.tenant();
  return context.deps.db.inScope({ ...scope, readOnly: true }, async (tx) => {
    const subscription = await subscriptions.findSubscription(tx, scope.tenantId);
    if (!subscription) throw new AppError('subscription.not-found');
    return { subscription, planTitle: await plans.titleOf(tx, subscription.planKey) };
  });
}

/** When what is paid for, or the trial, is over. */
export const paidUntil = ({ status, trialEndsAt, periodEnd }: Subscription): Date =>
  (status === 'trialing' && trialEndsAt) || periodEnd;

/** Whether its owner can take back what waits for the end of the period. */
export const canKeep = (subscription: Subscription): boolean =>
  subscription.endsAt !== null || canKeepTerms(subscription);

function previewOf(subscription: Subscription, quote: Quote): PlanPreview {
  const money = moneyIn(subscription.currency);
  const isSame = sameTerms(quote.target, subscription);
  return {
    when: quote.when,
    lines: quote.lines.map((line) => ({
      description: lineText(line, 'en'),
      amount: money(line.amountMinor),
      periodStart: line.periodStart.toISOString(),
      periodEnd: line.periodEnd.toISOString(),
    })),
    dueNow: money(quote.dueNowMinor),
    next: { at: new Date(quote.next.atMs).toISOString(), amount: money(quote.next.amountMinor) },
    same: isSame ? (subscription.pending ? 'dropped' : 'unchanged') : null,
  };
}

/** What a choice does and costs, by the clock of the tenant. */
export async function previewChange(
  context: RequestContext,
  wanted: SubscriptionTerms,
): Promise<PlanPreview> {
  const { tenantId } = context.tenant();
  const { subscription } = await readRunning(context);
  return context.deps.db.inScope({ ...context.tenant(), readOnly: true }, async (tx) => {
    const { now } = await clock.timeOf(tx, tenantId);
    return previewOf(subscription, await quoteChange(tx, subscription, wanted, now));
  });
}

/** The plans a subscription can have, with prices in its currency. */
export async function readOptions(context: RequestContext, running: Subscription): Promise<PlanOption[]> {
  const { currency } = running;
  const version =
    running.pending?.planKey === running.planKey ? running.pending.planVersion : running.planVersion;
  const sold = await context.deps.db.inScope({ ...context.tenant(), readOnly: true }, (tx) =>
    plans.listSold(tx, { planKey: running.planKey, version }),
  );
  const money = moneyIn(currency);
  return sold
    .map(({ key, title, summary, prices }) => {
      const [month = null, year = null] = intervals.map((interval) =>
        findPrice({ prices }, currency, interval),
      );
      const seats = (month ?? year)?.seats ?? null;
      const [tier] = seats?.tiers ?? [];
      return {
        ...{ key, title, summary },
        prices: { month: month && money(month.flatMinor), year: year && money(year.flatMinor) },
        seats:
          seats && tier
            ? { included: seats.included, each: money(Math.round(tier.unit.amountMinor / tier.unit.per)) }
            : null,
      };
    })
    .filter(({ prices }) => prices.month ?? prices.year);
}

/**
 * Has a change made, and waits until it is; the same request again answers the same. Throws what refuses it, and
 * `process.timeout` while it takes longer.
 */
export async function changeSubscription(
  context: RequestContext,
  change: InputOf<Contract>['change'],
  requestKey: string,
): Promise<OutputOf<Contract>> {
  const { tenantId } = context.tenant();
  const { subscription } = await readRunning(context);
  const by = context.actor();
  const subject = JSON.stringify([requestKey, context.person().userId, change]);
  const key = createHash('sha256').update(subject).digest('hex').slice(0, 40);
  const subscriptionId = subscription.id;
  const input = { tenantId, subscriptionId, change, by, requestKey: key };
  const run = workflowId(tenantId, changeSubscriptionContract.name, changeSubscriptionContract.key(input));
  context.response.locals['workflowId'] = run;
  const { processes } = context.deps;
  return processes
    .startWithUpdate(changeSubscriptionContract, input, by, 'changed', null)
    .catch((error: unknown) => {
      // It has been made already.
      if (error instanceof AppError && error.code === 'run.conflict')
        return processes.result(changeSubscriptionContract, run);
      throw error;
    });
}
