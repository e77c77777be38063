import { condition, workflowInfo } from '@temporalio/workflow';
import type { PlannedStep } from '../../activities/billing/dunning/steps.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { finish, handlersFinished } from '../shared/early-answer.ts';
import { failureOf } from '../shared/failures.ts';
import { handle, onSignals } from '../shared/handle.ts';
import { call, db, interactive, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { collectOverdueInvoiceContract } from './collect-overdue-invoice.contract.ts';

type Contract = typeof collectOverdueInvoiceContract;

/**
 * One overdue invoice until it is settled or given up. Each turn reads from the database what comes next and waits for it; a
 * payment, a new card or a void ends the wait, and the next turn finds what changed.
 */
export async function collectOverdueInvoice(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['wait', 'collect', 'access', 'notify']);
  let changed = false;
  let ended = false;
  /** Tries that were made, and what came of the last one. */
  let tries = 0;
  let paid = false;
  /** Callers that wait for the answer to a try. */
  let waiting = 0;

  async function asked(request: () => Promise<void>): Promise<null> {
    try {
      await request();
    } catch (error) {
      throw failureOf(error);
    }
    changed = true;
    return null;
  }
  handle<Contract>({
    tryNow: {
      summary: 'Tries the card on file now',
      async run(by) {
        const before = tries;
        await asked(() => interactive.requestDunningTry({ ...input, ...by }));
        waiting += 1;
        await condition(() => ended || tries > before);
        waiting -= 1;
        return { paid };
      },
    },
    extend: {
      summary: 'Gives more days to pay',
      run: (by) => asked(() => interactive.extendDunning({ ...input, ...by })),
    },
    giveUp: {
      summary: 'Cancels and writes off',
      run: (by) => asked(() => interactive.giveUpInvoice({ ...input, ...by })),
    },
  });
  onSignals<Contract>({
    caseChanged: { run: () => void (changed = true), summary: 'Looks at the invoice again' },
  });

  for (;;) {
    changed = false;
    const next = await db.planDunning(input);
    if (!next) break;
    if (next.waitMs > 0) {
      progress.set('wait', 'scheduled', { waitingFor: 'schedule' });
      progress.setNext({ kind: 'dunning', atMs: next.step.atMs });
      // A clock of the sandbox stands still until someone moves it.
      await (next.isVirtual ? condition(() => changed) : condition(() => changed, next.waitMs));
    } else {
      progress.setNext(null);
      progress.set('wait', 'done');
      await take(next);
    }
    if (workflowInfo().continueAsNewSuggested && waiting === 0) {
      await handlersFinished();
      await progress.continueAsNew<typeof collectOverdueInvoice>(input);
    }
  }
  ended = true;
  progress.skipRest();
  await finish(progress, 'done');
  return { ended };

  async function take({ step, done }: PlannedStep): Promise<void> {
    const taken = { ...input, done };
    if (step.kind === 'mail') return void (await progress.step('notify', () => mail.sendDunningMail(taken)));
    if (step.kind !== 'retry')
      return void (await progress.step('access', () => db.changeDunningAccess(taken)));
    const tried = await progress.step('collect', () => call.tryOverdueInvoice(taken));
    paid = tried?.paid ?? false;
    tries += 1;
  }
}
