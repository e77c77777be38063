import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import {
  resolveSetting,
  type Setting,
  type SettingLevel,
  type SetValues,
} from '../../domain/settings/setting.ts';
import { all } from '../shared/rows.ts';

/** Where a value is read or set. */
export type SettingOwner = { level: 'platform' } | { level: 'partner' | 'tenant'; id: string };

const tableOf = { platform: 'platform_settings', partner: 'partner_settings', tenant: 'tenant_settings' };

const ownerColumns = (owner: SettingOwner): Record<string, string> =>
  owner.level === 'platform' ? {} : { [`${owner.level}_id`]: owner.id };

/** What is set for some settings of a tenant at each level, by key. Needs the reach of the platform. */
export async function listOfTenant(
  tx: Tx,
  tenantId: string | null,
  keys: readonly string[],
): Promise<Map<string, SetValues>> {
  const { rows } = await tx.sql.raw<{ rows: { key: string; level: SettingLevel; value: unknown }[] }>(
    `select 'platform' as level, key, value from platform_settings where key = any(:keys)
     union all
     select 'partner', p.key, p.value from partner_settings p
       join tenants t on t.partner_id = p.partner_id where t.id = :tenantId and p.key = any(:keys)
     union all
     select 'tenant', key, value from tenant_settings where tenant_id = :tenantId and key = any(:keys)`,
    { keys: [...keys], tenantId },
  );
  const found = new Map<string, Partial<Record<SettingLevel, unknown>>>();
  for (const { key, level, value } of rows) found.set(key, { ...found.get(key), [level]: value });
  return found;
}

/** The value of a setting that only the platform sets; every reach reads it. */
export async function resolveOfPlatform<T>(tx: Tx, setting: Setting<T>): Promise<T> {
  const [platform] = await all<{ value: unknown }>(
    tx.sql('platform_settings').where({ key: setting.key }).select('value'),
  );
  return resolveSetting(setting, platform ? { platform: platform.value } : {});
}

/** The value that holds for a tenant, or for the platform. Needs the reach of the platform. */
export async function resolve<T>(tx: Tx, setting: Setting<T>, tenantId: string | null): Promise<T> {
  const values = await listOfTenant(tx, tenantId, [setting.key]);
  return resolveSetting(setting, values.get(setting.key) ?? {});
}

/**
 * Sets a value, or with `undefined` lets the level inherit again; its event tells before and after. Throws
 * `setting.not-here` for a level where it can't be set, and the schema's message for a value out of bounds.
 */
export async function set<T>(
  tx: Tx,
  setting: Setting<T>,
  owner: SettingOwner,
  value: T | undefined,
): Promise<void> {
  if (!setting.levels.includes(owner.level)) throw new AppError('setting.not-here');
  const table = tableOf[owner.level];
  const at = { ...ownerColumns(owner), key: setting.key };
  const [before] = await all<{ value: unknown }>(tx.sql(table).where(at).select('value'));
  if (value === undefined) await tx.sql(table).where(at).delete();
  else {
    const stored = JSON.stringify(setting.schema.parse(value));
    await tx
      .sql(table)
      .insert({ ...at, value: stored })
      .onConflict(Object.keys(at))
      .merge({ value: stored, updated_at: tx.sql.fn.now() });
  }
  const told = (one: unknown) => {
    if (one === undefined) return null;
    return setting.secret ? 'hidden' : JSON.stringify(one);
  };
  tx.record({
    action: 'setting.changed',
    targets: [{ type: 'setting', id: setting.key }],
    data: { before: told(before?.value), after: told(value) },
    ...(owner.level === 'tenant' && { tenantId: owner.id }),
  });
}
