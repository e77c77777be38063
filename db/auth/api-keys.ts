import { isScopeOf, type KeyKind } from '../domain/identity/api-key.ts';
import { PLATFORM_TENANT_ID } from '../domain/ids.ts';
import { plainAddress } from '../domain/identity/networks.ts';
import { type Permission, permissionsOf, permissionsWithin } from '../domain/permissions.ts';
import type { AccessLevel } from '../domain/billing/subscriptions.ts';
import { accessSql } from '../repos/billing/access.ts';
import type { Role } from '../domain/roles.ts';
import type { Db } from '../scope.ts';
import { orUnavailable } from '../unavailable.ts';
import { readKey } from './api-key-token.ts';
import type { Principal } from './provider.ts';
import { mustDo, networksOf } from './sessions.ts';
import { joinSettings, settingKeys, settingsOf, type StoredSettings } from './settings.ts';

/** How many requests a key may make in a window, and how long that is, in seconds. */
export const keyLimit = { points: 600, durationS: 60 } as const;
/** How much later than a request a key may say it was last used, in seconds. */
const usedEveryS = 60;

/** Why a key is refused; each is the end of an error code `key.…`. */
export type KeyRefusal = 'malformed' | 'unknown' | 'revoked' | 'expired' | 'foreign-address' | 'suspended';

/** What a key turned out to be. `known`: the key's row, where there is one. */
export type KeyReading = { known: { id: string; tenantId: string; name: string } | null } & (
  | { refused: KeyRefusal; principal: null; used: null }
  | { refused: null; principal: Principal; used: { count: number; msLeft: number } }
);

interface KeyRow {
  id: string;
  filed: string;
  kind: KeyKind;
  key_name: string;
  scopes: string[];
  is_secret: boolean;
  is_revoked: boolean;
  is_expired: boolean;
  is_inside: boolean;
  user_id: string | null;
  user_active: boolean;
  email: string | null;
  user_name: string | null;
  timezone: string | null;
  language: string | null;
  must_change_password: boolean;
  has_second_factor: boolean;
  platform_role: 'superAdmin' | 'partner' | null;
  partner_id: string | null;
  tenant_name: string | null;
  tenant_status: 'onboarding' | 'live' | 'suspended' | 'abandoned' | null;
  role: 'owner' | 'admin' | 'member' | null;
  custom: string[] | null;
  features_off: string[] | null;
  access: AccessLevel;
  tenant_count: number;
  settings: StoredSettings;
  count: number | null;
  ms_left: number | null;
}

/**
 * One statement reads the key with the person, the membership and the settings behind it, counts the request and notes
 * the use. Expiry and overlap are by the database's clock. What is refused is neither counted nor noted.
 */
const readByKey = `
  with found as (
    select k.id, k.tenant_id as filed, k.kind, k.name as key_name, k.scopes, k.last_used_at, k.user_id,
           k.secret_hash = $2 or coalesce(k.previous_hash = $2 and k.previous_until > now(), false) as is_secret,
           k.revoked_at is not null as is_revoked, coalesce(k.expires_at <= now(), false) as is_expired,
           k.networks = '{}' or coalesce($3::text::inet <<= any(k.networks::cidr[]), false) as is_inside
    from public.api_keys k where k.id = $1
  ), valid as (
    select id, filed, last_used_at from found where is_secret and is_inside and not is_revoked and not is_expired
  ), used as (
    insert into public.rate_limits as r (key, points, expire)
    select 'api-key:' || id, 1, $5::bigint + ${keyLimit.durationS * 1_000} from valid
    on conflict (key) do update
      set points = case when r.expire <= $5::bigint then 1 else r.points + 1 end,
          expire = case when r.expire <= $5::bigint then excluded.expire else r.expire end
    returning points, expire
  ), noted as (
    update public.api_keys k set last_used_at = now(), last_used_ip = $3::text
    from valid v where k.tenant_id = v.filed and k.id = v.id
      and (v.last_used_at is null or v.last_used_at < now() - interval '${usedEveryS} seconds')
  )
  select f.*, u.status = 'active' as user_active, u.email, u.name as user_name,
         u.timezone, u.language, u.must_change_password,
         u.second_factor_at is not null as has_second_factor, u.platform_role, u.partner_id,
         m.role, r.permissions as custom, m.features_off, t.name as tenant_name, t.status as tenant_status,
         (select count(*)::int from public.memberships where user_id = u.id and status = 'active') as tenant_count,
         ${accessSql('f.filed')} as access,
         v.settings, used.points as count, (used.expire - $5::bigint)::float8 as ms_left
  from found f
  left join public.users u on u.id = f.user_id
  left join public.memberships m on m.tenant_id = f.filed and m.user_id = f.user_id and m.status = 'active'
  left join public.custom_roles r on r.tenant_id = m.tenant_id and r.id = m.custom_role_id
  left join public.tenants t on t.id = f.filed
  ${joinSettings('$4')}
  left join used on true`;

/**
 * The role a key acts with: its person's where the key was made, or an owner's for a key of the business. Null for a
 * person who is suspended, has left, or has moved to the other side since.
 */
function roleOf(row: KeyRow): Role | null {
  if (row.kind !== 'person') return 'owner';
  if (!row.user_active) return null;
  if (row.filed === PLATFORM_TENANT_ID) return row.platform_role;
  return row.platform_role === null ? row.role : null;
}

function refusalOf(row: KeyRow): KeyRefusal | null {
  if (!row.is_secret) return 'unknown';
  if (row.is_revoked) return 'revoked';
  if (row.is_expired) return 'expired';
  if (!row.is_inside) return 'foreign-address';
  const isFrozen = row.tenant_status === 'suspended' || row.tenant_status === 'abandoned';
  return roleOf(row) === null || isFrozen ? 'suspended' : null;
}

/** Whose request it is: the person of the key, or the key itself where it acts for the business or an agent. */
function toPrincipal(row: KeyRow, role: Role): Principal {
  const settingOf = settingsOf(row.settings);
  const held =
    row.kind === 'person'
      ? permissionsWithin(role, { custom: row.custom, featuresOff: row.features_off ?? [], viewedAs: false })
      : permissionsOf(role);
  const scopes = new Set(row.scopes as Permission[]);
  const isPerson = row.user_id !== null;
  return {
    userId: row.user_id ?? row.id,
    sessionId: row.id,
    email: row.email ?? '',
    name: row.user_name ?? row.key_name,
    timezone: row.timezone ?? 'UTC',
    language: row.language ?? 'en',
    role,
    permissions: new Set([...held].filter((one) => scopes.has(one) && isScopeOf(row.kind, one))),
    tenant:
      row.tenant_name !== null && row.tenant_status !== null
        ? { id: row.filed, name: row.tenant_name, status: row.tenant_status }
        : null,
    partnerId: row.partner_id,
    // Of interest on pages only.
    frozen: null,
    access: row.access,
    tenantCount: isPerson ? row.tenant_count : 1,
    hasSecondFactor: isPerson && row.has_second_factor,
    isVerified: false,
    mustDo: isPerson ? mustDo(row, settingOf) : null,
    view: null,
    picture: null,
    key: { id: row.id, name: row.key_name, kind: row.kind, scopes },
    networks: role === 'superAdmin' ? networksOf(settingOf) : null,
  };
}

/** Reads keys that requests came with, from which address: one statement each. */
export type KeyReader = (key: string, ip: string | undefined) => Promise<KeyReading>;

export function apiKeyReader(db: Db): KeyReader {
  return async (key, ip) => {
    const read = readKey(key);
    const nothing = { known: null, principal: null, used: null };
    if (!read) return { ...nothing, refused: 'malformed' };
    const values = [read.keyId, read.secretHash, plainAddress(ip), settingKeys, Date.now()];
    const statement = { name: 'read-api-key', text: readByKey, values };
    const { rows } = await orUnavailable(() => db.authPool.query<KeyRow>(statement));
    const [row] = rows;
    if (!row) return { ...nothing, refused: 'unknown' };
    const known = { id: row.id, tenantId: row.filed, name: row.key_name };
    const [refused, role] = [refusalOf(row), roleOf(row)];
    if (refused !== null || role === null) return { ...nothing, known, refused: refused ?? 'suspended' };
    const used = { count: row.count ?? 0, msLeft: row.ms_left ?? 0 };
    return { known, refused: null, principal: toPrincipal(row, role), used };
  };
}
