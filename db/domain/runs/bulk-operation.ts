import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Permission } from '../permissions.ts';

/** What bulk operations are about; each has an activity that works through its items. */
export const bulkSubjects = ['tenants', 'people', 'runs', 'subscriptions'] as const;
export type BulkSubject = (typeof bulkSubjects)[number];

/** What one kind of bulk operation is. A capability declares its own in `db/domain/<capability>/bulk.ts`. */
export interface BulkDeclaration {
  subject: BulkSubject;
  /** Who may run it; looked up again for every item. */
  permission: Permission;
  /** What it needs to know besides the items; as forms send it. */
  parameters: z.ZodType<Readonly<Record<string, string | number | undefined>>>;
  /** Items per minute unless the person chooses another pace. */
  pacePerMinute: number;
  /** It can be limited to one tenant, by the parameter `tenant`. */
  inTenant?: true;
  /** What was done can be undone, item by item. */
  undo?: true;
  /** It takes something away. */
  isDestructive?: true;
}

/** As many items as one operation takes. */
export const mostBulkItems = 10_000;
/** Items a minute; the fastest is as fast as the items can be worked through. */
export const fastestPace = 60_000;
/** Items named one by one in a request; beyond it a filter chooses them. */
export const mostNamedItems = 1_000;

/** `running` also while it is being undone; `undone` only once it has been. */
export const bulkStates = ['running', 'paused', 'done', 'aborted', 'undone'] as const;
export type BulkState = (typeof bulkStates)[number];

/** What the current run of an operation does: the first time, failed items again, back, or on after its run was ended. */
export const bulkRounds = ['apply', 'retry', 'undo', 'continue'] as const;
export type BulkRound = (typeof bulkRounds)[number];

/**
 * `failed`: certainly not done, with a code that says why; `unknown`: it may have been done; `skipped`: there was nothing
 * to do, or its turn never came; `undoing` waits to be undone; `kept` could not be undone.
 */
export const bulkItemStates = [
  'pending',
  'done',
  'skipped',
  'failed',
  'unknown',
  'undoing',
  'undone',
  'kept',
] as const;
export type BulkItemState = (typeof bulkItemStates)[number];

/** Items whose turn is still to come. */
export const openItemStates: readonly BulkItemState[] = ['pending', 'undoing'];
/** Items that a retry works through again. */
export const failedItemStates: readonly BulkItemState[] = ['failed', 'unknown'];

export type BulkCounts = Readonly<Partial<Record<BulkItemState, number>>>;

/** How many are in one of these states. */
export const countOf = (counts: BulkCounts, states: readonly BulkItemState[]): number =>
  states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

/** An item before the operation, as previews show it. */
export interface BulkCandidate {
  id: string;
  /** Why it is left out; null where the operation applies. */
  leftOut: ErrorCode | null;
}

/** How long so many items take at a pace, in milliseconds. */
export const estimateMs = (items: number, pacePerMinute: number): number =>
  Math.ceil((items / pacePerMinute) * 60_000);

const largestBatch = 50;
/** Batches take at most about this long at their pace, so that a pause is heard soon. */
const batchesPerMinute = 12;

/** How many items are worked through between two looks at the pace. */
export const batchSizeOf = (pacePerMinute: number): number =>
  Math.max(1, Math.min(largestBatch, Math.floor(pacePerMinute / batchesPerMinute)));

/** What can be done to an operation, and the states in which it can be. */
export const bulkActions = {
  pause: ['running'],
  resume: ['running', 'paused'],
  abort: ['running', 'paused'],
  'retry-failed': ['done', 'aborted'],
  undo: ['done', 'aborted'],
} as const satisfies Record<string, readonly BulkState[]>;
export type BulkAction = keyof typeof bulkActions;
