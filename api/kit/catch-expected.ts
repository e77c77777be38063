import { AppError } from '../../db/domain/errors.ts';

/**
 * Runs an action a person asked for. A refusal that person can do something about (409, 422, 503) comes back as its
 * text, to be shown on the next page instead of on an error page; anything else is thrown.
 */
export async function catchExpected<T>(
  action: () => Promise<T>,
): Promise<{ value: T } | { problem: string }> {
  try {
    return { value: await action() };
  } catch (error) {
    if (error instanceof AppError && [409, 422, 503].includes(error.status))
      return { problem: error.message };
    throw error;
  }
}
