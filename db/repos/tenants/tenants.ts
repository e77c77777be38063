import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { tenantNameKey, type Tenant } from '../../domain/tenants/tenant.ts';
import { all, first, snake } from '../shared/rows.ts';

const columns = [
  'id',
  'partner_id',
  'name',
  'status',
  'timezone',
  'language',
  'country',
  'created_at',
  'updated_at',
];

export async function find(tx: Tx, id: string): Promise<Tenant | null> {
  return first<Tenant>(tx.sql('tenants').select(columns).where({ id }));
}

export async function get(tx: Tx, id: string): Promise<Tenant> {
  const tenant = await find(tx, id);
  if (!tenant) throw new AppError('tenant.not-found');
  return tenant;
}

/** Names for a list to choose from, in their order. */
export async function listNames(tx: Tx, limit: number): Promise<Pick<Tenant, 'id' | 'name'>[]> {
  return all<Pick<Tenant, 'id' | 'name'>>(
    tx.sql('tenants').orderByRaw('lower(name), id').limit(limit).select('id', 'name'),
  );
}

/** Names of tenants by id; tenants outside the visibility are missing. */
export async function names(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = (
    await tx.sql.raw<{ rows: Pick<Tenant, 'id' | 'name'>[] }>(
      'select id, name from tenants where id = any(?::text[])',
      [ids as string[]],
    )
  ).rows;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type NewTenant = Pick<Tenant, 'id' | 'name' | 'timezone' | 'language'> & { partnerId?: string | null };

/**
 * A new sign-up. It has its name for itself only once its owner has confirmed the address (`claimNames`): a name that
 * strangers could take with any address would tell which addresses are known.
 */
export async function insert(tx: Tx, tenant: NewTenant): Promise<void> {
  await tx.sql('tenants').insert(snake({ ...tenant, status: 'onboarding' }));
  tx.record({ action: 'tenant.created', targets: [{ type: 'tenant', id: tenant.id }], tenantId: tenant.id });
}

/** Whether another tenant has a name that reads like this one. Needs the reach of the platform. */
export async function isNameTaken(tx: Tx, { id, name }: Pick<Tenant, 'id' | 'name'>): Promise<boolean> {
  const nameKey = tenantNameKey(name);
  return (await first(tx.sql('tenants').where({ name_key: nameKey }).whereNot({ id }).select('id'))) !== null;
}

/**
 * Gives the sign-ups of an owner their names for themselves. A name that another got in the meantime stays shared: there
 * is no going back to the form any more. Needs the reach of the platform.
 */
export async function claimNames(tx: Tx, ownerId: string): Promise<void> {
  const own = await all<Pick<Tenant, 'id' | 'name'>>(
    tx
      .sql('tenants as t')
      .join('memberships as m', 'm.tenant_id', 't.id')
      .where({ 'm.user_id': ownerId, 'm.role': 'owner', 't.status': 'onboarding' })
      .whereNull('t.name_key')
      .orderBy('t.id')
      .select('t.id', 't.name'),
  );
  for (const { id, name } of own) {
    const nameKey = tenantNameKey(name);
    // Of two at the same moment, the second sees what the first got.
    await tx.sql.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`tenant-name ${nameKey}`]);
    if (await isNameTaken(tx, { id, name })) continue;
    await tx.sql('tenants').where({ id }).update({ name_key: nameKey });
  }
}

export async function update(
  tx: Tx,
  id: string,
  change: Partial<Pick<Tenant, 'timezone' | 'language' | 'country'>>,
): Promise<void> {
  await tx
    .sql('tenants')
    .where({ id })
    .update(snake({ ...change, updatedAt: new Date() }));
  tx.record({ action: 'tenant.updated', targets: [{ type: 'tenant', id }], data: { ...change } });
}

/** Live or abandoned. Nothing happens, and nothing is recorded, when the tenant already is. */
export async function setStatus(tx: Tx, id: string, status: 'live' | 'abandoned'): Promise<boolean> {
  // The name of an abandoned sign-up is free again for the next sign-up.
  const change = { status, updated_at: new Date(), ...(status === 'abandoned' && { name_key: null }) };
  const changed = await tx.sql('tenants').where({ id }).whereNot({ status }).update(change);
  if (changed === 0) return false;
  const action = status === 'live' ? 'tenant.activated' : 'tenant.abandoned';
  tx.record({ action, targets: [{ type: 'tenant', id }] });
  return true;
}
