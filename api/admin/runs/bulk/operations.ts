import { idFromKey, PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { bulkOperations } from '../../../../db/domain/bulk.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import { type BulkAction, bulkActions, type BulkRound } from '../../../../db/domain/runs/bulk-operation.ts';
import * as operations from '../../../../db/repos/runs/bulk/operations.ts';
import { workflowId } from '../../../../workflows/define.ts';
import { runBulkOperationContract as contract } from '../../../../workflows/runs/run-bulk-operation.contract.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { type Asked, assertMayRun, chosenBy, readerOf } from './choose.ts';

/** One that the person may see. Throws `bulk.not-found` for every other. */
export function readOperation(context: RequestContext, id: string): Promise<operations.ListedBulkOperation> {
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    operations.read(tx, readerOf(context), id),
  );
}

export type NewOperation = Asked & {
  pacePerMinute?: number | undefined;
  expected?: number | undefined;
  reason: string;
  requestKey: string;
};

/**
 * Starts an operation; the same `requestKey` of the same person again answers with the same one. Throws what refuses it:
 * `permission.denied`, `bulk.empty-filter`, `bulk.filter-unknown`, `bulk.nothing-chosen`, `bulk.too-many`,
 * `bulk.list-changed`.
 */
export async function startOperation(context: RequestContext, given: NewOperation): Promise<string> {
  const { declaration, choice, parameters } = chosenBy(context, given);
  const { userId } = context.person();
  const operationId = await idFromKey('bulkOperation', `${userId}/${given.requestKey}`);
  const scope = context.scope('platform');
  // After its end its run could not be joined any more.
  if (await context.deps.db.inScope(scope, (tx) => operations.find(tx, operationId))) return operationId;
  const by = context.actor();
  const input = {
    kind: 'apply' as const,
    ...{ operationId, subject: declaration.subject, operation: given.operation, parameters, choice, by },
    pacePerMinute: given.pacePerMinute ?? declaration.pacePerMinute,
    expected: given.expected ?? null,
    reason: given.reason,
  };
  context.response.locals['workflowId'] = workflowId(PLATFORM_TENANT_ID, contract.name, operationId);
  await context.deps.processes.startWithUpdate(contract, input, by, 'begun', null);
  return operationId;
}

interface Steered {
  context: RequestContext;
  operation: operations.ListedBulkOperation;
  reason: string;
}

/** Another round in a run of its own. Throws what refuses it; `run.conflict` where another one was faster. */
async function beginRound({ context, operation, reason }: Steered, kind: Exclude<BulkRound, 'apply'>) {
  const { id: operationId, pacePerMinute } = operation;
  const { subject } = bulkOperations[operation.operation];
  const by = context.actor();
  const round = operation.round + 1;
  const input = { kind, operationId, subject, pacePerMinute, round, reason, by };
  const begun = await context.deps.processes.startWithUpdate(contract, input, by, 'begun', null);
  if (begun.kind !== kind) throw new AppError('run.conflict');
}

/** Pauses, resumes or aborts the run that is open. Throws `bulk.not-running`, `bulk.not-paused`. */
async function steer(steered: Steered, action: 'pause' | 'resume' | 'abort'): Promise<void> {
  const { context, operation, reason } = steered;
  const ask = (id: string) =>
    context.deps.processes.update(contract, id, action, { reason, by: context.actor() });
  try {
    await ask(operation.workflowId);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'run.ended') throw error;
    if (action === 'pause') throw new AppError('bulk.not-running', { cause: error });
    // Its run was ended from outside, and the operation hasn't: it continues in a new run, which can also abort it.
    await beginRound(steered, 'continue');
    const { workflowId: id } = await readOperation(context, operation.id);
    if (action === 'abort') await ask(id);
  }
}

const refusals = {
  pause: 'bulk.not-running',
  resume: 'bulk.not-paused',
  abort: 'bulk.not-running',
  'retry-failed': 'bulk.not-ended',
  undo: 'bulk.not-ended',
} as const satisfies Record<BulkAction, string>;

/** Does something to an operation; the answer comes once it is recorded. Throws why it can't be. */
export async function actOn(
  context: RequestContext,
  id: string,
  action: BulkAction,
  reason: string,
): Promise<void> {
  const operation = await readOperation(context, id);
  const declaration = assertMayRun(context, operation.operation);
  context.response.locals['workflowId'] = operation.workflowId;
  if (!(bulkActions[action] as readonly string[]).includes(operation.state))
    throw new AppError(refusals[action]);
  const steered = { context, operation, reason };
  if (action === 'retry-failed') return beginRound(steered, 'retry');
  if (action !== 'undo') return steer(steered, action);
  if (!declaration.undo) throw new AppError('bulk.nothing-to-undo');
  return beginRound(steered, 'undo');
}
