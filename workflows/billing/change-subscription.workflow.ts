import { CancellationScope } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { call, db, interactive, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { changeSubscriptionContract } from './change-subscription.contract.ts';

type Contract = typeof changeSubscriptionContract;
type Changed = OutputOf<Contract>;

/**
 * Makes one change of a subscription. What is charged for is paid before it applies; from the payment on it ends with the
 * change made or the money back, whatever is killed when.
 */
export async function changeSubscription(input: InputOf<Contract>): Promise<Changed> {
  const { tenantId, subscriptionId, change, by } = input;
  const subscription = { tenantId, subscriptionId, by };
  const progress = trackProgress<Contract>(['check', 'collect', 'apply']);
  const answer = earlyAnswer<Changed>();
  handle<Contract>({ changed: answer.handler('Answers when the change is made') });

  async function changeTerms({ kind: _kind, ...wanted }: Extract<typeof change, { kind: 'terms' }>) {
    const begun = await db.beginSubscriptionChange({ ...subscription, ...wanted, key: input.requestKey });
    if (!begun.invoice) return { when: begun.when, paidMinor: 0, invoiceId: null };
    const { id: invoiceId, totalMinor } = begun.invoice;
    progress.set('check', 'done');
    progress.set('collect', 'running');
    const collected = await call.collectSubscriptionChange({ tenantId, invoiceId });
    if (collected.outcome === 'declined') {
      await undo.withdrawSubscriptionChange({ tenantId, invoiceId });
      fail('payment.declined', collected.sentence);
    }
    progress.set('collect', 'done');
    progress.set('apply', 'running');
    const { target, basis } = begun;
    if (!(await undo.applySubscriptionChange({ ...subscription, target, basis, invoiceId }))) {
      await undo.withdrawSubscriptionChange({ tenantId, invoiceId });
      fail('subscription.price-changed');
    }
    return { when: 'now' as const, paidMinor: totalMinor, invoiceId };
  }

  async function make(): Promise<Changed> {
    switch (change.kind) {
      case 'terms':
        return changeTerms(change);
      case 'card':
        await interactive.changeSubscriptionCard({ ...subscription, paymentMethod: change.paymentMethod });
        return { when: 'now', paidMinor: 0, invoiceId: null };
      case 'cancel':
        await db.endSubscriptionAsAsked({ ...subscription, when: change.when });
        return { when: change.when, paidMinor: 0, invoiceId: null };
      case 'resume':
        await db.keepSubscription(subscription);
        return { when: 'now', paidMinor: 0, invoiceId: null };
    }
  }

  return CancellationScope.nonCancellable(async () => {
    progress.set('check', 'running');
    try {
      const changed = await make();
      if (progress.stepOf('collect').state !== 'done') progress.set('collect', 'skipped');
      progress.set('check', 'done');
      progress.set('apply', 'done');
      answer.resolve(changed);
      await finish(progress, 'done');
      return changed;
    } catch (error) {
      answer.reject(error);
      const at = progress.snapshot.steps.find(({ state }) => state === 'running')?.key ?? 'check';
      progress.set(at as 'check', 'failed', { error: describeFailure(error) });
      await finish(progress, 'failed');
      throw failureOf(error);
    }
  });
}
