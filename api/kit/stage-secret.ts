import { AppError, type ErrorCode } from '../../db/domain/errors.ts';
import type { ApiDeps } from './deps.ts';

/** Who is to take a secret over. */
interface Taker {
  tenantId: string;
  /** Workflow id of the process. */
  run: string;
  /** Codes with which it says that it does not take it. */
  refusals: readonly ErrorCode[];
}

/** Whether the process has the secret and will forget it. If that can't be determined, the person has to submit it again. */
async function isTaken(deps: ApiDeps, { run, refusals }: Taker, error: unknown): Promise<boolean> {
  if (!(error instanceof AppError)) return false;
  if (error.code === 'service.unavailable' || refusals.includes(error.code)) return false;
  if (error.code !== 'process.timeout') return true;
  const found = await deps.processes.findProgress(run).catch(() => null);
  return found?.open === true;
}

/**
 * Keeps what was typed for a process and gives it the name. Where no process has taken it over it is forgotten at once.
 * Throws what `give` throws.
 */
export async function stageSecret<T>(
  deps: ApiDeps,
  taker: Taker,
  values: Record<string, string>,
  give: (secret: string) => Promise<T>,
): Promise<T> {
  const secret = await deps.keepSecret(taker.tenantId, values);
  try {
    return await give(secret);
  } catch (error) {
    if (!(await isTaken(deps, taker, error))) {
      // Should that fail too, the nightly round forgets it; what went wrong first is what the person has to know.
      await deps.dropSecret(taker.tenantId, secret).catch((err: unknown) => {
        deps.log.warn({ err, run: taker.run }, 'a waiting secret could not be dropped');
      });
    }
    throw error;
  }
}
