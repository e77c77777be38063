import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { tenantNameKey, type Tenant } from '../../domain/tenants/tenant.ts';
import { all, first, isDuplicate, snake } from '../shared/rows.ts';

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

/** Throws `tenant.name-taken`. */
export async function insert(tx: Tx, tenant: NewTenant): Promise<void> {
  try {
    await tx
      .sql('tenants')
      .insert(snake({ ...tenant, nameKey: tenantNameKey(tenant.name), status: 'onboarding' }));
  } catch (error) {
    if (isDuplicate(error, 'tenants_name_key_key')) {
      throw new AppError('tenant.name-taken', { fields: { businessName: 'This name is taken.' } });
    }
    throw error;
  }
  tx.record({ action: 'tenant.created', targets: [{ type: 'tenant', id: tenant.id }], tenantId: tenant.id });
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
