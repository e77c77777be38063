import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { type Freeze, freezeReaches, thawing } from '../../../../db/domain/tenants/freeze.ts';
import * as freezes from '../../../../db/repos/tenants/freezes.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { type InputOf, workflowId } from '../../../../workflows/define.ts';
import { freezeWorkContract } from '../../../../workflows/tenants/freeze-work.contract.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf } from '../../../kit/idempotency-key.ts';

/** What is frozen: a tenant, or by the platform's own id all of them. */
const reachOf = (tenantId: string): Freeze['reach'] =>
  tenantId === PLATFORM_TENANT_ID ? 'platform' : 'tenant';

export const freezing = z.strictObject({
  reason,
  /** The same key again freezes nothing a second time. */
  requestKey: idempotencyKey.optional(),
});
export const unfreezing = z.strictObject({
  reason,
  policy: thawing.shape.policy.default('run'),
  keepHours: thawing.shape.keepHours.default(0),
});

/** The state of a tenant or of the platform, and what a freeze stops there. */
export const freezeState = z.object({
  frozen: z.boolean(),
  reach: z.enum(freezeReaches).nullable(),
  since: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  stops: z.object({
    openRuns: z.number().int(),
    mails: z.number().int(),
    heldMails: z.number().int(),
    connections: z.number().int(),
  }),
});

export interface FreezeRead {
  freeze: Freeze | null;
  stops: freezes.FreezeFigures;
}

/** The freeze that stops a tenant, or the platform, and what there is to stop. Throws `tenant.not-found`. */
export async function readFreeze(context: RequestContext, tenantId: string): Promise<FreezeRead> {
  const isTenant = reachOf(tenantId) === 'tenant';
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    if (isTenant) await tenants.get(tx, tenantId);
    return {
      freeze: await freezes.findOpen(tx, tenantId),
      stops: await freezes.countStopped(tx, isTenant ? tenantId : null),
    };
  });
}

export function toState({ freeze, stops }: FreezeRead): z.input<typeof freezeState> {
  return {
    frozen: freeze !== null,
    reach: freeze?.reach ?? null,
    since: freeze?.since.toISOString() ?? null,
    by: freeze && (freeze.byName ?? freeze.frozenBy),
    reason: freeze?.reason ?? null,
    stops,
  };
}

/** Has the run of a freeze started, unless it is there already. */
async function ensureRun(context: RequestContext, input: InputOf<typeof freezeWorkContract>): Promise<void> {
  const { deps, requestId } = context;
  try {
    await deps.processes.start(freezeWorkContract, input, context.actor());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What stops work is the row, and that stands. Asked again, the run is started again.
    if (error.code !== 'run.conflict') deps.log.warn({ requestId, err: error }, 'freeze without its run');
  }
}

/**
 * Freezes: whatever asks after this is held. It works with no worker and no workflow engine there. Frozen already, the
 * freeze that stands stays as it is. Throws `tenant.not-found`.
 */
export async function freezeNow(
  context: RequestContext,
  tenantId: string,
  { reason: why, requestKey }: z.output<typeof freezing>,
): Promise<void> {
  const reach = reachOf(tenantId);
  const key = requestKey ?? idempotencyKeyOf(context);
  const freezeId = await idFromKey('freeze', `${tenantId} ${context.actor().id} ${key}`);
  const standing = await context.deps.db.inScope(context.scope('platform'), (tx) =>
    freezes.freeze(tx, {
      ...{ id: freezeId, reach, tenantId, reason: why },
      workflowId: workflowId(tenantId, freezeWorkContract.name, freezeId),
    }),
  );
  if (standing) await ensureRun(context, { freezeId: standing.id, reach, tenantId });
}

/** Lets work continue; how many held emails were dropped. Does nothing where nothing is frozen. Throws `tenant.not-found`. */
export async function thawNow(
  context: RequestContext,
  tenantId: string,
  { reason: why, ...how }: z.output<typeof unfreezing>,
): Promise<{ droppedMails: number }> {
  const reach = reachOf(tenantId);
  const thawed = await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    if (reach === 'tenant') await tenants.get(tx, tenantId);
    return freezes.thaw(tx, { reach, tenantId, reason: why, thawing: how });
  });
  if (thawed) await ensureRun(context, { freezeId: thawed.id, reach, tenantId });
  return { droppedMails: thawed?.droppedMails ?? 0 };
}
