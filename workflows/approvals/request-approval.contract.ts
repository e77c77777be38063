import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import {
  approvalField,
  approvalOutcomes,
  approvalPolicy,
  approvalValues,
  decisions,
  mostFields,
} from '../../db/domain/approvals/request.ts';
import { reason, text } from '../../db/domain/common.ts';
import { tenantRoles } from '../../db/domain/roles.ts';
import { hourMs } from '../../db/domain/time.ts';
import { defineProcess } from '../define.ts';
import { approvalSignals } from '../shared/admin-actions.ts';

/** How a request ended, with what was entered by those who approved. */
export const approvalResult = z.object({
  approvalId: z.string(),
  outcome: z.enum(approvalOutcomes),
  values: approvalValues,
  /** SHA-256 of the canonical arguments that were decided; 64 hexadecimal digits. */
  argumentsHash: z.string(),
});
export type ApprovalResult = z.infer<typeof approvalResult>;

export const requestApprovalContract = defineProcess({
  name: 'request-approval',
  title: 'Approval',
  summary: 'Asks people for a decision, escalates it in time and expires without one.',
  queue: 'core',
  trigger: null,
  cancelEffect: 'The request is withdrawn. What it was asked for doesn’t happen.',
  steps: [
    { key: 'request', title: 'Request' },
    { key: 'decision', title: 'Decision', pending: 'decide', lateAfterMs: hourMs * 4 },
  ],
  input: z.strictObject({
    tenantId: z.string(),
    /** Makes this request this request; of a call the id of its approval. */
    key: z.string().min(1).max(120),
    /** The request that the gateway has stored for a call; null for any other. */
    approvalId: z.string().nullable(),
    /** What is asked for, where it is no call. */
    title: text(200).nullable(),
    /** Exactly what is to be approved: decisions are bound to its hash. */
    arguments: z.record(z.string(), z.unknown()),
    requestedBy: actor,
    policy: approvalPolicy,
    fields: z.array(approvalField).max(mostFields),
    /** The stored request, where the run that asks has stored it; null where this run does. */
    opened: z
      .strictObject({
        approvalId: z.string(),
        argumentsHash: z.string(),
        leftMs: z.number(),
        selfAllowed: z.boolean(),
        ended: z.enum(approvalOutcomes).nullable(),
        values: approvalValues,
      })
      .nullable(),
  }),
  output: approvalResult,
  updates: {
    /** Answers when people can decide. */
    opened: {
      input: z.null(),
      output: z.object({ approvalId: z.string(), argumentsHash: z.string(), expiresAt: z.string() }),
    },
    /** A person approves or declines. What isn't theirs to decide, or not any more, is refused and leaves no trace. */
    decide: {
      input: z.strictObject({
        decision: z.enum(decisions),
        reason,
        values: approvalValues,
        argumentsHash: z.string(),
        by: actor,
        /** What the person is in the team. */
        as: z.strictObject({ role: z.enum(tenantRoles), groupId: z.string().nullable() }),
      }),
      output: z.object({
        status: z.enum(['pending', 'approved', 'declined']),
        /** How many have approved, and how many have to. */
        approvals: z.int(),
        needed: z.int(),
      }),
    },
    /** Takes the request back. */
    withdraw: { input: z.strictObject({ reason, by: actor }), output: z.null() },
  },
  signals: approvalSignals,
  tenantId: (input) => input.tenantId,
  key: (input) => input.key,
  subject: (input) => input.approvalId ?? input.key,
});
