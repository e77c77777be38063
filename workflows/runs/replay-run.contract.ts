import { z } from 'zod';
import { minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';

/** Whether the deployed code can continue a run. */
const replayResult = z.object({
  /** `differs`: the code would decide otherwise than the history has it; `fails`: it breaks on the history. */
  outcome: z.enum(['matches', 'differs', 'fails']),
  /** Event of the history where it differs; null where that isn't known. */
  eventId: z.number().int().nullable(),
  /** What the engine says; null where it matches. */
  message: z.string().nullable(),
  /** Events that were replayed. */
  events: z.number().int(),
});
export type ReplayResult = z.infer<typeof replayResult>;

export const replayRunContract = defineProcess({
  name: 'replay-run',
  title: 'Replay of a run',
  summary:
    'Replays the history of a run against the deployed code, to check that it can continue. Changes nothing.',
  queue: 'core',
  tellsCaller: true,
  trigger: null,
  cancelEffect: 'Nothing was changed, so there is nothing to undo.',
  steps: [{ key: 'replay', title: 'History replayed', lateAfterMs: minuteMs }],
  input: z.strictObject({
    tenantId: z.string(),
    workflowId: z.string(),
    runId: z.string(),
  }),
  output: replayResult,
  updates: {},
  tenantId: (input) => input.tenantId,
  key: (input) => input.runId,
  subject: (input) => input.runId,
});
