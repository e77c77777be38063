import { AppError } from '../../db/domain/errors.ts';

/**
 * What Temporal answers, or null when it does not: it is away, or no longer keeps the run. That is no reason to
 * show nothing, since the projection knows a little less.
 */
export async function unlessAway<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && (error.status === 503 || error.code === 'run.ended')) return null;
    throw error;
  }
}
