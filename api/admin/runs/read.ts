import type { ComingStep } from '../../../db/domain/onboarding/coming.ts';
import { onboardingProcess } from '../../../db/domain/onboarding/steps.ts';
import type { Progress, RunState } from '../../../db/domain/progress.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type RecordedEvent, readHistory } from '../../kit/run-view/history.ts';
import { type PendingActivity, readLiveRun } from '../../kit/run-view/live.ts';
import { readComing } from '../shared/coming.ts';
import { starterName } from '../shared/names.ts';
import { nullIfUnavailable } from '../shared/null-if-unavailable.ts';
import { type Why, whyFrom, whysOf } from '../shared/why.ts';
import { readFacts } from '../shared/run-facts.ts';
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
  /** The run that a reset made of this one. */
  resetTo: string | null;
  startedBy: string;
  workerAvailable: boolean;
  /** Held up in Temporal; no code of it runs. */
  isPaused: boolean;
  /** Why it doesn't move, what must be mended first coming first. */
  whys: Why[];
  /** Steps of an onboarding whose system isn't built. */
  coming: readonly ComingStep[];
  version: string;
}

/** The row of a visible run. Throws `run.not-found` for every other. */
export function getRun(context: RequestContext, runId: string): Promise<runs.ListedRun> {
  return context.deps.db.inScope(context.overview(), (tx) => runs.get(tx, runId));
}

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
  const coming = row.process === onboardingProcess ? await readComing(context, row.tenantId) : [];
  const live = await nullIfUnavailable(() => readLiveRun(context.deps.processes, row));
  if (!live) {
    const steps = await context.deps.db.inScope(context.overview(), (tx) => runs.listSteps(tx, row.runId));
    const progress = steps.length > 0 ? progressOfRow(row, steps) : unbegun(row);
    const closedAt = row.closedAt?.toISOString() ?? null;
    const whys = closedAt
      ? whysOf({ ...statusOf(row.process, row.state, progress, []), runId: row.runId })
      : [whyFrom({ code: 'engineAway' })];
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
      resetTo: null,
      startedBy,
      workerAvailable,
      isPaused: false,
      whys,
      coming,
      version,
    };
  }
  const progress = live.progress ?? unbegun(row);
  const workerAvailable = live.closedAt !== null || (await worker);
  const whys = whysOf(await readFacts(context, row, { ...live, progress }, workerAvailable));
  const isPaused = Boolean(live.engine?.paused);
  const resetTo = live.resetTo ?? null;
  const known = { ...live, row, progress, startedBy, workerAvailable, isPaused, resetTo, whys, coming };
  return { ...known, source: 'temporal' };
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
