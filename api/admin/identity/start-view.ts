import { AppError } from '../../../db/domain/errors.ts';
import { idFromKey, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import type { ViewRequest } from '../../../db/domain/identity/impersonation.ts';
import * as views from '../../../db/repos/identity/views.ts';
import * as members from '../../../db/repos/people/members.ts';
import * as users from '../../../db/repos/people/users.ts';
import { impersonateUserContract } from '../../../workflows/identity/impersonate-user.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { csrfToken } from '../../kit/csrf.ts';
import { setViewCookies } from '../../kit/session-cookies.ts';

export interface StartedView {
  impersonationId: string;
  expiresAt: string;
  /** Opens the view once, within a minute. */
  exchangeToken: string;
}

/** The business that a view looks at where none is given: the one the person joined last. Throws `user.not-found`. */
async function tenantOf(context: RequestContext, userId: string): Promise<string> {
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    await users.get(tx, userId);
    // People of the platform and of partners belong to none; the process refuses them and says why.
    return (await members.joinedLast(tx, userId)) ?? PLATFORM_TENANT_ID;
  });
}

/**
 * Starts a view as a person; the same key again is the same view. Throws `user.not-found`, `view.target-refused`,
 * `view.support-access-off`, `view.already-open`, `service.unavailable`.
 */
export async function startView(
  context: RequestContext,
  userId: string,
  { tenantId, reason, ticket, minutes, mode }: ViewRequest,
  requestKey: string,
): Promise<StartedView> {
  const actor = context.actor();
  const impersonationId = await idFromKey('impersonation', `${actor.id}\n${userId}\n${requestKey}`);
  // Derived again for the same view, so that the token is stored nowhere and never reaches a history.
  const { token, tokenHash } = await context.deps.linkToken(views.exchangeSubject(impersonationId));
  const { expiresAt } = await context.deps.processes.startWithUpdate(
    impersonateUserContract,
    {
      impersonationId,
      tenantId: tenantId ?? (await tenantOf(context, userId)),
      userId,
      adminId: actor.id,
      reason,
      ticket: ticket || null,
      minutes,
      mode,
      exchangeHash: tokenHash,
    },
    actor,
    'viewStarted',
    null,
  );
  return { impersonationId, expiresAt, exchangeToken: token };
}

/**
 * Opens a view with its token, beside the administrator's own session, and sets its cookies. Throws `view.not-openable`.
 */
export async function openView(
  context: RequestContext,
  exchangeToken: string,
): Promise<{ impersonationId: string; expiresAt: string; csrfToken: string }> {
  const { deps, request, response } = context;
  const { userId: adminId, sessionId } = context.person();
  const exchangeHash = await hashLinkToken(exchangeToken);
  const view = await deps.db.inScope(context.scope('platform'), (tx) =>
    views.open(tx, { exchangeHash, adminId, sessionId }),
  );
  const session = await deps.auth.openSession({
    userId: view.userId,
    from: { ip: request.ip ?? '', userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) },
    view: { impersonationId: view.id, expiresAt: view.expiresAt, tenantId: view.tenantId },
  });
  setViewCookies(response, deps, session);
  return {
    impersonationId: view.id,
    expiresAt: view.expiresAt.toISOString(),
    csrfToken: csrfToken(deps.csrfSecret, session.sessionId),
  };
}

/** The person a view is asked for, and where they belong. Throws `user.not-found`. */
export async function readTarget(context: RequestContext, userId: string) {
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const user = await users.find(tx, userId);
    if (!user) throw new AppError('user.not-found');
    return { user, tenants: await members.tenantsOf(tx, userId) };
  });
}
