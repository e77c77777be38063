import type { SignedIn } from '../../../db/auth/provider.ts';
import { AppError } from '../../../db/domain/errors.ts';
import type { RequestContext } from '../../kit/context.ts';
import { csrfCookie, csrfToken } from '../../kit/csrf.ts';

/** The place a request comes from, as far as limits care: an IPv4 address or an IPv6 /64. */
function placeOf(ip: string | undefined): string {
  if (!ip) return 'unknown';
  return ip.includes(':') && !ip.startsWith('::ffff:')
    ? ip.split(':').slice(0, 4).join(':')
    : ip.replace('::ffff:', '');
}

/** Checks the password, opens the session and sets its cookies; failures count towards the lock. */
export async function openSession(
  context: RequestContext,
  email: string,
  password: string,
): Promise<SignedIn> {
  const { auth, db, limits, csrfSecret } = context.deps;
  const place = placeOf(context.request.ip);
  const key = `${email}@${place}`;
  await limits.check('signInFailures', key);
  await limits.check('signInFailuresOfPlace', place);
  let session: SignedIn;
  try {
    session = await auth.signIn(email, password, {
      ip: context.request.ip ?? '',
      userAgent: (context.request.headers['user-agent'] ?? '').slice(0, 300),
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'session.wrong-credentials') {
      await db.inScope(context.scope('platform'), async (tx) =>
        tx.record({ action: 'session.refused', outcome: 'failure', targets: [] }),
      );
      await limits.take('signInFailures', key);
      await limits.take('signInFailuresOfPlace', place);
    }
    throw error;
  }
  await limits.forget('signInFailures', key);
  const scope = context.scope('platform');
  await db.inScope(
    { ...scope, by: { ...scope.by, actor: { type: 'user', id: session.userId } } },
    async (tx) =>
      tx.record({ action: 'session.opened', targets: [{ type: 'session', id: session.sessionId }] }),
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
  const { sessionId } = context.person();
  const cookies = await auth.signOut(context.request.headers.cookie ?? '');
  await db.inScope(context.scope('platform'), async (tx) =>
    tx.record({ action: 'session.closed', targets: [{ type: 'session', id: sessionId }] }),
  );
  context.response.append('set-cookie', cookies);
  context.response.clearCookie(csrfCookie, { path: '/' });
}
