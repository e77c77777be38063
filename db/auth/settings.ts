import { identitySettings } from '../domain/identity/settings.ts';
import {
  resolveSetting,
  type SetValues,
  type Setting,
  type SettingLevel,
} from '../domain/settings/setting.ts';

/** The settings that requests are judged by. */
export const settingKeys = identitySettings.map(({ key }) => key);

/** What is set on the levels of a tenant `t` and of the partner of `t` or of the person `u`; keys is a parameter. */
export const joinSettings = (keys: string) => `left join lateral (
    select jsonb_agg(jsonb_build_object('level', level, 'key', key, 'value', value)) as settings from (
      select 'platform' as level, key, value from public.platform_settings where key = any(${keys})
      union all select 'partner', key, value from public.partner_settings
        where partner_id = coalesce(t.partner_id, u.partner_id) and key = any(${keys})
      union all select 'tenant', key, value from public.tenant_settings where tenant_id = t.id and key = any(${keys})
    ) stored
  ) v on true`;

/** What {@link joinSettings} finds. */
export type StoredSettings = { level: SettingLevel; key: string; value: unknown }[] | null;

export type SettingReader = <T>(setting: Setting<T>) => T;

/** Reads what is set for a person's tenant and partner. */
export function settingsOf(stored: StoredSettings): SettingReader {
  const found = new Map<string, Partial<Record<SettingLevel, unknown>>>();
  for (const { level, key, value } of stored ?? []) found.set(key, { ...found.get(key), [level]: value });
  return (setting) => resolveSetting(setting, (found.get(setting.key) ?? {}) as SetValues);
}
