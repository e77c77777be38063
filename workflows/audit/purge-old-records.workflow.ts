import { continueAsNew, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import { nextQuietMs, type RetentionKey, retentionRules } from '../../db/domain/audit/retention.ts';
import type { InputOf } from '../define.ts';
import type { purgeOldRecordsContract } from './purge-old-records.contract.ts';
import { describeFailure } from '../shared/failures.ts';
import { call } from '../shared/profiles.ts';
import { type ProgressTracker, trackProgress } from '../shared/progress.ts';

type Contract = typeof purgeOldRecordsContract;
type HouseStory = ProgressTracker<RetentionKey | 'rest'>;

const keys = retentionRules.map(({ key }) => key);
/** A night writes some two hundred events; a history of a few thousand stays quick to replay. */
const longHistory = 3_000;
/** What a rule cannot do in so many turns of some seconds each is left for the next night. */
const mostTurns = 50;

const countWords = (removed: number, more: boolean) =>
  `${removed} ${removed === 1 ? 'row' : 'rows'}${more ? ', the rest next night' : ''}`;

/** Follows one rule to its end; false when it cannot be followed, which holds up no other. */
async function followRule(
  story: HouseStory,
  round: string,
  rule: RetentionKey,
  atMs: number,
): Promise<boolean> {
  story.set(rule, 'running');
  try {
    let total = 0;
    let more = true;
    for (let turn = 0; more && turn < mostTurns; turn += 1) {
      const part = await call.followRule({ round, rule, atMs });
      total += part.removed;
      ({ more } = part);
    }
    story.set(rule, 'done', { note: countWords(total, more) });
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    story.set(rule, 'skipped', { error: describeFailure(error) });
    return false;
  }
}

/** Every rule, one after the other, and the event that says what came of it. */
async function keep(story: HouseStory, round: string): Promise<void> {
  const atMs = Date.now();
  const failed: RetentionKey[] = [];
  for (const rule of keys) if (!(await followRule(story, round, rule, atMs))) failed.push(rule);
  try {
    await call.endRound({ round, failed });
  } catch (error) {
    // Its rows are counted; a night without its event is no reason to have no other.
    if (isCancellation(error)) throw error;
  }
}

/** Removes old rows night after night, and goes on in a new run before the history grows long. */
export async function purgeOldRecords({ round: first }: InputOf<Contract>): Promise<Record<string, never>> {
  const story = trackProgress<Contract>(['rest', ...keys]);
  for (let round = first; ; round += 1) {
    const atMs = nextQuietMs(Date.now());
    story.set('rest', 'waiting', { waitingFor: 'the next night' });
    story.setNext({ what: 'Old records are removed', atMs });
    await sleep(atMs - Date.now());
    story.setNext(null);
    story.set('rest', 'done');
    for (const key of keys) story.set(key, 'upcoming');
    await keep(story, `${workflowInfo().firstExecutionRunId}/${round}`);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (historyLength > longHistory || continueAsNewSuggested) {
      return continueAsNew<typeof purgeOldRecords>({ round: round + 1 });
    }
  }
}
