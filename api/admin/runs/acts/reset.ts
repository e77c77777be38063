import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import type { ListedRun } from '../../../../db/repos/runs/runs.ts';
import type { EffectCount, ResetPreview } from '../../../../templates/admin/runs/acts/reset-types.ts';
import { contracts } from '../../../../workflows/contracts.ts';
import { effectOf, type OutsideEffect } from '../../../../workflows/shared/effects.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf } from '../../../kit/idempotency-key.ts';
import { humanName } from '../../../kit/run-view/event-labels.ts';
import { type RecordedEvent, readHistory } from '../../../kit/run-view/history.ts';
import { readLiveRun } from '../../../kit/run-view/live.ts';
import { afterPoint, type ResetPoint, resetPoints } from '../../../kit/run-view/reset-points.ts';
import { stepTitle } from '../../shared/names.ts';
import { getRun } from '../read.ts';
import { findRecorded, recordOnRun } from '../record.ts';

export const resetBody = z.strictObject({
  step: z.string('Choose a step.').min(1, 'Choose a step.').max(60),
  reason,
  /** Resets once; instead of the `Idempotency-Key` header. */
  requestKey: idempotencyKey.optional(),
});

interface Resettable {
  row: ListedRun;
  points: ResetPoint[];
  events: RecordedEvent[];
  /** The run is the newest of its workflow: resetting an older one would end that. */
  isNewest: boolean;
  isOpen: boolean;
  hasParent: boolean;
  /** A reset made another run of it. */
  wasReset: boolean;
}

/** A visible run with the points it can be reset to. Throws `run.history-gone` where Temporal no longer keeps it. */
export async function readResettable(context: RequestContext, runId: string): Promise<Resettable> {
  const { processes } = context.deps;
  const row = await getRun(context, runId);
  const [live, newest] = await Promise.all([
    readLiveRun(processes, row),
    processes.describe({ workflowId: row.workflowId, runId: '' }),
  ]).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'run.ended'
      ? new AppError('run.history-gone', { cause: error })
      : error;
  });
  const events = await readHistory(processes, row);
  return {
    ...{ row, events, points: resetPoints(events) },
    isNewest: newest.runId === runId,
    isOpen: live.closedAt === null,
    hasParent: live.parent !== null,
    wasReset: Boolean(live.resetTo),
  };
}

const keyOf = ({ kind, whenReset }: OutsideEffect) => `${kind} ${whenReset}`;

/** The outside effects of the activities that were begun, counted, and those nothing is declared of. */
function countEffects(activities: readonly string[]): Pick<ResetPreview, 'effects' | 'undeclared'> {
  const counts = new Map<string, EffectCount>();
  const undeclared = new Set<string>();
  for (const name of activities) {
    const effect = effectOf(name);
    if (effect === 'unknown') undeclared.add(humanName(name));
    if (effect === 'unknown' || effect === null) continue;
    const counted = counts.get(keyOf(effect)) ?? { ...effect, count: 0 };
    counts.set(keyOf(effect), { ...counted, count: counted.count + 1 });
  }
  return { effects: [...counts.values()], undeclared: [...undeclared] };
}

function countNames(names: readonly string[]): ResetPreview['messages'] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ title: humanName(name), count }));
}

/** What a reset to a step does. Throws `step.not-found` for one the process doesn't have, `step.not-begun`. */
export function previewReset(run: Resettable, step: string): ResetPreview {
  const { row, events, points } = run;
  const steps = contracts[row.process]?.steps ?? [];
  if (!steps.some(({ key }) => key === step)) throw new AppError('step.not-found');
  const point = points.find((candidate) => candidate.step === step);
  if (!point) throw new AppError('step.not-begun');
  const after = afterPoint(events, point);
  const titlesOf = (which: (begunAt: number | undefined) => boolean) =>
    steps
      .filter(({ key }) => which(points.find((candidate) => candidate.step === key)?.eventId))
      .map(({ key }) => stepTitle(row.process, key));
  return {
    ...{ step, title: stepTitle(row.process, step), eventId: point.eventId, at: point.at },
    again: titlesOf((eventId) => eventId !== undefined && eventId >= point.eventId),
    kept: titlesOf((eventId) => eventId !== undefined && eventId < point.eventId),
    ...countEffects(after.activities),
    messages: countNames(after.messages),
    ...{ children: after.children, hasParent: run.hasParent, isOpen: run.isOpen },
  };
}

/** How long the first of two clicks may take to be recorded. */
const recordedWithinMs = 3_000;

/** The run that the same request made before. Throws `run.superseded` where it made none. */
async function madeBefore(context: RequestContext, run: Resettable, key: string): Promise<string> {
  const until = Date.now() + (run.wasReset ? recordedWithinMs : 0);
  for (;;) {
    const data = await findRecorded(context, run.row.runId, 'run.reset', key);
    if (typeof data?.['newRunId'] === 'string') return data['newRunId'];
    if (Date.now() >= until) throw new AppError('run.superseded');
    await sleep(150);
  }
}

/**
 * Resets a run to the beginning of one of its steps: it ends, and a new run continues from there. The same key again
 * answers with the same new run. Throws `run.superseded` where a later run of the same exists.
 */
export async function resetRun(
  context: RequestContext,
  runId: string,
  body: z.output<typeof resetBody>,
): Promise<{ runId: string }> {
  const { processes } = context.deps;
  const actor = context.actor();
  const key = body.requestKey ?? idempotencyKeyOf(context);
  const requestId = `${actor.id}-${runId}-${key}`;
  const run = await readResettable(context, runId);
  context.response.locals['workflowId'] = run.row.workflowId;
  const { eventId } = previewReset(run, body.step);
  if (!run.isNewest) return { runId: await madeBefore(context, run, key) };
  const newRunId = await processes.reset(run.row, { eventId, by: actor.id, requestId });
  const data = { step: body.step, reason: body.reason, newRunId };
  await recordOnRun(context, run.row, 'run.reset', data, key);
  return { runId: newRunId };
}
