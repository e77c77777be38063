import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import { type ErrorCode, errorTable } from '../../db/domain/errors.ts';
import type { StepError } from '../../db/domain/progress.ts';

/** Ends a workflow or rejects an update with a code of the error table; its public text unless a more exact one is given. */
export function fail(code: ErrorCode, text: string = errorTable[code].text): never {
  throw ApplicationFailure.nonRetryable(text, code);
}

/** Rejects an update with a code and, where its fields are at fault, what is wrong with each of them. */
export function refuse(code: ErrorCode, fields?: Readonly<Record<string, string>>): never {
  throw ApplicationFailure.nonRetryable(errorTable[code].text, code, ...(fields ? [{ fields }] : []));
}

/** More exact text of `step.not-open` for an action on a step that needs none. */
export const notParked = 'This step doesn’t need attention.';

function rootOf(error: unknown): unknown {
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) return rootOf(error.cause);
  return error;
}

/** The code and public text of a failure. */
export function describeFailure(error: unknown): StepError {
  const root = rootOf(error);
  if (root instanceof ApplicationFailure) {
    return { code: root.type ?? 'internal.unexpected', message: root.message };
  }
  return { code: 'service.unavailable', message: errorTable['service.unavailable'].text };
}

/**
 * The failure itself, out of its wrapping, so that the caller gets code, text and field messages. Always a new
 * object: one that has been sent already carries its encrypted form, and would be encrypted a second time.
 */
export function failureOf(error: unknown): ApplicationFailure {
  const root = rootOf(error);
  const { code, message } = describeFailure(error);
  const details = root instanceof ApplicationFailure ? (root.details ?? []) : [];
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details });
}

/** Whether other values would put it right: nothing is broken, the request was refused. */
export function isRefusal(error: unknown): boolean {
  const root = rootOf(error);
  return (
    root instanceof ApplicationFailure && root.nonRetryable === true && root.type !== 'internal.unexpected'
  );
}
