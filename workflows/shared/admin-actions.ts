import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason } from '../../db/domain/common.ts';

/** Requests that every process understands, sent by an administrator about a step that needs attention. */
const stepActionInput = z.strictObject({ step: z.string(), reason, by: actor });

export const adminActionUpdates = {
  retryStep: { input: stepActionInput, output: z.null() },
  skipStep: { input: stepActionInput, output: z.null() },
  failStep: { input: stepActionInput, output: z.null() },
} as const;
export type AdminAction = keyof typeof adminActionUpdates;
export type StepActionInput = z.infer<typeof stepActionInput>;

/** Request to every process that uses tools: a person agrees to a call that waits, or does not. */
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
