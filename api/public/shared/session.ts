import { createHash } from 'node:crypto';
import { fairQueue, type Turn } from '../../../db/auth/fair-queue.ts';
import type { CheckedPassword, OpenedSession } from '../../../db/auth/provider.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { maskedAddress } from '../../../db/domain/identity/masked-address.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import * as ways from '../../../db/repos/identity/sign-in-ways.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import type { RequestContext } from '../../kit/context.ts';
import { knownDevice, rememberDevice } from '../../kit/known-device.ts';
import type { Counted } from '../../kit/limits.ts';
import { placeOf } from '../../kit/place.ts';
import { setRateLimit } from '../../kit/rate-limit-headers.ts';
import { leaveView } from '../../kit/view/leave.ts';
import { clearSessionCookies, setSessionCookies } from '../../kit/session-cookies.ts';

/** What one try for an account counts against, and in whose turn its password is checked. */
interface Tries {
  counted: readonly [Counted, ...Counted[]];
  turn: Turn;
}

/**
 * A device the account knows has tries of its own, which strangers can't use up, and is served first. All others share
 * those of the account and of their place. Counters hold no address.
 */
function triesOf(context: RequestContext, email: string): Tries {
  const account = createHash('sha256').update(email).digest('base64url');
  const device = knownDevice(context.deps, context.request, email);
  if (device) return { counted: [['sign-in', `${account}@${device}`]], turn: { line: device, first: true } };
  const place = placeOf(context.request.ip);
  return {
    counted: [
      ['sign-in', `${account}@${place}`],
      ['sign-in-account', account],
      ['sign-in-place', place],
      ['sign-in-total', 'all'],
    ],
    turn: { line: place, first: false },
  };
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

/** Tries that are under way, with all they ask of the database; how many wait takes two or three seconds. */
const tries = fairQueue({ atOnce: 8, mostWaiting: 40 });

/**
 * The person whose password this is. A try counts before it is checked, so that of many at once no more are answered than
 * may be; what was no wrong password is given back. Throws `session.wrong-credentials`, `session.locked`, `session.busy`.
 */
export async function checkPassword(
  context: RequestContext,
  email: string,
  password: string,
): Promise<CheckedPassword> {
  const { deps, request, response } = context;
  const { counted, turn } = triesOf(context, email);
  return tries(turn, async () => {
    setRateLimit(response, await deps.limits.takeAll(counted));
    let isWrong = false;
    try {
      const found = await deps.auth.checkPassword(email, password, turn);
      isWrong = found === null;
      if (!found) {
        await recordRefusal(context, email);
        throw new AppError('session.wrong-credentials');
      }
      rememberDevice(deps, request, response, email);
      return found;
    } finally {
      if (!isWrong) await deps.limits.giveBack(counted);
    }
  });
}

/**
 * As `checkPassword`, for a session that is to open next. Throws `session.suspended` and `session.no-access`, with the right
 * password only.
 */
export async function checkSignIn(
  context: RequestContext,
  email: string,
  password: string,
): Promise<CheckedPassword> {
  const found = await checkPassword(context, email, password);
  if (!found.hasAccess) {
    await recordRefusal(context, email);
    throw new AppError(found.isSuspended ? 'session.suspended' : 'session.no-access');
  }
  return found;
}

/** Hashes a new password, in the turn of the place the request comes from. Throws `session.busy`. */
export const hashNewPassword = (context: RequestContext, password: string): Promise<string> =>
  context.deps.auth.hashPassword(password, { line: placeOf(context.request.ip), first: false });

/** Where a session of this person begins. A refusal is recorded. Throws `session.providers-only`, `provider.not-allowed`. */
async function entranceOf(
  context: RequestContext,
  userId: string,
  provider: string | null,
): Promise<string | null> {
  const { db } = context.deps;
  const scope = { ...context.scope('platform'), readOnly: false };
  try {
    return await db.inScope(scope, (tx) => ways.entrance(tx, userId, provider));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await db.inScope(scope, async (tx) => {
      const [tenant, other] = await members.tenantsOf(tx, userId);
      tx.record({
        action: 'session.refused',
        outcome: 'failure',
        targets: [{ type: 'user', id: userId }],
        data: { reason: error.code, ...(provider && { provider }) },
        ...inTenant(tenant && !other ? tenant.tenantId : null),
      });
    });
    throw error;
  }
}

/**
 * Opens the session of a person who proved who they are, ends the one this browser had, and sets the cookies. Throws
 * `session.providers-only`, `provider.not-allowed` where no tenant of theirs lets them in this way.
 */
export async function openSession(
  context: RequestContext,
  userId: string,
  options: { secondFactor?: boolean; provider?: string | null } = {},
): Promise<OpenedSession> {
  const { auth, db } = context.deps;
  const from = {
    ip: context.request.ip ?? '',
    userAgent: (context.request.headers['user-agent'] ?? '').slice(0, 300),
  };
  const tenantId = await entranceOf(context, userId, options.provider ?? null);
  const session = await auth.openSession({ userId, from, tenantId, ...options });
  const scope = { ...context.scope('platform'), readOnly: false };
  const before = context.principal;
  await db.inScope({ ...scope, by: { ...scope.by, actor: { type: 'user', id: userId } } }, async (tx) => {
    // A view as another person ends in its own way.
    if (before && !before.view) {
      await sessions.end(tx, [before.sessionId], 'replaced');
      tx.record({
        action: 'session.closed',
        targets: [{ type: 'session', id: before.sessionId }],
        ...inTenant(before.tenant?.id ?? null),
      });
    }
    tx.record({
      action: 'session.opened',
      targets: [{ type: 'session', id: session.sessionId }],
      ...(options.provider && { data: { provider: options.provider } }),
      ...inTenant(session.tenantId),
    });
  });
  setSessionCookies(context.response, context.deps, session);
  return session;
}

/** Signs out; in a view as another person that ends the view, and the administrator stays signed in. */
export async function closeSession(context: RequestContext): Promise<void> {
  const { db } = context.deps;
  const { sessionId, tenant, view } = context.person();
  if (view) {
    await leaveView(context);
    return;
  }
  await db.inScope(context.scope('platform'), async (tx) => {
    await sessions.end(tx, [sessionId], 'signed-out');
    tx.record({
      action: 'session.closed',
      targets: [{ type: 'session', id: sessionId }],
      ...inTenant(tenant?.id ?? null),
    });
  });
  clearSessionCookies(context.response);
}
