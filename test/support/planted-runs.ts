import { randomUUID } from 'node:crypto';
import type { RunState, StepState } from '../../db/domain/progress.ts';
import { dayMs, utcDay } from '../../db/domain/time.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import type { Db } from '../../db/scope.ts';
import { projectionScope } from '../../workers/projection/project.ts';

/** The day so many days ago, UTC. */
export const dayAgo = (ago: number): string => utcDay(new Date(Date.now() - ago * dayMs));

/**
 * Puts an ended call of a tool into the projection: so many days ago, after a minute, with steps of 10 and 50 seconds.
 * A failed one failed at its second step for `cause`, at the third attempt.
 */
export async function plantRun(
  db: Db,
  { tenantId, ago, state, cause }: { tenantId: string; ago: number; state: RunState; cause?: string },
): Promise<void> {
  const startedMs = Date.parse(`${dayAgo(ago)}T00:00:00Z`);
  const at = (seconds: number) => new Date(startedMs + seconds * 1_000);
  const step = (key: string, stepState: StepState, seconds: number) => ({
    key,
    state: stepState,
    since: at(seconds).toISOString(),
    attempts: 1,
    ...(stepState === 'failed' && cause && { error: { code: cause, message: '' } }),
  });
  const run: runs.Run = {
    tenantId,
    runId: randomUUID(),
    workflowId: `t:${tenantId}:call-tool:planted`,
    process: 'call-tool',
    subject: 'stripe',
    actorId: null,
    version: 'build1',
    state,
    currentStep: null,
    needsAttention: false,
    attempts: state === 'failed' ? 3 : 1,
    nextKind: null,
    nextAt: null,
    startedAt: at(0),
    closedAt: at(60),
    changedAt: at(60),
  };
  const last = state === 'failed' ? 'failed' : 'done';
  await db.inScope(projectionScope, (tx) =>
    runs.upsert(tx, run, [step('approval', 'done', 10), step('call', last, 60)]),
  );
}
