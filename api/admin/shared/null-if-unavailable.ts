import { toAppError } from '../../kit/errors.ts';

/**
 * What Temporal or the database answers, or null when it does not: it is away, or Temporal no longer keeps the run.
 * That is no reason to show nothing, since the rest of the page knows a little less.
 */
export async function nullIfUnavailable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const { status, code } = toAppError(error);
    if (status === 503 || code === 'run.ended') return null;
    throw error;
  }
}
