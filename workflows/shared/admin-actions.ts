import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { reason } from '../../db/domain/common.ts';

/** Requests that every process understands, sent by an administrator about a step that needs attention. */
const stepOrder = z.strictObject({ step: z.string(), reason, by: actor });

export const controlUpdates = {
  retryStep: { input: stepOrder, output: z.null() },
  skipStep: { input: stepOrder, output: z.null() },
  failStep: { input: stepOrder, output: z.null() },
} as const;
export type ControlUpdate = keyof typeof controlUpdates;
export type StepOrder = z.infer<typeof stepOrder>;

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
