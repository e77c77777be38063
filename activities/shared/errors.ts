import { ApplicationFailure } from '@temporalio/common';
import { AppError, errorTable } from '../../db/domain/errors.ts';

/**
 * The boundary between activities and workflows: a known error keeps its code, its public text and its field messages;
 * an unknown one is retried, and nothing of it enters the history.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof AppError) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.code,
      nonRetryable: !errorTable[error.code].retryable,
      details:
        error.fields || error.about
          ? [{ ...(error.fields && { fields: error.fields }), ...(error.about && { about: error.about }) }]
          : [],
      ...(error.retryAfterMs !== undefined && { nextRetryDelay: error.retryAfterMs }),
    });
  }
  if (error instanceof ApplicationFailure) return error;
  if ((error as { name?: string }).name === 'CancelledFailure') return error;
  return ApplicationFailure.create({
    message: errorTable['internal.unexpected'].text,
    type: 'internal.unexpected',
    nonRetryable: false,
  });
}
