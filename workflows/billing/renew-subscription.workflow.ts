import { condition, workflowInfo } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import { finish, handlersFinished } from '../shared/early-answer.ts';
import { onSignals } from '../shared/handle.ts';
import { call, db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { renewSubscriptionContract } from './renew-subscription.contract.ts';

type Contract = typeof renewSubscriptionContract;

/**
 * One subscription for as long as it lives. Each turn reads from the database what comes next and waits for it, so a change,
 * a cancellation or another worker finds it where it is; each step is done once, whatever happens in between.
 */
export async function renewSubscription(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['wait', 'issue', 'collect']);
  let changed = false;
  onSignals<Contract>({
    subscriptionChanged: { run: () => void (changed = true), summary: 'Looks at the subscription again' },
  });
  for (;;) {
    changed = false;
    const next = await db.planRenewal(input);
    if (!next) break;
    if (next.waitMs > 0) {
      progress.set('wait', 'scheduled', { waitingFor: 'schedule' });
      progress.setNext({ kind: 'renewal', atMs: next.atMs });
      // A clock of the sandbox stands still until it is moved.
      await (next.isVirtual ? condition(() => changed) : condition(() => changed, next.waitMs));
    } else {
      progress.setNext(null);
      progress.set('wait', 'done');
      await take(next);
    }
    if (workflowInfo().continueAsNewSuggested) {
      await handlersFinished();
      await progress.continueAsNew<typeof renewSubscription>(input);
    }
  }
  progress.skipRest();
  await finish(progress, 'done');
  return { ended: true };

  async function take({ kind, atMs }: { kind: string; atMs: number }): Promise<void> {
    const step = { ...input, atMs };
    if (kind === 'end') return void (await progress.step('issue', () => db.endSubscription(step)));
    if (kind === 'trialReminder' || kind === 'renewalReminder')
      return void (await progress.step('wait', () => mail.sendBillingReminder({ ...step, kind })));
    const issued = await progress.step('issue', () => db.beginBillingPeriod(step));
    if (!issued) return;
    await progress.step('collect', () => call.collectInvoice({ ...input, ...issued, attempt: 1 }));
  }
}
