import { z } from 'zod';
import { safeActions } from '../../../db/domain/runs/why/advice.ts';
import { nextKinds, runStates, stepStates, waitKinds } from '../../../db/domain/progress.ts';

const error = z.object({ code: z.string(), message: z.string() });

/** The onboarding of a tenant, step by step, as the API answers it. */
export const onboardingShape = z.object({
  runId: z.string(),
  source: z.enum(['temporal', 'projection']),
  state: z.enum(runStates),
  currentStep: z.string().nullable(),
  steps: z.array(
    z.object({
      key: z.string(),
      state: z.enum(stepStates),
      since: z.string(),
      attempts: z.number().int(),
      waitingFor: z.enum(waitKinds).optional(),
      error: error.optional(),
    }),
  ),
  next: z.object({ kind: z.enum(nextKinds), at: z.string(), closesAt: z.string().optional() }).nullable(),
  why: z.object({ text: z.string(), action: z.enum(safeActions).nullable() }).nullable(),
});
