import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import type { impersonateUserContract } from './impersonate-user.contract.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle, onSignals } from '../shared/handle.ts';
import { db, mail, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof impersonateUserContract;

/** The row may end without this process being told: it looks again after this time at the latest. */
const longestSleepMs = 20_000;

/**
 * Lets an administrator view the portal as a person. Requests are refused by the row alone, whether or not this process
 * runs: it tells the person, records an end that no one asked for, and writes the certificate.
 */
export async function impersonateUser(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { impersonationId } = input;
  const progress = trackProgress<Contract>(['start', 'notify', 'end', 'certify']);
  const started = earlyAnswer<{ expiresAt: string }>();
  let changed = false;
  handle<Contract>({ viewStarted: started.handler('Answers when the view exists') });
  onSignals<Contract>({
    viewChanged: { summary: 'The view was opened or has ended', run: () => void (changed = true) },
  });

  progress.set('start', 'running');
  let expiresAt: string;
  try {
    ({ expiresAt } = await db.startView(input));
  } catch (error) {
    started.reject(error);
    progress.set('start', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  started.resolve({ expiresAt });
  progress.set('start', 'done');

  // The end doesn't wait for the email, and a mail server that is away doesn't hold back the certificate.
  const told = tellPerson();
  progress.set('end', 'scheduled', { waitingFor: 'schedule' });
  progress.setNext({ kind: 'expiry', atMs: Date.parse(expiresAt) });
  try {
    await untilEnded();
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() => undo.endView({ impersonationId, reason: 'revoked' }));
  }
  return CancellationScope.nonCancellable(async () => {
    progress.set('end', 'done');
    progress.setNext(null);
    await progress.step('certify', () => undo.certifyView({ impersonationId }));
    await told;
    await finish(progress, 'done');
    return { certified: true };
  });

  async function tellPerson(): Promise<void> {
    progress.set('notify', 'running');
    try {
      await CancellationScope.nonCancellable(() => mail.sendViewMail({ impersonationId }));
      progress.set('notify', 'done');
    } catch (error) {
      progress.set('notify', 'failed', { error: describeFailure(error) });
    }
  }

  async function untilEnded(): Promise<void> {
    for (;;) {
      changed = false;
      const { ended, remainingMs } = await undo.checkView({ impersonationId });
      if (ended) return;
      await condition(() => changed, Math.min(remainingMs + 1, longestSleepMs));
    }
  }
}
