import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AccessLevel } from '../domain/billing/subscriptions.ts';
import { accessSql } from '../repos/billing/access.ts';
import * as identity from '../domain/identity/settings.ts';
import { permissionsWithin } from '../domain/permissions.ts';
import type { FreezeReach } from '../domain/tenants/freeze.ts';
import type { Role } from '../domain/roles.ts';
import type { Db } from '../scope.ts';
import { orUnavailable } from '../unavailable.ts';
import {
  joinSettings,
  type SettingReader,
  settingsOf,
  settingKeys,
  type StoredSettings,
} from './settings.ts';
import type { Principal, View } from './provider.ts';

/** How long after proving who they are a person may do dangerous things, in seconds. */
const verifiedForS = 5 * 60;
/** How much later than a request the session may say it was last seen, in seconds. */
const seenEveryS = 60;

/** SHA-256 of a session's token: all that is stored of it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

interface SessionRow {
  token_hash: string;
  session_id: string;
  user_id: string;
  email: string;
  name: string;
  timezone: string;
  language: string;
  picture: string | null;
  must_change_password: boolean;
  has_second_factor: boolean;
  age_s: number;
  idle_s: number;
  verified_s: number;
  second_factor: boolean;
  platform_role: 'superAdmin' | 'partner' | null;
  partner_id: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
  tenant_status: 'onboarding' | 'live' | 'suspended' | 'abandoned' | null;
  role: 'owner' | 'admin' | 'member' | null;
  custom: string[] | null;
  features_off: string[] | null;
  frozen: FreezeReach | null;
  access: AccessLevel;
  tenant_count: number;
  settings: StoredSettings;
  impersonation_id: string | null;
  admin_id: string;
  admin_name: string;
  mode: View['mode'];
  view_expires_at: Date;
}

/**
 * The sessions, their people, the tenant each works in, and what is set there. Expiry is by the database's clock. A view
 * as another person holds only while its own row does, while the administrator behind it is one, and while the person is
 * none of the platform's.
 */
const readByTokens = `
  select s.token_hash, s.id as session_id, u.id as user_id, u.email, u.name,
         u.timezone, u.language, u.picture, u.must_change_password,
         u.second_factor_at is not null as has_second_factor,
         extract(epoch from now() - s.created_at)::float8 as age_s,
         extract(epoch from now() - s.last_seen_at)::float8 as idle_s,
         extract(epoch from now() - s.verified_at)::float8 as verified_s,
         s.second_factor_at is not null as second_factor,
         u.platform_role, u.partner_id, m.tenant_id, m.role, t.name as tenant_name, t.status as tenant_status,
         r.permissions as custom, m.features_off,
         (select count(*)::int from public.memberships where user_id = u.id and status = 'active') as tenant_count,
         case when exists (select 1 from public.platform_freezes where thawed_at is null) then 'platform'
              when exists (select 1 from public.tenant_freezes f where f.tenant_id = m.tenant_id and f.thawed_at is null)
              then 'tenant' end as frozen,
         ${accessSql('m.tenant_id')} as access,
         v.settings, s.impersonation_id, i.admin_id, a.name as admin_name, i.mode, i.expires_at as view_expires_at
  from auth.sessions s
  join public.users u on u.id = s.user_id
  left join lateral (
    select tenant_id, role, custom_role_id, features_off from public.memberships
    where user_id = u.id and status = 'active' and (s.tenant_id is null or tenant_id = s.tenant_id) order by created_at desc limit 1
  ) m on true
  left join public.tenants t on t.id = m.tenant_id
  left join public.custom_roles r on r.tenant_id = m.tenant_id and r.id = m.custom_role_id
  ${joinSettings('$2')}
  left join auth.impersonations i on i.id = s.impersonation_id
  left join public.users a on a.id = i.admin_id
  where s.token_hash = any($1) and s.expires_at > now() and s.ended_at is null and u.status = 'active'
    and (s.impersonation_id is null
      or (i.ended_at is null and i.expires_at > now() and a.status = 'active' and a.platform_role = 'superAdmin'
        and u.platform_role is null))`;

/** Whether the session is over because it is too old, or was left alone for too long. */
function isOver(row: SessionRow, settingOf: SettingReader): boolean {
  const [idle, longest] = row.platform_role
    ? [identity.adminIdleMinutes, identity.adminSessionHours]
    : [identity.idleMinutes, identity.sessionHours];
  return row.idle_s > settingOf(idle) * 60 || row.age_s > settingOf(longest) * 3_600;
}

/** Networks administrators work from; null where none is set. */
export function networksOf(settingOf: SettingReader): readonly string[] | null {
  const networks = settingOf(identity.adminNetworks);
  return networks.length > 0 ? networks : null;
}

/** What a person has to do before anything else, by the state of the account and what is set. */
export function mustDo(
  row: Pick<SessionRow, 'must_change_password' | 'has_second_factor' | 'platform_role'>,
  settingOf: SettingReader,
): Principal['mustDo'] {
  if (row.must_change_password) return 'change-password';
  const isRequired =
    settingOf(identity.secondFactorRequired) ||
    (row.platform_role === 'superAdmin' && settingOf(identity.adminSecondFactorRequired));
  return isRequired && !row.has_second_factor ? 'add-second-factor' : null;
}

function viewOf(row: SessionRow): View | null {
  if (!row.impersonation_id) return null;
  const { impersonation_id, admin_id, admin_name, mode, view_expires_at } = row;
  return {
    impersonationId: impersonation_id,
    adminId: admin_id,
    adminName: admin_name,
    mode,
    expiresAt: view_expires_at,
  };
}

function toPrincipal(row: SessionRow): Principal | null {
  const role: Role | null = row.platform_role ?? row.role;
  const settingOf = settingsOf(row.settings);
  if (!role || isOver(row, settingOf)) return null;
  const tenant =
    row.platform_role === null && row.tenant_id && row.tenant_name && row.tenant_status
      ? { id: row.tenant_id, name: row.tenant_name, status: row.tenant_status }
      : null;
  const view = viewOf(row);
  return {
    userId: row.user_id,
    sessionId: row.session_id,
    email: row.email,
    name: row.name,
    timezone: row.timezone,
    language: row.language,
    picture: row.picture,
    role,
    permissions: permissionsWithin(role, {
      custom: row.custom,
      featuresOff: row.features_off ?? [],
      viewedAs: view !== null,
    }),
    tenant,
    partnerId: row.partner_id,
    frozen: row.frozen,
    access: tenant ? row.access : 'full',
    tenantCount: row.tenant_count,
    hasSecondFactor: row.has_second_factor,
    isVerified: row.verified_s <= verifiedForS && (row.second_factor || !row.has_second_factor),
    mustDo: view ? null : mustDo(row, settingOf),
    view,
    key: null,
    // Also an administrator who looks through another person's eyes.
    networks: row.platform_role === 'superAdmin' || view ? networksOf(settingOf) : null,
  };
}

async function readSessions(db: Db, hashes: readonly string[]): Promise<Map<string, Principal | null>> {
  const statement = { name: 'read-sessions', text: readByTokens, values: [hashes, settingKeys] };
  const { rows } = await orUnavailable(() => db.authPool.query<SessionRow>(statement));
  const found = new Map(rows.map((row) => [row.token_hash, toPrincipal(row)]));
  const seen = rows.filter((row) => row.idle_s > seenEveryS && found.get(row.token_hash));
  if (seen.length > 0) {
    const touch = 'update auth.sessions set last_seen_at = now() where id = any($1)';
    await orUnavailable(() => db.authPool.query(touch, [seen.map(({ session_id }) => session_id)]));
  }
  return found;
}

/** Reads sessions; those asked for in the same turn of the event loop share one round trip, begun after all were asked for. */
export function sessionReader(db: Db): (token: string) => Promise<Principal | null> {
  let turn: { hashes: Set<string>; found: Promise<Map<string, Principal | null>> } | null = null;
  return async (token) => {
    const hash = tokenHash(token);
    if (!turn) {
      const hashes = new Set<string>();
      const found = nextTurn().then(() => {
        turn = null;
        return readSessions(db, [...hashes]);
      });
      turn = { hashes, found };
    }
    turn.hashes.add(hash);
    return (await turn.found).get(hash) ?? null;
  };
}
