import { isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import { eventsPerSeal } from '../../db/domain/audit/checkpoint.ts';
import { minuteMs } from '../../db/domain/time.ts';
import type { InputOf } from '../define.ts';
import { describeFailure } from '../shared/failures.ts';
import { interactive } from '../shared/profiles.ts';
import { type ProgressTracker, trackProgress } from '../shared/progress.ts';
import type { sealAuditLogContract } from './seal-audit-log.contract.ts';

type Contract = typeof sealAuditLogContract;

const turnsPerMinute = 3;
/** A turn writes eleven events, so a run takes half an hour and is quick to replay. */
const longHistory = 1_000;

/** One turn; it shows only what changed, as most turns are alike. A turn that fails must not end the sealing. */
async function sealOnce(progress: ProgressTracker<'seal' | 'wait'>, turn: number): Promise<void> {
  try {
    await interactive.sealChains({ atLeast: turn % turnsPerMinute === 0 ? 1 : eventsPerSeal });
    if (progress.stepOf('seal').state !== 'done') progress.set('seal', 'done');
  } catch (error) {
    if (isCancellation(error)) throw error;
    if (progress.stepOf('seal').state !== 'skipped')
      progress.set('seal', 'skipped', { error: describeFailure(error) });
  }
  if (progress.stepOf('wait').state !== 'waiting')
    progress.set('wait', 'waiting', { waitingFor: 'schedule' });
}

/** Seals the audit log turn after turn, and continues in a new run before the history grows long. */
export async function sealAuditLog({ turn: first }: InputOf<Contract>): Promise<Record<string, never>> {
  const progress = trackProgress<Contract>(['seal', 'wait']);
  for (let turn = first; ; turn += 1) {
    await sealOnce(progress, turn);
    await sleep(minuteMs / turnsPerMinute);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested) {
      return progress.continueAsNew<typeof sealAuditLog>({ turn: turn + 1 });
    }
  }
}
