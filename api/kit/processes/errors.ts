import {
  type Client,
  isGrpcDeadlineError,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { AppError, isErrorCode } from '../../../db/domain/errors.ts';

/** How long a person waits for an answer before being told that it takes longer. */
const answerWithinMs = 20_000;
/** How long a page waits for what it can do without. */
const briefMs = 3_000;

/** gRPC codes that say "not now": unavailable, deadline exceeded, resource exhausted, cancelled. */
const passing = new Set([14, 4, 8, 1]);

/** The failure that carries a code: that of an activity or of a child comes wrapped, often more than once. */
function coded(failure: unknown): ApplicationFailure | null {
  if (!(failure instanceof TemporalFailure)) return null;
  if (failure instanceof ApplicationFailure && isErrorCode(failure.type)) return failure;
  return coded(failure.cause) ?? (failure instanceof ApplicationFailure ? failure : null);
}

/** A failure of a run, by the code its workflow or one of its activities gave it. */
export function fromFailure(cause: unknown): AppError | null {
  const failure = coded(cause);
  if (!failure) return null;
  const code = isErrorCode(failure.type) ? failure.type : 'internal.unexpected';
  const fields = (failure.details?.[0] as { fields?: Record<string, string> } | undefined)?.fields;
  return new AppError(code, {
    ...(code === failure.type && { text: failure.message }),
    ...(fields && { fields }),
    cause: failure,
  });
}

/** Temporal's errors by the error table; every other is passed on as it is. */
function translate(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowFailedError) {
    return fromFailure(error.cause) ?? new AppError('run.ended', { cause: error });
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError)
    return new AppError('run.conflict', { cause: error });
  if (error instanceof WorkflowNotFoundError) return new AppError('run.ended', { cause: error });
  if (isGrpcDeadlineError(error)) return new AppError('process.timeout', { cause: error });
  const code = isGrpcServiceError(error)
    ? error.code
    : (error as { cause?: { code?: number } } | undefined)?.cause?.code;
  if (typeof code === 'number' && passing.has(code))
    return new AppError('service.unavailable', { cause: error });
  // An update on a run that ends before it answers, or has ended, comes as a plain gRPC error.
  const text = String((error as Error | undefined)?.message);
  if (/workflow execution already completed|update.*(?:aborted|workflow.*complet)/i.test(text)) {
    return new AppError('run.ended', { cause: error });
  }
  return error;
}

/** Calls Temporal with a deadline in milliseconds from now and translates its errors. */
export async function answered<T>(
  client: Client,
  call: () => Promise<T>,
  withinMs = answerWithinMs,
): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + withinMs, call);
  } catch (error) {
    throw translate(error);
  }
}

/** As `answered`, for what there is a fallback for. */
export const answeredSoon = <T>(client: Client, call: () => Promise<T>): Promise<T> =>
  answered(client, call, briefMs);
