import { AppError } from '../../db/domain/errors.ts';
import type { RequestContext } from './context.ts';
import type { Flash } from './flash.ts';

/**
 * The message of a run that takes longer than a person waits: it follows the run to its end. `run` is its workflow id.
 * Throws every other error, and this one too where no such run has begun.
 */
export async function followSlowRun(
  context: RequestContext,
  error: unknown,
  { run, text }: { run: string; text: string },
): Promise<Flash> {
  if (!(error instanceof AppError && error.code === 'process.timeout')) throw error;
  if (!(await context.deps.processes.findProgress(run))) throw error;
  return { kind: 'note', text, run };
}
