import { personBehind } from '../../db/domain/actor.ts';
import { bulkOperations } from '../../db/domain/bulk.ts';
import { AppError } from '../../db/domain/errors.ts';
import type { NewEvent } from '../../db/domain/event.ts';
import {
  bulkActions,
  type BulkCounts,
  countOf,
  failedItemStates,
} from '../../db/domain/runs/bulk-operation.ts';
import * as items from '../../db/repos/runs/bulk/items.ts';
import * as operations from '../../db/repos/runs/bulk/operations.ts';
import { candidates } from '../../db/repos/runs/bulk/subjects.ts';
import { isRecorded } from '../../db/repos/audit/events.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import type { Tx } from '../../db/scope.ts';
import type { BulkRequest, BulkSteer, NewRound } from '../../workflows/runs/run-bulk-operation.contract.ts';
import type { Deps } from '../deps.ts';
import { actingIn, runOf } from '../shared/attribution.ts';
import { reachOf } from '../shared/reach.ts';

const about = (id: string): Pick<NewEvent, 'targets'> => ({ targets: [{ type: 'bulk-operation', id }] });

/** What an operation adds up to, as events tell it. */
const told = (counts: BulkCounts) => ({
  done: countOf(counts, ['done']),
  skipped: countOf(counts, ['skipped']),
  failed: countOf(counts, failedItemStates),
  undone: countOf(counts, ['undone']),
});

/** Retries the items that failed, or undoes what was done. Throws where there are none. */
async function reopen(tx: Tx, { kind, operationId }: NewRound): Promise<void> {
  if (kind === 'retry' && (await items.reopenFailed(tx, operationId)) === 0)
    throw new AppError('bulk.nothing-to-retry');
  if (kind === 'undo' && (await items.openForUndo(tx, operationId)) === 0)
    throw new AppError('bulk.nothing-to-undo');
}

const roundEvents = {
  retry: 'bulk-operation.retried',
  undo: 'bulk-operation.undo-started',
  continue: 'bulk-operation.resumed',
} as const;

/** Bulk operations as a whole; what they do to each item is an activity of the capability. */
export function bulkOperationActivities(deps: Deps) {
  return {
    /**
     * Chooses the items within the person's reach and stores the operation with its event, in one transaction; repeated,
     * it finds that done. Throws `permission.denied`, `bulk.nothing-chosen`, `bulk.too-many`, `bulk.list-changed`.
     */
    async planBulkOperation(request: BulkRequest): Promise<{ total: number }> {
      const { operationId: id, operation, parameters, choice, expected, reason, by } = request;
      const { permission } = bulkOperations[operation];
      const platform = actingIn('platform', by);
      const known = await deps.db.inScope(platform, (tx) => operations.find(tx, id));
      if (known) return { total: known.total };
      const reach = await deps.db.inScope(platform, (tx) => reachOf(tx, by, permission));
      const person = personBehind(by);
      const chosen = await deps.db.inScope({ ...actingIn(reach, by), readOnly: true }, (tx) =>
        candidates(tx, { operation, parameters, choice, by: person }),
      );
      const total = chosen.length;
      if (expected !== null && expected !== total) throw new AppError('bulk.list-changed');
      await deps.db.inScope(platform, async (tx) => {
        await operations.insert(tx, {
          ...{ id, operation, parameters, reason, actor: by, startedBy: person, total },
          filter: 'filter' in choice ? (choice.filter as Record<string, string>) : null,
          partnerId: typeof reach === 'object' && 'partnerId' in reach ? reach.partnerId : null,
          pacePerMinute: request.pacePerMinute,
          workflowId: runOf().workflowId,
        });
        await items.insertAll(tx, id, chosen);
        tx.record({
          action: 'bulk-operation.started',
          ...about(id),
          data: { operation, ...parameters, items: total, pacePerMinute: request.pacePerMinute, reason },
        });
      });
      return { total };
    },

    /**
     * Begins another round in one transaction with its event; repeated, it finds that done. Throws `permission.denied`,
     * `bulk.not-found`, `bulk.not-ended`, `bulk.nothing-to-retry`, `bulk.nothing-to-undo`.
     */
    async beginBulkRound(request: NewRound): Promise<{ total: number }> {
      const { operationId: id, kind, round, reason, by } = request;
      const { workflowId } = runOf();
      return deps.db.inScope(actingIn('platform', by), async (tx) => {
        const operation = await operations.lock(tx, id);
        if (operation.workflowId === workflowId) return { total: operation.total };
        await reachOf(tx, by, bulkOperations[operation.operation].permission);
        const isOpen = operation.state === 'running' || operation.state === 'paused';
        if (operation.round + 1 !== round || isOpen !== (kind === 'continue'))
          throw new AppError('bulk.not-ended');
        await reopen(tx, request);
        const doing = kind === 'continue' && operation.doing === 'undo' ? 'undo' : kind;
        await operations.beginRound(tx, id, { doing, round, actor: by, workflowId });
        tx.record({ action: roundEvents[kind], ...about(id), data: { reason } });
        return { total: operation.total };
      });
    },

    /**
     * Pauses, resumes or aborts in one transaction with its event: from its commit on no item is begun, or they are
     * again. Repeated, it finds that done. Throws `bulk.not-running`.
     */
    async steerBulkOperation({
      operationId: id,
      action,
      reason,
      by,
      key,
    }: BulkSteer & { operationId: string; key: string }): Promise<void> {
      const eventId = await idFromKey('event', key);
      await deps.db.inScope(actingIn('platform', by ?? undefined), async (tx) => {
        const { state } = await operations.lock(tx, id);
        if (await isRecorded(tx, [PLATFORM_TENANT_ID], eventId)) return;
        if (!(bulkActions[action] as readonly string[]).includes(state))
          throw new AppError('bulk.not-running');
        const [to, event] = {
          pause: ['paused', 'bulk-operation.paused'],
          resume: ['running', 'bulk-operation.resumed'],
          abort: ['aborted', 'bulk-operation.aborted'],
        }[action] as ['paused' | 'running' | 'aborted', NewEvent['action']];
        await operations.setState(tx, id, to);
        tx.record({ id: eventId, action: event, ...about(id), data: reason ? { reason } : {} });
      });
    },

    /** Ends a round: what had no turn is left as it is, and the whole is recorded once. */
    async endBulkRound({ operationId: id }: { operationId: string }): Promise<BulkCounts> {
      return deps.db.inScope(actingIn('platform'), async (tx) => {
        const operation = await operations.lock(tx, id);
        if (operation.endedAt) return items.counts(tx, id);
        const isOutside = bulkOperations[operation.operation].subject !== 'people';
        await items.endOpen(tx, id, { isOutside });
        const counts = await items.counts(tx, id);
        const isAborted = operation.state === 'aborted';
        const state = isAborted ? 'aborted' : operation.doing === 'undo' ? 'undone' : 'done';
        await operations.end(tx, id, state, counts);
        tx.record({ action: 'bulk-operation.ended', ...about(id), data: { state, ...told(counts) } });
        return counts;
      });
    },
  };
}
