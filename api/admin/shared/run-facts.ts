import type { RunFacts } from '../../../db/domain/runs/why/facts.ts';
import { explainRun } from '../../../db/domain/runs/why/explain.ts';
import type { RequestContext } from '../../kit/context.ts';
import { type LiveRun, readLiveRun } from '../../kit/run-view/live.ts';
import { readFreeze } from './read-freeze.ts';
import { readHold } from './holds.ts';
import { processTitle } from './names.ts';
import { nullIfUnavailable } from './null-if-unavailable.ts';
import { statusOf } from './run-status.ts';

/** A worker that is free takes a task within milliseconds. */
const untakenAfterMs = 5_000;
/** A run that waits for many others is explained by the first few of them. */
const childrenAsked = 5;
/** How far a chain of runs that wait for each other is followed. */
const deepest = 3;

/** "onboard-tenant" of "t:ten_1:onboard-tenant:key". */
const processOf = (workflowId: string) => workflowId.split(':')[2] ?? '';

/** "ten_1" of the same. */
const tenantIn = (workflowId: string) => workflowId.split(':')[1] ?? '';

/** Whether a task waits because no worker polls its queue, or because the others before it come first. */
async function readWait(
  context: RequestContext,
  { engine }: Pick<LiveRun, 'engine'>,
  nowMs: number,
): Promise<Pick<RunFacts, 'workerAvailable' | 'queue' | 'backlog'>> {
  const untaken = engine?.untaken;
  if (!untaken || nowMs - Date.parse(untaken.since) < untakenAfterMs) return {};
  const { queue, kind } = untaken;
  const state = await nullIfUnavailable(() => context.deps.processes.describeQueue(queue, kind));
  if (!state) return {};
  if (state.pollers.length === 0) return { workerAvailable: false, queue };
  const ageMs = Math.max(state.ageMs, nowMs - Date.parse(untaken.since));
  return { backlog: { queue, count: Math.max(1, state.backlog), ageMs } };
}

/** The first run started by this one that is stuck, and why. */
async function readStuckChild(
  context: RequestContext,
  { engine }: Pick<LiveRun, 'engine'>,
  nowMs: number,
  depth: number,
): Promise<RunFacts['child']> {
  if (depth >= deepest) return null;
  for (const child of engine?.children.slice(0, childrenAsked) ?? []) {
    const live = await nullIfUnavailable(() => readLiveRun(context.deps.processes, child));
    if (!live || live.closedAt) continue;
    const process = processOf(child.workflowId);
    const facts = await factsOf(context, { process, tenantId: tenantIn(child.workflowId), ...child }, live, {
      workerAvailable: true,
      depth: depth + 1,
    });
    const [cause] = explainRun(facts, nowMs);
    if (cause) return { runId: child.runId, title: processTitle(process), cause };
  }
  return null;
}

/** What of a run says where its facts are. */
interface ReadRun {
  process: string;
  workflowId: string;
  runId: string;
  tenantId: string;
}

async function factsOf(
  context: RequestContext,
  { process, workflowId, runId, tenantId }: ReadRun,
  live: LiveRun,
  { workerAvailable, depth }: { workerAvailable: boolean; depth: number },
): Promise<RunFacts> {
  const nowMs = Date.now();
  const status = { ...statusOf(process, live.state, live.progress, live.pending, workerAvailable), runId };
  if (live.closedAt) return status;
  const [frozen, wait, child, paused] = await Promise.all([
    readFreeze(context, tenantId),
    readWait(context, live, nowMs),
    readStuckChild(context, live, nowMs, depth),
    nullIfUnavailable(() => readHold(context, { workflowId, runId }, live)),
  ]);
  const { codeFailure = null } = live.engine ?? {};
  return { ...status, ...wait, frozen, paused, codeFailure, child: child ?? null };
}

/** Everything that is known of an open run now, from Temporal itself. */
export const readFacts = (
  context: RequestContext,
  run: ReadRun,
  live: LiveRun,
  workerAvailable: boolean,
): Promise<RunFacts> => factsOf(context, run, live, { workerAvailable, depth: 0 });
