import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { bulkChoice, bulkKeys } from '../../db/domain/bulk.ts';
import { reason } from '../../db/domain/common.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { bulkProcess } from '../../db/domain/runs/bulk.ts';
import { bulkSubjects, fastestPace } from '../../db/domain/runs/bulk-operation.ts';
import { defineProcess } from '../define.ts';

const common = {
  operationId: z.string(),
  /** What its items are, which says which activity works through them. */
  subject: z.enum(bulkSubjects),
  pacePerMinute: z.number().int().min(1).max(fastestPace),
  reason,
  /** A person; what they may do is looked up for every item, so that a role that was taken away counts at once. */
  by: actor,
  /** Set where the run continues itself with a fresh history. */
  resumed: z.strictObject({ isPaused: z.boolean(), total: z.number().int() }).optional(),
};

const request = z.strictObject({
  ...common,
  kind: z.literal('apply'),
  operation: z.enum(bulkKeys),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  choice: bulkChoice,
  /** How many items the preview showed: when there are others by now, nothing is done. Null: whatever there is. */
  expected: z.number().int().min(0).nullable(),
});
/** A new operation. */
export type BulkRequest = z.output<typeof request>;

const newRound = z.strictObject({
  ...common,
  /** Failed items again, everything back, or on after the last run was ended from outside. */
  kind: z.enum(['retry', 'undo', 'continue']),
  /** Its number; the run of each round is one of its own. */
  round: z.number().int().min(1),
});
/** Another round of an operation. */
export type NewRound = z.output<typeof newRound>;

const steer = z.strictObject({ reason, by: actor });
export interface BulkSteer {
  action: 'pause' | 'resume' | 'abort';
  /** Null where the run itself was cancelled. */
  reason: string | null;
  by: z.output<typeof actor> | null;
}

export const runBulkOperationContract = defineProcess({
  name: bulkProcess,
  title: 'Bulk operation',
  summary: 'Does the same to many tenants, people, runs or subscriptions, item by item at a set pace.',
  queue: 'core',
  about: 'bulkOperation',
  cancelEffect: 'Items that had their turn stay as they are now. The others are left unchanged.',
  trigger: null,
  steps: [
    { key: 'plan', title: 'Items chosen' },
    { key: 'work', title: 'Items worked through' },
    { key: 'record', title: 'Recorded' },
  ],
  input: z.discriminatedUnion('kind', [request, newRound]),
  output: z.object({ operationId: z.string() }),
  updates: {
    /** Answers once the round has begun, with what it does; a caller who joined another’s run learns so. */
    begun: {
      input: z.null(),
      output: z.object({ operationId: z.string(), kind: z.string(), total: z.number().int() }),
    },
    pause: { input: steer, output: z.null() },
    resume: { input: steer, output: z.null() },
    abort: { input: steer, output: z.null() },
  },
  tenantId: () => PLATFORM_TENANT_ID,
  key: (input) => (input.kind === 'apply' ? input.operationId : `${input.operationId}-${input.round}`),
  subject: ({ operationId }) => operationId,
});
