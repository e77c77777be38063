import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { extraDays, reason } from '../../db/domain/common.ts';

/** Updates that every process takes, sent by an administrator about a step that needs attention. */
const stepActionInput = z.strictObject({ step: z.string(), reason, by: actor });

export const adminActionUpdates = {
  retryStep: { input: stepActionInput, output: z.null() },
  skipStep: { input: stepActionInput, output: z.null() },
  failStep: { input: stepActionInput, output: z.null() },
} as const;
export type AdminAction = keyof typeof adminActionUpdates;
export type StepActionInput = z.infer<typeof stepActionInput>;

/** Requests to a process that waits for a person and reminds them; it declares them in `adminActions`. */
export const waitActionUpdates = {
  /** Sends the next reminder immediately. */
  remindNow: { input: z.strictObject({ reason, by: actor }), output: z.null() },
  /** Gives more days before the run closes. */
  extendDeadline: {
    input: z.strictObject({ days: extraDays, reason, by: actor }),
    output: z.object({ closesAt: z.string() }),
  },
} as const;

/** What an administrator can do for the person a run waits for, and the update that does it. */
export const waitActions = { remind: 'remindNow', extend: 'extendDeadline' } as const satisfies Record<
  string,
  keyof typeof waitActionUpdates
>;
export type WaitAction = keyof typeof waitActions;
export type WaitActionInput = { reason: string; by: z.infer<typeof actor>; days?: number };

/** Update of every process that uses tools: a person approves a pending call, or denies it. */
export const approvalUpdates = {
  decideApproval: {
    input: z.strictObject({
      approvalId: z.string(),
      decision: z.enum(['approved', 'denied']),
      reason,
      by: actor,
    }),
    output: z.null(),
  },
} as const;
export type ApprovalDecision = z.infer<(typeof approvalUpdates)['decideApproval']['input']>;

/** Fact for every process that uses tools: a call it waits with was denied elsewhere, as its server is disconnected. */
export const approvalSignals = { approvalDenied: z.strictObject({ approvalId: z.string() }) } as const;
export type ApprovalDenied = z.infer<(typeof approvalSignals)['approvalDenied']>;
