import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { providersOnly, signInProviders } from '../../domain/identity/settings.ts';
import type { TenantRole } from '../../domain/roles.ts';
import { resolveSetting } from '../../domain/settings/setting.ts';
import { all, first } from '../shared/rows.ts';

/** How tenants let their people sign in. Every function here needs the reach of the platform. */

interface Way {
  tenantId: string;
  role: TenantRole;
  providers: unknown;
  only: unknown;
}

/** Whether a tenant lets this role in; `provider` is null for a password. Owners always have theirs. */
function allows({ role, providers, only }: Omit<Way, 'tenantId'>, provider: string | null): boolean {
  const valueOf = (value: unknown) => (value === null ? {} : { tenant: value });
  if (provider !== null) return resolveSetting(signInProviders, valueOf(providers)).includes(provider);
  return role === 'owner' || !resolveSetting(providersOnly, valueOf(only));
}

const settings = `
  left join tenant_settings p on p.tenant_id = t.id and p.key = :providersKey
  left join tenant_settings o on o.tenant_id = t.id and o.key = :onlyKey`;
const keys = { providersKey: signInProviders.key, onlyKey: providersOnly.key };

const refusal = (provider: string | null) =>
  new AppError(provider === null ? 'session.providers-only' : 'provider.not-allowed');

/**
 * The tenant a person comes into by signing in this way: the one joined last of those that allow it. Null for people
 * of no tenant. Throws `session.providers-only` or `provider.not-allowed` where none allows it.
 */
export async function entrance(tx: Tx, userId: string, provider: string | null): Promise<string | null> {
  const ways = await all<Way>(
    tx.sql.raw(
      `select t.id as tenant_id, m.role, p.value as providers, o.value as only
       from memberships m join tenants t on t.id = m.tenant_id ${settings}
       where m.user_id = :userId and m.status = 'active' order by m.created_at desc`,
      { userId, ...keys },
    ),
  );
  const open = ways.find((way) => allows(way, provider));
  if (!open && ways.length > 0) throw refusal(provider);
  return open?.tenantId ?? null;
}

/** The providers that some tenant of a person allows; null for people of no tenant, who may use all. */
export async function listAllowed(tx: Tx, userId: string): Promise<ReadonlySet<string> | null> {
  const rows = await all<{ value: unknown }>(
    tx.sql.raw(
      `select p.value from memberships m
       left join tenant_settings p on p.tenant_id = m.tenant_id and p.key = :key
       where m.user_id = :userId and m.status = 'active'`,
      { userId, key: signInProviders.key },
    ),
  );
  if (rows.length === 0) return null;
  return new Set(
    rows.flatMap(({ value }) => resolveSetting(signInProviders, value === null ? {} : { tenant: value })),
  );
}

/** Whether a tenant lets people of a role sign in this way. */
export async function isAllowed(
  tx: Tx,
  { tenantId, role }: { tenantId: string; role: TenantRole },
  provider: string | null,
): Promise<boolean> {
  const way = await first<Omit<Way, 'role'>>(
    tx.sql.raw(
      `select t.id as tenant_id, p.value as providers, o.value as only from tenants t ${settings}
       where t.id = :tenantId`,
      { tenantId, ...keys },
    ),
  );
  return way !== null && allows({ ...way, role }, provider);
}

/** Throws `session.providers-only` or `provider.not-allowed`. */
export async function assertAllowed(
  tx: Tx,
  at: { tenantId: string; role: TenantRole },
  provider: string | null,
): Promise<void> {
  if (!(await isAllowed(tx, at, provider))) throw refusal(provider);
}

/** Refuses a session that was opened in a way the tenant doesn't allow. Throws `session.other-way`. */
export async function assertMayEnter(
  tx: Tx,
  sessionId: string,
  at: { tenantId: string; role: TenantRole },
): Promise<void> {
  const session = await first<{ provider: string | null }>(
    tx.sql('auth.sessions').where({ id: sessionId }).select('provider'),
  );
  if (!(await isAllowed(tx, at, session?.provider ?? null))) throw new AppError('session.other-way');
}
