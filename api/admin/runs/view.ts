import type { PageContext } from '../../../templates/page-context.ts';
import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import type { RunLiveProps } from '../../../templates/admin/runs/run-live.tsx';
import type { RunHead, RunStep, RunTab, WaitReason } from '../../../templates/admin/runs/run-types.ts';
import type { RunRow } from '../../../templates/admin/runs/workflows.tsx';
import { failedTries } from '../../../templates/admin/runs/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { statusOf } from '../../../templates/ui/status.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { RecordedEvent } from '../../kit/run-view/history.ts';
import { redactText } from '../../kit/run-view/redact.ts';
import { type DataBlock, dataBlocks } from '../../kit/run-view/data.ts';
import { retriesIn, stepTimes, stepTimesWithoutHistory } from '../../kit/run-view/steps.ts';
import { shownStep } from '../shared/coming.ts';
import { processTitle, runTitle, serverTitleOf, stepTitle, tenantRef } from '../shared/names.ts';
import { linkOf, stateWords } from '../shared/why.ts';
import { actionsFor, declarationOf } from './actions.ts';
import type { RunRead } from './read.ts';
import { holdingStep } from '../shared/run-status.ts';

/** One line of the list. */
export function toRow(run: ListedRun, titles: ReadonlyMap<string, string>): RunRow {
  const endMs = run.closedAt?.getTime() ?? Date.now();
  return {
    id: run.runId,
    processTitle: processTitle(run.process),
    about: serverTitleOf(run, titles),
    tenant: tenantRef(run),
    stepTitle: run.currentStep && stepTitle(run.process, run.currentStep),
    state: run.state,
    startedAt: run.startedAt.toISOString(),
    durationMs: endMs - run.startedAt.getTime(),
    attempts: run.attempts,
  };
}

function headOf(run: RunRead, retries: number): RunHead {
  const { row, state, progress, closedAt } = run;
  const held = holdingStep(progress);
  const startedAt = row.startedAt.toISOString();
  return {
    id: row.runId,
    workflowId: row.workflowId,
    title: runTitle(row.process, tenantRef(row)?.name ?? null),
    processTitle: processTitle(row.process),
    processName: row.process,
    state,
    stateText: stateWords(state, held?.waitingFor) ?? statusOf('run', state).word,
    since: closedAt ?? held?.since ?? startedAt,
    startedAt,
    endedAt: closedAt,
    tenant: tenantRef(row),
    startedBy: run.startedBy,
    next: closedAt ? null : (progress.next ?? null),
    retries,
    results: resultsHref(row),
  };
}

/** Where the results of a bulk operation are, and the template that a workflow was started from. */
function resultsHref({ process, subject }: { process: string; subject: string }): RunHead['results'] {
  const about = contracts[process]?.about;
  if (about === 'bulkOperation') return { about, href: paths.bulkOperation(subject) };
  return about === 'workflowTemplate' ? { about, href: paths.workflowTemplate(subject) } : null;
}

/** The work under way belongs to the step that is running. */
function troubleOf(run: RunRead, stepState: string): Pick<RunStep, 'nextTryAt' | 'cause' | 'code'> {
  const work = run.pending.find(({ attempt, lastFailure }) => attempt > 1 && lastFailure);
  if (stepState !== 'running' || !work?.lastFailure) return {};
  const { code, message } = work.lastFailure;
  return {
    cause: redactText(failedTries(work.attempt - 1, message)),
    code,
    ...(work.nextTryAt && { nextTryAt: work.nextTryAt }),
  };
}

/** The step that is shown when none was chosen: where the run is, or where it ended. */
function chosenStep(run: RunRead, asked: string | undefined): string | null {
  const { steps } = run.progress;
  if (steps.some(({ key }) => key === asked)) return asked ?? null;
  const last = steps.findLast(({ state }) => state !== 'upcoming' && state !== 'skipped');
  return (holdingStep(run.progress) ?? last ?? steps[0])?.key ?? null;
}

/** A step that is done again and again shows only its newest work. */
const mostBlocks = 20;

/** What was recorded while a step was worked on. */
const dataOf = (blocks: readonly DataBlock[], attempts: RunStep['attempts']) =>
  blocks
    .filter(({ at }) =>
      attempts.some(({ startedAt, endedAt }) => at >= startedAt && (endedAt === null || at <= endedAt)),
    )
    .slice(-mostBlocks);

function stepsOf(run: RunRead, events: readonly RecordedEvent[] | null, chosen: string | null): RunStep[] {
  const { row, progress, closedAt, whys } = run;
  const ask = whys.find(({ action }) => action === 'retry')?.ask ?? whys[0]?.ask;
  const keys = progress.steps.map(({ key }) => key);
  const times = events?.some(({ type }) => type === 'WorkflowPropertiesModified')
    ? stepTimes(events, keys, closedAt)
    : stepTimesWithoutHistory(progress.steps, row.startedAt.toISOString());
  return progress.steps.map((step): RunStep => {
    const time = times.get(step.key) ?? { startedAt: null, endedAt: null, attempts: [], waits: [] };
    const word = step.state === 'waiting' ? stateWords('waiting', step.waitingFor) : undefined;
    const isHeld = step.state === 'needsAttention' || step.state === 'failed';
    return {
      key: step.key,
      title: step.title ?? stepTitle(row.process, step.key),
      uncounted: declarationOf(row.process, step.key)?.uncounted ?? false,
      ...shownStep(step, run.coming),
      ...(word && { word }),
      since: step.state === 'upcoming' ? null : step.since,
      ...time,
      ...troubleOf(run, step.state),
      ...(step.error && { cause: step.error.message, code: step.error.code }),
      ...(step.note && { note: step.note }),
      ...(isHeld && ask && { askWho: ask }),
      ...(step.key === chosen && events && { data: dataOf(dataBlocks(events), time.attempts) }),
    };
  });
}

/** Why the run doesn't move. The first cause that can be acted on here offers the run's own actions. */
function whyLines(
  context: RequestContext,
  run: RunRead,
  actions: readonly { kind: string }[],
): readonly WaitReason[] {
  const acted = run.whys.findIndex(
    ({ action, code }) => action === 'remind' || action === 'retry' || (code === 'paused' && run.isPaused),
  );
  return run.whys.map((why, index) => {
    const offer = (['unpause', 'remind', 'retry-step', 'extend', 'skip-step'] as const).filter(
      (kind) => index === Math.max(0, acted) && actions.some((action) => action.kind === kind),
    );
    return {
      text: redactText(why.text),
      tone: why.tone,
      ask: why.ask,
      link: linkOf(context, why, { tenantId: run.row.tenantId, shownOn: paths.run(run.row.runId) }),
      offer,
    };
  });
}

/** What changes while a run's page is open. */
export function liveProps(
  context: RequestContext,
  frame: PageContext,
  run: RunRead,
  events: readonly RecordedEvent[] | null,
  { tab, step }: { tab: RunTab['key']; step?: string | undefined },
): RunLiveProps {
  const chosen = chosenStep(run, step);
  const actions = actionsFor(context, run);
  const tried = run.pending.reduce((sum, { attempt }) => sum + attempt - 1, 0);
  return {
    frame,
    run: headOf(run, retriesIn(events ?? []) + tried),
    steps: stepsOf(run, events, chosen),
    whys: whyLines(context, run, actions),
    actions,
    tab,
    chosen,
  };
}
