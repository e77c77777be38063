import type { Request, Response } from 'express';
import type { Principal } from '../../db/auth/provider.ts';
import type { Visibility, Scope } from '../../db/scope.ts';
import type { Actor } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import type { Permission } from '../../db/domain/permissions.ts';
import type { NavGroup } from '../../templates/page-context.ts';
import { activitySeenAt } from './activity-seen.ts';
import type { ApiDeps } from './deps.ts';

/** What a page tells of other pages. */
export interface Badges {
  /** How much waits behind entries of the navigation, by their address. */
  pending: ReadonlyMap<string, number>;
  /** Whether a task the person started has ended since they last opened the list. */
  hasUnseen: boolean;
}

export const noBadges: Badges = { pending: new Map(), hasUnseen: false };

/** One request, as handlers see it: who asks, what that person may do, and whose rows are visible. */
export interface RequestContext {
  deps: ApiDeps;
  requestId: string;
  principal: Principal | null;
  request: Request;
  response: Response;
  can(permission: Permission): boolean;
  /** The signed-in person. Throws `session.required`. */
  person(): Principal;
  actor(): Actor;
  /** All tenants, or those of the partner. Throws `permission.denied` for a tenant's people. */
  overview(): Scope;
  /** The tenant the person works in. Throws `permission.denied` for everybody else. */
  tenant(): Scope & { tenantId: string };
  /** Where this person may go. */
  navigation(): NavGroup[];
  /** Empty until `look` has read them; pages do, the API does not. */
  badges: Badges;
  loadBadges(): Promise<void>;
  /** When the person last opened the list of their tasks in this browser; a day ago if unknown. */
  activitySeenAt(): Date;
  /** The given visibility, attributed to this request; a request that only asks (GET) gets a scope that only reads. */
  scope(visibility: Visibility): Scope;
}

export function createContext(
  deps: ApiDeps,
  request: Request,
  response: Response,
  found: {
    requestId: string;
    principal: Principal | null;
    navigation: (context: RequestContext) => NavGroup[];
    loadBadges: (context: RequestContext) => Promise<Badges>;
  },
): RequestContext {
  const { requestId, principal } = found;
  const person = () => {
    if (!principal) throw new AppError('session.required');
    return principal;
  };
  const actor = (): Actor => {
    if (!principal) return { type: 'system', id: 'anonymous' };
    const { key, userId } = principal;
    if (!key) return { type: 'user', id: userId };
    return { type: 'apikey', id: key.id, ...(key.kind === 'person' && { onBehalfOf: userId }) };
  };
  const scope = (visibility: Visibility): Scope => ({
    visibility,
    readOnly: request.method === 'GET' || request.method === 'HEAD',
    by: {
      actor: actor(),
      ...(principal?.view && { impersonatorId: principal.view.adminId }),
      context: {
        requestId,
        ...(request.ip && { ip: request.ip }),
        ...(request.headers['user-agent'] && { userAgent: request.headers['user-agent'].slice(0, 300) }),
        ...(principal && !principal.key && { sessionId: principal.sessionId }),
      },
    },
  });
  const context: RequestContext = {
    deps,
    requestId,
    principal,
    request,
    response,
    can: (permission) => principal?.permissions.has(permission) ?? false,
    person,
    actor,
    scope,
    navigation: () => found.navigation(context),
    badges: noBadges,
    async loadBadges() {
      context.badges = await found.loadBadges(context);
    },
    activitySeenAt: () => activitySeenAt(request),
    overview() {
      const { role, partnerId } = person();
      if (role === 'superAdmin') return scope('platform');
      if (role === 'partner' && partnerId) return scope({ partnerId });
      throw new AppError('permission.denied');
    },
    tenant() {
      const { tenant } = person();
      if (!tenant) throw new AppError('permission.denied');
      return { ...scope({ tenantId: tenant.id }), tenantId: tenant.id };
    },
  };
  return context;
}
