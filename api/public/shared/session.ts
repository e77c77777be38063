import type { SignedIn } from '../../../db/auth/provider.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { maskedAddress } from '../../../db/domain/identity/masked-address.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import type { RequestContext } from '../../kit/context.ts';
import { csrfCookie, csrfToken } from '../../kit/csrf.ts';

/** The place a request comes from, as far as limits care: an IPv4 address or an IPv6 /64. */
function placeOf(ip: string | undefined): string {
  if (!ip) return 'unknown';
  return ip.includes(':') && !ip.startsWith('::ffff:')
    ? ip.split(':').slice(0, 4).join(':')
    : ip.replace('::ffff:', '');
}

/** Sign-ins of a tenant's people are filed under that tenant; all others under the platform. */
const inTenant = (tenantId: string | null) => (tenantId ? { tenantId } : {});

/**
 * A refused sign-in names the account it was for, filed under its tenant where it belongs to just one. Where there is no
 * such account, only the masked address is kept: what was typed may be anything.
 */
async function recordRefusal(context: RequestContext, email: string): Promise<void> {
  await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const user = await users.findByEmail(tx, email);
    const [tenant, other] = user ? await members.tenantsOf(tx, user.id) : [];
    tx.record({
      action: 'session.refused',
      outcome: 'failure',
      targets: user ? [{ type: 'user', id: user.id }] : [],
      ...(!user && { data: { account: maskedAddress(email) } }),
      ...inTenant(tenant && !other ? tenant.tenantId : null),
    });
  });
}

/** Tries a password; failures are recorded and count towards the lock. */
async function tryPassword<T>(context: RequestContext, email: string, check: () => Promise<T>): Promise<T> {
  const { limits } = context.deps;
  const place = placeOf(context.request.ip);
  const key = `${email}@${place}`;
  await limits.check('signInFailures', key);
  await limits.check('signInFailuresOfPlace', place);
  try {
    const found = await check();
    await limits.forget('signInFailures', key);
    return found;
  } catch (error) {
    if (error instanceof AppError && error.code === 'session.wrong-credentials') {
      await recordRefusal(context, email);
      await limits.take('signInFailures', key);
      await limits.take('signInFailuresOfPlace', place);
    }
    throw error;
  }
}

/** Checks the password of an account without opening a session. Throws `session.wrong-credentials`, `session.locked`. */
export async function checkPassword(context: RequestContext, email: string, password: string): Promise<void> {
  await tryPassword(context, email, async () => {
    if (!(await context.deps.auth.isPassword(email, password)))
      throw new AppError('session.wrong-credentials');
  });
}

/** Checks the password, opens the session and sets its cookies; failures count towards the lock. */
export async function openSession(
  context: RequestContext,
  email: string,
  password: string,
): Promise<SignedIn> {
  const { auth, db, csrfSecret } = context.deps;
  const from = {
    ip: context.request.ip ?? '',
    userAgent: (context.request.headers['user-agent'] ?? '').slice(0, 300),
  };
  const session = await tryPassword(context, email, () => auth.signIn(email, password, from));
  const scope = context.scope('platform');
  await db.inScope(
    { ...scope, by: { ...scope.by, actor: { type: 'user', id: session.userId } } },
    async (tx) =>
      tx.record({
        action: 'session.opened',
        targets: [{ type: 'session', id: session.sessionId }],
        ...inTenant(session.tenantId),
      }),
  );
  context.response.append('set-cookie', session.cookies);
  setCsrfCookie(context, csrfToken(csrfSecret, session.sessionId));
  return session;
}

/** Readable by our own scripts and by API clients, which send it back in the header. */
function setCsrfCookie(context: RequestContext, token: string): void {
  const secure = context.deps.publicUrl.startsWith('https:');
  context.response.cookie(csrfCookie, token, { sameSite: 'lax', path: '/', secure, encode: String });
}

export async function closeSession(context: RequestContext): Promise<void> {
  const { auth, db } = context.deps;
  const { sessionId, tenant } = context.person();
  const cookies = await auth.signOut(context.request.headers.cookie ?? '');
  await db.inScope(context.scope('platform'), async (tx) =>
    tx.record({
      action: 'session.closed',
      targets: [{ type: 'session', id: sessionId }],
      ...inTenant(tenant?.id ?? null),
    }),
  );
  context.response.append('set-cookie', cookies);
  context.response.clearCookie(csrfCookie, { path: '/' });
}
