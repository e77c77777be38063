import { AppError } from '../../domain/errors.ts';
import type { Freeze, FreezeReach, Thawing, ThawPolicy } from '../../domain/tenants/freeze.ts';
import { type Hold, holdOf } from '../../domain/runs/why/cause.ts';
import type { Tx } from '../../scope.ts';
import * as views from '../identity/views.ts';
import { dropHeld } from '../settings/mails.ts';
import { all, first, one } from '../shared/rows.ts';

const tables = { tenant: 'tenant_freezes', platform: 'platform_freezes' } as const;

const columns = `f.id, f.since, f.reason, f.frozen_by, f.workflow_id, u.name as by_name`;
const openOf = (reach: FreezeReach) => `
  select '${reach}' as reach, ${columns} from ${tables[reach]} f
  left join users u on u.id = f.frozen_by where f.thawed_at is null`;

/**
 * The freeze that stops a tenant now: its own, else the platform's; null when nothing does. Two indexed reads of tables that
 * hold few open rows: it is asked before each write to the outside.
 */
export async function findOpen(tx: Tx, tenantId: string): Promise<Freeze | null> {
  return first<Freeze>(
    tx.sql.raw(
      `select * from (${openOf('tenant')} and f.tenant_id = :tenantId union all ${openOf('platform')}) f
       order by f.reach desc limit 1`,
      { tenantId },
    ),
  );
}

/** The open freeze of exactly this reach; null when there is none. */
export async function findOwn(tx: Tx, reach: FreezeReach, tenantId: string): Promise<Freeze | null> {
  const mine = reach === 'tenant' ? ' and f.tenant_id = :tenantId' : '';
  return first<Freeze>(tx.sql.raw(`${openOf(reach)}${mine}`, { tenantId }));
}

/** What freezes hold up, by their ids; unseen ones are missing. */
export async function holdsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Hold>> {
  const found = await all<Freeze>(
    tx.sql.raw(
      `select * from (${openOf('tenant')} union all ${openOf('platform')}) f where f.id = any(:ids)`,
      {
        ids: ids as string[],
      },
    ),
  );
  return new Map(found.map((freeze) => [freeze.id, holdOf(freeze)]));
}

interface FrozenTenant extends Freeze {
  tenantId: string;
  tenantName: string;
}

/** Tenants with a freeze of their own, the longest frozen first. */
export async function listFrozen(tx: Tx, limit: number): Promise<FrozenTenant[]> {
  return all<FrozenTenant>(
    tx.sql.raw(
      `select 'tenant' as reach, f.tenant_id, t.name as tenant_name, ${columns} from tenant_freezes f
       join tenants t on t.id = f.tenant_id left join users u on u.id = f.frozen_by
       where f.thawed_at is null order by f.since, f.id limit :limit`,
      { limit },
    ),
  );
}

/** A condition of SQL: nothing stops the tenant whose id is in this column. */
export const isNotFrozen = (column: string): string =>
  `not exists (select 1 from platform_freezes where thawed_at is null)
   and not exists (select 1 from tenant_freezes f where f.tenant_id = ${column} and f.thawed_at is null)`;

interface NewFreeze {
  id: string;
  reach: FreezeReach;
  tenantId: string;
  reason: string;
  workflowId: string;
}

/**
 * Freezes a tenant or the platform, and ends the views as people of that tenant, in the caller's transaction: what asks
 * after it commits is held. Frozen already, the freeze that stands is the answer and nothing changes; null where this very
 * request froze before, and that has been unfrozen. Throws `tenant.not-found`.
 */
export async function freeze(tx: Tx, wanted: NewFreeze): Promise<Freeze | null> {
  const { reach, tenantId, reason } = wanted;
  const isTenant = reach === 'tenant';
  if (isTenant && !(await first(tx.sql('tenants').where({ id: tenantId }).select('id')))) {
    throw new AppError('tenant.not-found');
  }
  const { rows } = await tx.sql.raw<{ rows: unknown[] }>(
    `insert into ${tables[reach]} (id, workflow_id, reason, frozen_by${isTenant ? ', tenant_id' : ''})
     values (:id, :workflowId, :reason, :by${isTenant ? ', :tenantId' : ''})
     on conflict do nothing returning id`,
    { ...wanted, by: tx.scope.by.actor.id },
  );
  if (rows.length > 0) {
    if (isTenant) await views.endViewsOf(tx, { tenantId }, 'frozen');
    const action = isTenant ? 'tenant.frozen' : 'platform.frozen';
    tx.record({ action, targets: [{ type: 'tenant', id: tenantId }], data: { reason }, tenantId });
  }
  return findOwn(tx, reach, tenantId);
}

/** Ends the freeze of a tenant or of the platform, and drops what it held where the policy says so; null without one. */
export async function thaw(
  tx: Tx,
  asked: { reach: FreezeReach; tenantId: string; reason: string; thawing: Thawing },
): Promise<{ id: string; droppedMails: number } | null> {
  const { reach, tenantId, reason, thawing } = asked;
  const { policy, keepHours } = thawing;
  const ended = await first<{ id: string }>(
    tx.sql.raw(
      `update ${tables[reach]} set thawed_at = now(), thawed_by = :by, thaw_reason = :reason, policy = :policy
       where thawed_at is null${reach === 'tenant' ? ' and tenant_id = :tenantId' : ''} returning id`,
      { tenantId, by: tx.scope.by.actor.id, reason, policy },
    ),
  );
  if (!ended) return null;
  const droppedMails = policy === 'skip' ? await dropHeld(tx, ended.id, keepHours) : 0;
  tx.record({
    action: reach === 'tenant' ? 'tenant.thawed' : 'platform.thawed',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { reason, policy, droppedMails },
    tenantId,
  });
  return { id: ended.id, droppedMails };
}

/** What a freeze did with what it held when it ended; no policy while it stands. */
export async function findThaw(
  tx: Tx,
  { id, reach, tenantId }: { id: string; reach: FreezeReach; tenantId: string },
): Promise<{ policy: ThawPolicy | null } | null> {
  return first<{ policy: ThawPolicy | null }>(
    tx.sql.raw(
      `select policy from ${tables[reach]} where id = :id${reach === 'tenant' ? ' and tenant_id = :tenantId' : ''}`,
      { id, tenantId },
    ),
  );
}

/** What a freeze stops, or holds; of one tenant or of all. */
export interface FreezeFigures {
  openRuns: number;
  /** Emails that are under way or held. */
  mails: number;
  heldMails: number;
  connections: number;
}

/** Counted from the reach of the platform. */
export async function countStopped(tx: Tx, tenantId: string | null): Promise<FreezeFigures> {
  const mine = tenantId === null ? 'true' : 'tenant_id = :tenantId';
  return one<FreezeFigures>(
    tx.sql.raw(
      `select (select count(*) from runs where closed_at is null and ${mine}) as open_runs,
              (select count(*) from mails where status = 'sending' and ${mine}) as mails,
              (select count(*) from mails where status = 'sending' and held_for is not null and ${mine}) as held_mails,
              (select count(*) from mcp_connections where status = 'connected' and ${mine}) as connections`,
      { tenantId },
    ),
  );
}
