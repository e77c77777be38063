import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { kebabName } from '../../db/domain/integrations/servers.ts';
import { hourMs, minuteMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';
import { approvalSignals, approvalUpdates } from '../shared/admin-actions.ts';

/** State of a call, as its caller sees it. */
export const toolAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done'), result: z.unknown() }),
  z.object({ status: z.literal('waiting'), approvalId: z.string(), expiresAt: z.string() }),
  z.object({
    status: z.literal('failed'),
    error: z.object({
      code: z.string(),
      message: z.string(),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  }),
]);
export type ToolAnswer = z.infer<typeof toolAnswer>;

export const callToolContract = defineProcess({
  name: 'call-tool',
  title: 'Tool call',
  summary: 'Calls one tool of a connected server once, after an approval where one is required.',
  queue: 'core',
  tellsCaller: true,
  about: 'server',
  trigger: null,
  steps: [
    { key: 'approval', title: 'Approval', pending: 'approve the call', lateAfterMs: hourMs * 4 },
    { key: 'call', title: 'Call', lateAfterMs: minuteMs },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    callId: z.string(),
    actor,
    server: kebabName,
    tool: z.string().min(1).max(128),
    arguments: z.record(z.string(), z.unknown()),
  }),
  output: toolAnswer,
  updates: {
    ...approvalUpdates,
    /** Answers when the call has ended or waits for an approval. */
    answer: { input: z.null(), output: toolAnswer },
  },
  signals: approvalSignals,
  tenantId: (input) => input.tenantId,
  key: (input) => input.callId,
  subject: (input) => input.server,
});
