import { z } from 'zod';
import { bulkKeys, bulkOperations } from '../../../../db/domain/bulk.ts';
import { reason } from '../../../../db/domain/common.ts';
import { idPattern } from '../../../../db/domain/ids.ts';
import {
  bulkItemStates,
  bulkRounds,
  bulkStates,
  bulkSubjects,
  estimateMs,
} from '../../../../db/domain/runs/bulk-operation.ts';
import type { BulkItem } from '../../../../db/repos/runs/bulk/items.ts';
import type { ListedBulkOperation } from '../../../../db/repos/runs/bulk/operations.ts';
import { isoOf, optionalParam, paged } from '../../shared/query.ts';
import { asked, pace } from './choose.ts';

export const operationParams = z.object({ operationId: z.string().regex(idPattern('bulkOperation')) });

export const listQuery = z.object({
  state: optionalParam(z.enum(bulkStates)),
  operation: optionalParam(z.enum(bulkKeys)),
  ...paged,
});
export const itemsQuery = z.object({
  state: optionalParam(z.enum(bulkItemStates)),
  code: optionalParam(z.string().max(60)),
  ...paged,
});

const prefix = 'parameters.';
/** In an address each parameter is a name of its own: `parameters.role=admin`. */
const gathered = (query: unknown) => ({
  ...(query as object),
  parameters: Object.fromEntries(
    Object.entries(query as object).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== '' ? [[name.slice(prefix.length), value as unknown]] : [],
    ),
  ),
});
export const previewQuery = z.preprocess(
  gathered,
  z.object({ ...asked, pacePerMinute: optionalParam(pace) }),
);

export const requestKey = z.uuid('Reload the page and send it again.');

export const newOperation = z.strictObject({
  ...asked,
  pacePerMinute: optionalParam(pace),
  /** How many items the preview showed: when there are others by now, nothing is done. */
  expected: z.coerce.number().int().min(0).optional(),
  reason,
  /** The same again leads to the same operation. */
  requestKey,
});

const counts = z.partialRecord(z.enum(bulkItemStates), z.number().int());
const cause = z.object({ code: z.string(), count: z.number().int() });

export const previewAnswer = z.object({
  total: z.number().int(),
  affected: z.number().int(),
  leftOut: z.array(cause),
  sample: z.array(z.object({ id: z.string(), name: z.string().nullable(), leftOut: z.string().nullable() })),
  pacePerMinute: z.number().int(),
  estimatedMs: z.number().int(),
});

export const operationItem = z.object({
  id: z.string(),
  operation: z.enum(bulkKeys),
  subject: z.enum(bulkSubjects),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  filter: z.record(z.string(), z.string()).nullable(),
  state: z.enum(bulkStates),
  doing: z.enum(bulkRounds),
  reason: z.string(),
  startedBy: z.object({ id: z.string(), name: z.string().nullable() }),
  pacePerMinute: z.number().int(),
  total: z.number().int(),
  counts,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
export const operationDetail = operationItem.extend({
  workflowId: z.string(),
  canUndo: z.boolean(),
  estimatedMs: z.number().int(),
  causes: z.array(cause.extend({ state: z.enum(bulkItemStates) })),
});

export const bulkItem = z.object({
  id: z.string(),
  name: z.string().nullable(),
  state: z.enum(bulkItemStates),
  code: z.string().nullable(),
  attempts: z.number().int(),
  changedAt: z.string(),
});

export function toOperation(of: ListedBulkOperation): z.input<typeof operationItem> {
  const { id, operation, parameters, filter, state, doing, reason: why, pacePerMinute, total } = of;
  return {
    ...{ id, operation, parameters, filter, state, doing, reason: why, pacePerMinute, total },
    counts: of.counts,
    subject: bulkOperations[operation].subject,
    startedBy: { id: of.startedBy, name: of.startedByName },
    startedAt: of.startedAt.toISOString(),
    endedAt: isoOf(of.endedAt),
  };
}

/** How long the open items take at the pace of the operation. */
export const leftMs = ({
  counts: { pending = 0, undoing = 0 },
  pacePerMinute,
}: ListedBulkOperation): number => estimateMs(pending + undoing, pacePerMinute);

export const toItem = (item: BulkItem, names: ReadonlyMap<string, string>): z.input<typeof bulkItem> => ({
  id: item.itemId,
  name: names.get(item.itemId) ?? null,
  state: item.state,
  code: item.code,
  attempts: item.attempts,
  changedAt: item.changedAt.toISOString(),
});

/** Whether there is something that can be undone. */
export const canUndo = ({ operation, state, counts: { done = 0 } }: ListedBulkOperation): boolean =>
  bulkOperations[operation].undo === true && (state === 'done' || state === 'aborted') && done > 0;
