import { isCancellation, patched, sleep, workflowInfo } from '@temporalio/workflow';
import { nextQuietMs, type RetentionKey, retentionRules } from '../../db/domain/audit/retention.ts';
import type { InputOf } from '../define.ts';
import type { purgeOldRecordsContract } from './purge-old-records.contract.ts';
import { describeFailure } from '../shared/failures.ts';
import { call } from '../shared/profiles.ts';
import { type ProgressTracker, trackProgress } from '../shared/progress.ts';

type Contract = typeof purgeOldRecordsContract;
type PurgeProgress = ProgressTracker<RetentionKey | 'wait'>;

const keys = retentionRules.map(({ key }) => key);
/** A run under way applied the rules there were: one that is new since joins its next round. */
const joined: Partial<Record<RetentionKey, string>> = {
  providerStates: 'purge-provider-states',
  templateDrafts: 'purge-template-drafts',
  bulkOperations: 'purge-bulk-operations',
};
const keysNow = (): RetentionKey[] =>
  keys.filter((key) => {
    const patch = joined[key];
    return patch === undefined || patched(patch);
  });
/** A purge run writes some two hundred events; a history of a few thousand stays quick to replay. */
const longHistory = 3_000;
/** What a rule cannot remove in so many batches of some seconds each is left for the next purge run. */
const mostBatches = 50;

/** Applies one rule until nothing old is left; false when it fails, which does not hold up the others. */
async function applyRule(
  progress: PurgeProgress,
  purgeRun: string,
  rule: RetentionKey,
  atMs: number,
): Promise<boolean> {
  progress.set(rule, 'running');
  try {
    let count = 0;
    let more = true;
    for (let batch = 0; more && batch < mostBatches; batch += 1) {
      const part = await call.applyRetentionRule({ purgeRun, rule, atMs });
      count += part.removed;
      ({ more } = part);
    }
    progress.set(rule, 'done', { note: { kind: 'removed', count, more } });
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    progress.set(rule, 'skipped', { error: describeFailure(error) });
    return false;
  }
}

/** Applies every rule in order, then records the event with the totals. */
async function purge(progress: PurgeProgress, purgeRun: string): Promise<void> {
  const atMs = Date.now();
  const failed: RetentionKey[] = [];
  for (const rule of keysNow()) if (!(await applyRule(progress, purgeRun, rule, atMs))) failed.push(rule);
  try {
    await call.finishPurgeRun({ purgeRun, failed });
  } catch (error) {
    // Its rows are counted already; a purge run without its event must not prevent the next one.
    if (isCancellation(error)) throw error;
  }
}

/** Removes old records every night, and continues in a new run before the history grows long. */
export async function purgeOldRecords({
  purgeRun: first,
}: InputOf<Contract>): Promise<Record<string, never>> {
  const progress = trackProgress<Contract>(['wait', ...keys]);
  for (let number = first; ; number += 1) {
    const atMs = nextQuietMs(Date.now());
    progress.set('wait', 'waiting', { waitingFor: 'schedule' });
    progress.setNext({ kind: 'purge', atMs });
    await sleep(atMs - Date.now());
    progress.setNext(null);
    progress.set('wait', 'done');
    for (const key of keys) progress.set(key, 'upcoming');
    await purge(progress, `${workflowInfo().firstExecutionRunId}/${number}`);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested) {
      return progress.continueAsNew<typeof purgeOldRecords>({ purgeRun: number + 1 });
    }
  }
}
