import { AppError } from '../../../db/domain/errors.ts';
import * as records from '../../../db/repos/identity/view-records.ts';
import * as views from '../../../db/repos/identity/views.ts';
import { workflowId } from '../../../workflows/define.ts';
import { impersonateUserContract } from '../../../workflows/identity/impersonate-user.contract.ts';
import type { RequestContext } from '../context.ts';
import { adminOf, clearViewCookies } from '../session-cookies.ts';

/**
 * Tells the process of a view that its row has changed, without waiting: it looks by the clock as well, so a view ends
 * and is certified also while Temporal is away.
 */
export function tellView(context: RequestContext, view: { id: string; tenantId: string }): void {
  const { processes, log } = context.deps;
  const id = workflowId(view.tenantId, impersonateUserContract.name, view.id);
  void processes.signal(impersonateUserContract, id, 'viewChanged', null).catch((error: unknown) => {
    log.warn({ err: error, workflowId: id }, 'the process of a view learns of its end by the clock');
  });
}

/** Ends the view this request comes from; the administrator's own session is the browser's again. Throws `view.not-viewing`. */
export async function leaveView(context: RequestContext): Promise<{ id: string }> {
  const { view } = context.person();
  if (!view) throw new AppError('view.not-viewing');
  const { impersonationId: id } = view;
  const tenantId = await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    await views.end(tx, id, 'ended');
    return (await records.get(tx, id)).tenantId;
  });
  tellView(context, { id, tenantId });
  clearViewCookies(context.response, context.deps, await adminOf(context.deps, context.request));
  return { id };
}
