import type { Response } from 'express';
import { ZodError } from 'zod';
import { AppError, type ErrorCode } from '../../db/domain/errors.ts';
import { fieldsOf } from '../../db/domain/validation.ts';
import { paths } from '../../templates/paths.ts';
import { LimitError } from './limits.ts';
import { setRateLimit } from './rate-limit-headers.ts';

/** RFC 9457, with the field messages and the id under which the log knows the request. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  requestId: string;
  fields?: Record<string, string>;
  /** Where people put right what it was refused for. */
  link?: string;
}

/** Any error as one of the table: what is not known of says nothing of itself. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError)
    return new AppError('request.invalid', { fields: fieldsOf(error), cause: error });
  const { type, status, code } = error as { type?: string; status?: number; code?: string };
  if (type === 'entity.too.large' || type === 'parameters.too.many')
    return new AppError('request.too-large', { cause: error });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('request.unsupported-type', { cause: error });
  if (status !== undefined && status >= 400 && status < 500)
    return new AppError('request.malformed', { cause: error });
  // A character that no text of the database can hold, such as the zero byte.
  if (code === '22021' || code === '22P05') {
    return new AppError('request.invalid', { text: 'Leave out control characters.', cause: error });
  }
  return new AppError('internal.unexpected', { cause: error });
}

export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: `https://bizosaas.example/problems/${error.code}`,
    title: error.message,
    status: error.status,
    code: error.code,
    requestId,
    ...(error.fields && { fields: error.fields }),
    ...(error.code.startsWith('subscription.') && error.status === 402 && { link: paths.billing }),
  };
}

export function setErrorHeaders(response: Response, error: AppError): void {
  if (error instanceof LimitError) {
    setRateLimit(response, error.quota);
    response.setHeader('retry-after', error.quota.resetS);
  } else if (error.status === 429 || error.status === 503) response.setHeader('retry-after', 2);
}
