import { randomBytes } from 'node:crypto';
import { newId } from '../domain/ids.ts';
import type { Db } from '../scope.ts';
import { orUnavailable } from '../unavailable.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { AuthProvider } from './provider.ts';
import { sessionReader, tokenHash } from './sessions.ts';

/** No session outlives a day, whatever the settings say; what a person may have is compared on each read. */
const longestHours = 24;

const findCredential = `
  select u.id as user_id, a.password, u.second_factor_at is not null as second_factor,
         u.email_verified_at is not null as is_confirmed,
         u.status = 'active' and (u.platform_role is not null or m.active > 0) as has_access,
         u.status = 'suspended' or (u.platform_role is null and m.total > 0 and m.active = 0) as is_suspended
  from public.users u join auth.accounts a on a.user_id = u.id and a.provider_id = 'credential'
  cross join lateral (
    select count(*) as total, count(*) filter (where status = 'active') as active
    from public.memberships where user_id = u.id
  ) m
  where u.email = $1 and a.password is not null`;

const insertSession = `
  insert into auth.sessions
    (id, token_hash, user_id, ip_address, user_agent, impersonation_id, tenant_id, provider, second_factor_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, case when $9 then now() end,
          coalesce($10::timestamptz, now() + interval '${longestHours} hours'))
  returning tenant_id`;

interface Credential {
  user_id: string;
  password: string;
  second_factor: boolean;
  is_confirmed: boolean;
  has_access: boolean;
  is_suspended: boolean;
}

/** The embedded provider: people, credentials and sessions are rows of ours. */
export function embeddedAuth(db: Db): AuthProvider {
  return {
    hashPassword,

    async checkPassword(email, password, turn) {
      const { rows } = await orUnavailable(() => db.authPool.query<Credential>(findCredential, [email]));
      const [found] = rows;
      // As long as a wrong password takes, so that the time doesn't tell which addresses have an account.
      const isRight = found
        ? await verifyPassword({ hash: found.password, password }, turn)
        : await hashPassword(password, turn).then(() => false);
      if (!found || !isRight || !found.is_confirmed) return null;
      const { user_id: userId, second_factor: secondFactor, has_access: hasAccess } = found;
      return { userId, secondFactor, hasAccess, isSuspended: found.is_suspended };
    },

    async openSession({ userId, from, secondFactor = false, provider = null, tenantId = null, view }) {
      const [sessionId, token] = [newId('session'), randomBytes(32).toString('base64url')];
      const ends = [
        view?.impersonationId ?? null,
        view?.tenantId ?? tenantId,
        provider,
        secondFactor,
        view?.expiresAt ?? null,
      ];
      const values = [sessionId, tokenHash(token), userId, from.ip, from.userAgent, ...ends];
      const { rows } = await orUnavailable(() =>
        db.authPool.query<{ tenant_id: string | null }>(insertSession, values),
      );
      return { sessionId, token, userId, tenantId: rows[0]?.tenant_id ?? null };
    },

    authenticate: sessionReader(db),
  };
}
