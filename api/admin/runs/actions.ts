import { z } from 'zod';
import { extraDays, reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import type { Permission } from '../../../db/domain/permissions.ts';
import { helpWords } from '../../../templates/admin/onboarding/copy.ts';
import { pauseCopy, replayCopy } from '../../../templates/admin/runs/acts/copy.ts';
import { actionCopy } from '../../../templates/admin/runs/copy.ts';
import type { RunAction, RunActionKind } from '../../../templates/admin/runs/run-types.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { StepDeclaration } from '../../../workflows/define.ts';
import { type AdminAction, type WaitAction, waitActions } from '../../../workflows/shared/admin-actions.ts';
import type { RequestContext } from '../../kit/context.ts';
import { stepTitle } from '../shared/names.ts';
import { readOpenRun } from './acts/open-run.ts';
import { pauseRun, unpauseRun } from './acts/pause.ts';
import { startReplay } from './acts/replay.ts';
import { getRun, type RunRead } from './read.ts';
import { recordOnRun } from './record.ts';
import { holdingStep } from '../shared/run-status.ts';

const ofStep = z.strictObject({ step: z.string('Name the step.').min(1, 'Name the step.').max(60), reason });
const ofRun = z.strictObject({ reason });

/** What each action needs. */
export const actionBodies = {
  remind: ofRun,
  extend: z.strictObject({ days: extraDays, reason }),
  'retry-step': ofStep,
  'skip-step': ofStep,
  'fail-step': ofStep,
  pause: ofRun,
  unpause: ofRun,
  replay: ofRun,
  cancel: ofRun,
  terminate: ofRun,
} as const satisfies Record<RunActionKind, z.ZodType>;
export const runActions = Object.keys(actionBodies) as RunActionKind[];

const isWaitAction = (kind: RunActionKind): kind is WaitAction => kind in waitActions;

/** Helping the person a run waits for takes the same permission as on the tenant's page. */
export const accessTo = (kind: RunActionKind): Permission =>
  isWaitAction(kind) ? 'tenants.support' : 'runs.control';

/** Whether an action decides how the run continues: its message follows the run. Helping a person does not. */
export const steersRun = (kind: RunActionKind): boolean => !isWaitAction(kind);

const stepActions: Partial<Record<RunActionKind, AdminAction>> = {
  'retry-step': 'retryStep',
  'skip-step': 'skipStep',
  'fail-step': 'failStep',
};

/** What the contract of a process says of a step. */
export const declarationOf = (process: string, step: string): StepDeclaration | undefined =>
  contracts[process]?.steps.find(({ key }) => key === step);

/** Helps the person a run waits for. Throws `step.not-open` where its process does not offer that. */
async function helpPerson(
  context: RequestContext,
  run: ListedRun,
  kind: WaitAction,
  { days, reason: why }: { days?: number; reason: string },
): Promise<void> {
  if (!contracts[run.process]?.adminActions?.includes(kind))
    throw new AppError('step.not-open', { text: actionCopy.notOffered });
  if (run.closedAt) throw new AppError('run.ended');
  await readOpenRun(context, run, { paused: 'refused' });
  const input = { reason: why, by: context.actor(), ...(days !== undefined && { days }) };
  await context.deps.processes.waitAction(run, kind, input);
}

type ControlKind = 'pause' | 'unpause' | 'replay' | 'cancel' | 'terminate';

/** What is done to the run as a whole, in Temporal itself; each leaves one event. Answers with another run to follow. */
const control: Record<
  ControlKind,
  (context: RequestContext, row: ListedRun, reason: string) => Promise<string | void>
> = {
  pause: pauseRun,
  unpause: unpauseRun,
  replay: startReplay,
  async cancel(context, row, why) {
    await readOpenRun(context, row, { paused: 'refused' });
    await context.deps.processes.cancel(row);
    await recordOnRun(context, row, 'run.cancelled', { reason: why });
  },
  async terminate(context, row, why) {
    await readOpenRun(context, row, { paused: 'accepted' });
    await context.deps.processes.terminate(row, why);
    await recordOnRun(context, row, 'run.terminated', { reason: why });
  },
};

/** Does something to a run. The run must be visible: any other does not exist. Answers with another run to follow. */
export async function runAction(
  context: RequestContext,
  runId: string,
  kind: RunActionKind,
  body: { step?: string; days?: number; reason: string },
): Promise<string | void> {
  const row = await getRun(context, runId);
  const { processes } = context.deps;
  context.response.locals['workflowId'] = row.workflowId;
  if (isWaitAction(kind)) {
    await helpPerson(context, row, kind, body);
    return;
  }
  const stepAction = stepActions[kind];
  if (stepAction) {
    const { step = '' } = body;
    const declared = declarationOf(row.process, step);
    if (kind === 'skip-step' && declared && !declared.skippable) throw new AppError('step.not-skippable');
    await readOpenRun(context, row, { paused: 'refused' });
    await processes.adminAction(row, stepAction, { step, reason: body.reason, by: context.actor() });
    return;
  }
  return control[kind as ControlKind](context, row, body.reason);
}

/** What can be done for the person a run waits for. */
function helpFor(context: RequestContext, { row, whys }: RunRead): RunAction[] {
  if (!whys.some(({ action }) => action === 'remind') || !context.can('tenants.support')) return [];
  return (contracts[row.process]?.adminActions ?? []).map((kind) => {
    const { happens, stays, oneClickReason } = helpWords[kind];
    return { kind, happens, stays, ...(oneClickReason && { oneClickReason }) };
  });
}

const asksFor = ({ happens, stays }: { happens: string; stays?: string }) => ({
  happens,
  ...(stays && { stays }),
});

/** No code of a paused run answers. */
const whilePaused: RunAction[] = [
  { kind: 'unpause', ...asksFor(pauseCopy.unpause) },
  { kind: 'terminate', ...actionCopy.terminate },
];

/** What the viewer may do to a run now, the gentlest first. */
export function actionsFor(context: RequestContext, run: RunRead): RunAction[] {
  const replay: RunAction[] = context.can('runs.control') ? [{ kind: 'replay', ...asksFor(replayCopy) }] : [];
  if (run.closedAt) return replay;
  if (run.isPaused) return context.can('runs.control') ? [...whilePaused, ...replay] : [];
  const helping = helpFor(context, run);
  return context.can('runs.control') ? [...helping, ...controlsFor(run)] : helping;
}

function controlsFor({ row, progress }: RunRead): RunAction[] {
  const actions: RunAction[] = [];
  const held = holdingStep(progress);
  const step = held && { key: held.key, title: stepTitle(row.process, held.key) };
  const declared = held ? declarationOf(row.process, held.key) : undefined;
  const needsHelp = held?.state === 'needsAttention';
  const { retry, skip, fail, handBack, cancel, terminate } = actionCopy;
  if (step && needsHelp) actions.push({ kind: 'retry-step', step, ...retry });
  const isOpen = declared?.resubmittable && held?.state === 'waiting';
  if (step && declared?.skippable && (needsHelp || isOpen))
    actions.push({ kind: 'skip-step', step, ...skip });
  if (step && needsHelp)
    actions.push({ kind: 'fail-step', step, ...(declared?.resubmittable ? handBack : fail) });
  actions.push({ kind: 'pause', ...asksFor(pauseCopy.pause) }, { kind: 'replay', ...asksFor(replayCopy) });
  const { cancelEffect } = contracts[row.process] ?? {};
  actions.push({ kind: 'cancel', ...cancel, ...(cancelEffect && { happens: cancelEffect }) });
  actions.push({ kind: 'terminate', ...terminate });
  return actions;
}
