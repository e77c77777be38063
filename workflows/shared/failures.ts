import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import type { ErrorCode } from '../../db/domain/errors.ts';
import type { StepError } from '../../db/domain/progress.ts';

/** Ends a workflow or refuses a message with a code of the error table. */
export function fail(code: ErrorCode, message: string): never {
  throw ApplicationFailure.nonRetryable(message, code);
}

function rootOf(error: unknown): unknown {
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) return rootOf(error.cause);
  return error;
}

/** What went wrong, as the error table and a person would say it. */
export function describeFailure(error: unknown): StepError {
  const root = rootOf(error);
  if (root instanceof ApplicationFailure) {
    return { code: root.type ?? 'internal.unexpected', message: root.message };
  }
  return { code: 'service.unavailable', message: 'A part of the platform did not answer in time.' };
}

/**
 * The failure itself, out of its wrapping, so that whoever asked gets code, text and field messages. Always a new
 * object: one that has been sent already carries its encrypted form, and would be encrypted a second time.
 */
export function failureOf(error: unknown): ApplicationFailure {
  const root = rootOf(error);
  const { code, message } = describeFailure(error);
  const details = root instanceof ApplicationFailure ? (root.details ?? []) : [];
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details });
}

/** Whether somebody can put it right by giving other values: nothing is broken, the answer is "no". */
export function isRefusal(error: unknown): boolean {
  const root = rootOf(error);
  return (
    root instanceof ApplicationFailure && root.nonRetryable === true && root.type !== 'internal.unexpected'
  );
}
