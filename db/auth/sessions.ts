import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../scope.ts';
import type { Role } from '../domain/roles.ts';
import { orUnavailable } from '../unavailable.ts';
import type { Principal } from './provider.ts';

export const cookiePrefix = 'bizosaas';
const cookieNames = [`${cookiePrefix}.session_token`, `__Secure-${cookiePrefix}.session_token`];

function cookieValue(header: string): string | undefined {
  for (const part of header.split(';')) {
    const split = part.indexOf('=');
    if (split > 0 && cookieNames.includes(part.slice(0, split).trim())) return part.slice(split + 1).trim();
  }
  return undefined;
}

/** The token of the session cookie, if its signature (HMAC-SHA256, base64, after the last dot) is valid. */
export function signedToken(header: string | undefined, secret: KeyObject): string | null {
  const value = header && cookieValue(header);
  if (!value) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    return null;
  }
  const dot = decoded.lastIndexOf('.');
  if (dot < 1) return null;
  const token = decoded.slice(0, dot);
  const given = Buffer.from(decoded.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

interface SessionRow {
  token: string;
  session_id: string;
  user_id: string;
  email: string;
  name: string;
  email_verified: boolean;
  timezone: string;
  language: string;
  platform_role: 'superAdmin' | 'partner' | null;
  partner_id: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
  tenant_status: 'onboarding' | 'live' | 'suspended' | 'abandoned' | null;
  role: 'owner' | 'admin' | 'member' | null;
  tenant_count: number;
}

/** The sessions, their people, and the tenant each works in. Expiry is by the database's clock. */
const readByTokens = `
  select s.token, s.id as session_id, u.id as user_id, u.email, u.name, u.email_verified_at is not null as email_verified,
         u.timezone, u.language, u.platform_role, u.partner_id,
         m.tenant_id, m.role, t.name as tenant_name, t.status as tenant_status,
         (select count(*)::int from public.memberships where user_id = u.id) as tenant_count
  from auth.sessions s
  join public.users u on u.id = s.user_id
  left join lateral (
    select tenant_id, role from public.memberships
    where user_id = u.id and (s.tenant_id is null or tenant_id = s.tenant_id) order by created_at desc limit 1
  ) m on true
  left join public.tenants t on t.id = m.tenant_id
  where s.token = any($1) and s.expires_at > now() and u.status = 'active'`;

function toPrincipal(row: SessionRow): Principal | null {
  const role: Role | null = row.platform_role ?? row.role;
  if (!role) return null;
  const tenant =
    row.platform_role === null && row.tenant_id && row.tenant_name && row.tenant_status
      ? { id: row.tenant_id, name: row.tenant_name, status: row.tenant_status }
      : null;
  return {
    userId: row.user_id,
    sessionId: row.session_id,
    email: row.email,
    name: row.name,
    emailVerified: row.email_verified,
    timezone: row.timezone,
    language: row.language,
    role,
    tenant,
    partnerId: row.partner_id,
    tenantCount: row.tenant_count,
  };
}

async function readSessions(db: Db, tokens: readonly string[]): Promise<Map<string, Principal | null>> {
  const statement = { name: 'read-sessions', text: readByTokens, values: [tokens] };
  const { rows } = await orUnavailable(() => db.authPool.query<SessionRow>(statement));
  return new Map(rows.map((row) => [row.token, toPrincipal(row)]));
}

/** Reads sessions; those asked for in the same turn of the event loop share one round trip, begun after all were asked for. */
export function sessionReader(db: Db): (token: string) => Promise<Principal | null> {
  let turn: { tokens: Set<string>; found: Promise<Map<string, Principal | null>> } | null = null;
  return async (token) => {
    if (!turn) {
      const tokens = new Set<string>();
      const found = nextTurn().then(() => {
        turn = null;
        return readSessions(db, [...tokens]);
      });
      turn = { tokens, found };
    }
    turn.tokens.add(token);
    return (await turn.found).get(token) ?? null;
  };
}
