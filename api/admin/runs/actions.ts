import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { EventAction } from '../../../db/domain/event.ts';
import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import type { Permission } from '../../../db/domain/permissions.ts';
import { helpWords } from '../../../templates/admin/onboarding/help.tsx';
import type { RunAction, RunActionKind } from '../../../templates/admin/runs/run-types.ts';
import { contracts } from '../../../workflows/contracts.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import type { AdminAction } from '../../../workflows/shared/admin-actions.ts';
import type { RequestContext } from '../../kit/context.ts';
import { readLiveRun } from '../../kit/run-view/live.ts';
import { stepTitle } from '../shared/names.ts';
import * as help from '../tenants/actions.ts';
import { canExtend } from '../tenants/onboarding.ts';
import { getRun, type RunRead } from './read.ts';
import { holdingStep } from './status.ts';

const ofStep = z.strictObject({ step: z.string('Name the step.').min(1, 'Name the step.').max(60), reason });
const ofRun = z.strictObject({ reason });

/** What each act needs. */
export const actionBodies = {
  remind: help.actionBodies.remind,
  extend: help.actionBodies.extend,
  'retry-step': ofStep,
  'skip-step': ofStep,
  'fail-step': ofStep,
  cancel: ofRun,
  terminate: ofRun,
} as const satisfies Record<RunActionKind, z.ZodType>;
export const runActions = Object.keys(actionBodies) as RunActionKind[];

/** Helping a customer is the same act on the run's page as on the tenant's, and takes the same permission. */
export const accessTo = (kind: RunActionKind): Permission =>
  kind === 'remind' || kind === 'extend' ? 'tenants.support' : 'runs.control';

/** What people read after it was done. */
export const doneMessages: Record<RunActionKind, string> = {
  remind: help.doneMessages.remind,
  extend: help.doneMessages.extend,
  'retry-step': 'The step is being tried again.',
  'skip-step': 'The step is skipped; the process goes on.',
  'fail-step': 'The step is given up.',
  cancel: 'The process was asked to stop. It ends as soon as it has put things in order.',
  terminate: 'The process was stopped at once.',
};

const orders: Partial<Record<RunActionKind, AdminAction>> = {
  'retry-step': 'retryStep',
  'skip-step': 'skipStep',
  'fail-step': 'failStep',
};

const isSkippable = (process: string, step: string) =>
  contracts[process]?.steps.some(({ key, skippable }) => key === step && skippable) ?? false;

/** Written down with the run it was done to, so that it is found on the run's page. */
async function record(
  context: RequestContext,
  row: ListedRun,
  action: EventAction,
  why: string,
): Promise<void> {
  const { tenantId, workflowId, runId } = row;
  const { visibility, by } = context.scope({ tenantId });
  const scope = { visibility, by: { ...by, context: { ...by.context, workflowId, runId } } };
  await context.deps.db.inScope(scope, async (tx) =>
    tx.record({ action, targets: [{ type: 'run', id: workflowId }], data: { reason: why } }),
  );
}

async function helpCustomer(
  context: RequestContext,
  { process, closedAt, tenantId }: ListedRun,
  kind: 'remind' | 'extend',
  { days = 0, reason: why }: { days?: number; reason: string },
): Promise<void> {
  if (process !== onboardTenantContract.name)
    throw new AppError('step.not-open', { text: 'Only an onboarding waits for a customer.' });
  if (closedAt) throw new AppError('run.ended');
  await help.act(context, tenantId, kind, kind === 'extend' ? { days, reason: why } : { reason: why });
}

/** Does something to a run. The run must be visible: any other does not exist. */
export async function runAction(
  context: RequestContext,
  runId: string,
  kind: RunActionKind,
  body: { step?: string; days?: number; reason: string },
): Promise<void> {
  const row = await getRun(context, runId);
  const { processes } = context.deps;
  context.response.locals['workflowId'] = row.workflowId;
  if (kind === 'remind' || kind === 'extend') {
    await helpCustomer(context, row, kind, body);
    return;
  }
  const order = orders[kind];
  if (order) {
    const { step = '' } = body;
    if (
      kind === 'skip-step' &&
      contracts[row.process]?.steps.some(({ key }) => key === step) &&
      !isSkippable(row.process, step)
    ) {
      throw new AppError('step.not-skippable');
    }
    await processes.adminAction(row, order, { step, reason: body.reason, by: context.actor() });
    return;
  }
  // Temporal takes these for an ended run without a word, and the projection is a moment behind: it is asked first.
  if ((await readLiveRun(processes, row)).closedAt) throw new AppError('run.ended');
  if (kind === 'cancel') await processes.cancel(row);
  else await processes.terminate(row, body.reason);
  await record(context, row, kind === 'cancel' ? 'run.cancelled' : 'run.terminated', body.reason);
}

/** What can be done for the customer an onboarding waits for. */
function helpFor(context: RequestContext, { progress, row, why }: RunRead): RunAction[] {
  const isWaiting = row.process === onboardTenantContract.name && why?.action === 'remind';
  if (!isWaiting || !context.can('tenants.support')) return [];
  const kinds = canExtend({ open: true, steps: progress.steps }) ? (['remind', 'extend'] as const) : [];
  return kinds.map((kind) => {
    const { happens, stays, oneClickReason } = helpWords[kind];
    return { kind, happens, stays, ...(oneClickReason && { oneClickReason }) };
  });
}

/** What the viewer may do to a run now, the gentlest first. */
export function actionsFor(context: RequestContext, run: RunRead): RunAction[] {
  if (run.closedAt) return [];
  const helping = helpFor(context, run);
  return context.can('runs.control') ? [...helping, ...controlsFor(run)] : helping;
}

function controlsFor({ row, progress }: RunRead): RunAction[] {
  const actions: RunAction[] = [];
  const held = holdingStep(progress);
  const step = held && { key: held.key, title: stepTitle(row.process, held.key) };
  const needsHelp = held?.state === 'needsAttention';
  const isSetUp = row.process === onboardTenantContract.name;
  if (step && needsHelp) {
    const happens = 'The step is tried again at once.';
    actions.push({ kind: 'retry-step', step, happens, oneClickReason: 'Tried again from the run page' });
  }
  // A customer's own step may be skipped while it waits for the customer.
  if (step && isSkippable(row.process, step.key) && (needsHelp || (isSetUp && held?.state === 'waiting'))) {
    const stays = 'Everything entered so far stays.';
    actions.push({ kind: 'skip-step', step, happens: 'The process goes on without this step.', stays });
  }
  if (step && needsHelp) {
    const happens =
      isSetUp && step.key !== 'live'
        ? 'The step is given back to the customer, who can do it again.'
        : 'The step counts as failed, and the process ends with it.';
    actions.push({ kind: 'fail-step', step, happens });
  }
  actions.push({
    kind: 'cancel',
    happens: isSetUp
      ? 'The set-up stops and takes back what it has begun: the subscription is cancelled, payments are returned, the account is closed.'
      : 'The process stops at the next moment it can, and takes back what it has begun.',
    stays: 'The history and the audit log stay.',
  });
  actions.push({
    kind: 'terminate',
    happens: 'The process stops at once and takes nothing back. Use it only when cancelling does not work.',
    stays: 'Whatever it has set up so far stays as it is.',
  });
  return actions;
}
