import type { Progress, RunState } from '../../../db/domain/progress.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { helpers, whyCopy } from '../../../templates/admin/runs/copy.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type RecordedEvent, readHistory } from '../../kit/run-view/history.ts';
import { type PendingActivity, readLiveRun } from '../../kit/run-view/live.ts';
import { starterName } from '../shared/names.ts';
import { nullIfUnavailable } from '../shared/null-if-unavailable.ts';
import { type Why, whyOf } from '../shared/why.ts';
import { progressOfRow, statusOf } from '../shared/run-status.ts';

/** A run as it is now. */
export interface RunRead {
  row: runs.ListedRun;
  /** Where this was read: from Temporal itself, or from the projection. */
  source: 'temporal' | 'projection';
  state: RunState;
  progress: Progress;
  pending: PendingActivity[];
  closedAt: string | null;
  parent: { workflowId: string; runId: string } | null;
  startedBy: string;
  workerAvailable: boolean;
  why: Why | null;
  version: string;
}

/** The row of a visible run. Throws `run.not-found` for every other. */
export function getRun(context: RequestContext, runId: string): Promise<runs.ListedRun> {
  return context.deps.db.inScope(context.overview(), (tx) => runs.get(tx, runId));
}

/** What is shown when Temporal itself does not answer. */
const away: Why = {
  text: whyCopy.engineAway,
  tone: 'attention',
  action: null,
  ask: helpers.platform,
};

/** Whether a worker polls the queue of a process; false too when Temporal does not answer. */
export async function isWorkerAvailable(context: RequestContext, process: string): Promise<boolean> {
  const queue = contracts[process]?.queue;
  return queue ? context.deps.processes.isPolled(queue).catch(() => false) : true;
}

/** The steps of a run that has not reported any progress yet. */
function unbegun(row: runs.ListedRun): Progress {
  const since = row.startedAt.toISOString();
  const steps = contracts[row.process]?.steps ?? [];
  return {
    state: row.state,
    currentStep: steps[0]?.key ?? null,
    steps: steps.map(({ key }) => ({ key, state: 'upcoming', since, attempts: 0 })),
    changedAt: since,
  };
}

/** The status of a known run: from Temporal, or from the projection where that does not answer. */
export async function readStatus(
  context: RequestContext,
  row: runs.ListedRun,
  { startedBy, worker }: { startedBy: string; worker: Promise<boolean> | boolean },
): Promise<RunRead> {
  const live = await nullIfUnavailable(() => readLiveRun(context.deps.processes, row));
  if (!live) {
    const steps = await context.deps.db.inScope(context.overview(), (tx) => runs.listSteps(tx, row.runId));
    const progress = steps.length > 0 ? progressOfRow(row, steps) : unbegun(row);
    const closedAt = row.closedAt?.toISOString() ?? null;
    const why = closedAt ? whyOf(statusOf(row.process, row.state, progress, [])) : away;
    const version = `projection ${progress.changedAt}`;
    const workerAvailable = closedAt !== null;
    return {
      row,
      source: 'projection',
      state: row.state,
      progress,
      pending: [],
      closedAt,
      parent: null,
      startedBy,
      workerAvailable,
      why,
      version,
    };
  }
  const progress = live.progress ?? unbegun(row);
  const workerAvailable = live.closedAt !== null || (await worker);
  const why = whyOf(statusOf(row.process, live.state, progress, live.pending, workerAvailable));
  return { ...live, row, source: 'temporal', progress, startedBy, workerAvailable, why };
}

/** A visible run, as it is now. */
export async function readRun(context: RequestContext, runId: string): Promise<RunRead> {
  const { row, startedBy } = await context.deps.db.inScope(context.overview(), async (tx) => {
    const found = await runs.get(tx, runId);
    return { row: found, startedBy: await starterName(tx, found.actorId) };
  });
  // Asked beside the run itself, so that a Temporal that is away is waited for once.
  const worker = row.closedAt !== null || isWorkerAvailable(context, row.process);
  return readStatus(context, row, { startedBy, worker });
}

/** The history, as far as pages need it; null when Temporal does not answer or no longer keeps it. */
export async function readEvents(context: RequestContext, run: RunRead): Promise<RecordedEvent[] | null> {
  if (run.source === 'projection') return null;
  return nullIfUnavailable(() => readHistory(context.deps.processes, run.row));
}
