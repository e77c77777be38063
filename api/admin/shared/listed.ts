import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../db/domain/errors.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import type { Scope } from '../../../db/scope.ts';
import type { RequestContext } from '../../kit/context.ts';

const withinMs = 5_000;

/** The lists read the projection, which is a moment behind; true as soon as it knows the run. */
export async function isListed(
  context: RequestContext,
  runId: string,
  scope: Scope = context.overview(),
): Promise<boolean> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await context.deps.db
      .inScope(scope, (tx) => runs.get(tx, runId))
      .catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'run.not-found') return null;
        throw error;
      });
    if (found) return true;
    if (Date.now() > until) return false;
    await sleep(150);
  }
}
