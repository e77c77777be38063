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
