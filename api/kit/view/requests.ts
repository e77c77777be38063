import * as records from '../../../db/repos/identity/view-records.ts';
import type { RequestContext } from '../context.ts';

interface KeptRequest {
  method: string;
  /** With the names of its parameters. */
  path: string;
  params: Record<string, string>;
  changes: boolean;
}

/**
 * Keeps a request of a view as another person before it is answered: the one place of it, for pages and programs alike.
 * What stands behind the question mark is left out, as people search there for names. Throws `view.ended`.
 */
export async function keepRequestOfView(
  context: RequestContext,
  { method, path, params, changes }: KeptRequest,
): Promise<void> {
  const view = context.principal?.view;
  if (!view) return;
  const scope = { ...context.scope('platform'), readOnly: false };
  const request = {
    viewId: view.impersonationId,
    route: `${method.toUpperCase()} ${path}`,
    changes,
    data: params,
  };
  await context.deps.db.inScope(scope, (tx) => records.recordRequest(tx, request));
}
