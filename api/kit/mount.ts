import { hash } from 'node:crypto';
import { type Express, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Principal } from '../../db/auth/provider.ts';
import { AppError } from '../../db/domain/errors.ts';
import { unpaidError } from '../../db/repos/billing/access.ts';
import type { PermissionEntry } from '../../db/domain/permission-entry.ts';
import { type Permission, permissions, permissionsOf } from '../../db/domain/permissions.ts';
import { paths } from '../../templates/paths.ts';
import { compress, isWorthPacking } from './compress.ts';
import type { RequestContext } from './context.ts';
import { forgeryOf } from './csrf.ts';
import { hasDraft } from './draft.ts';
import { takeFlash } from './flash.ts';
import { groupBy } from '../../db/domain/group-by.ts';
import { keyScopeOf } from './key-scope.ts';
import { answer, redirect } from './respond.ts';
import { type AnyRoute, type Hook, type Page, type Route, type RouteInput } from './route.ts';
import { keepRequestOfView } from './view/requests.ts';
import { leadToConfirmation, leadToSignIn, restoreForm, serveForm } from './serve-form.ts';

/** What is served to people and clients of the API. */
type Served = Exclude<AnyRoute, Hook>;

/** The context the request was given by the first middleware. */
export function contextOf(response: Response): RequestContext {
  return response.locals['context'] as RequestContext;
}

/** Denied by default: a route names who may call it, and everyone else is refused. */
async function assertAccess(context: RequestContext, route: Served, changes: boolean): Promise<void> {
  if (route.access === 'public' && !context.principal?.view && !context.principal?.key) return;
  const person = context.person();
  if (person.mustDo && !route.whileMustDo) throw new AppError(`session.must-${person.mustDo}`);
  const refused = refusedCode(context, route, person, changes);
  if (!refused) return assertPaid(route, person, changes);
  if ((changes || person.view) && refused !== 'session.step-up-required') await recordRefusal(context, route);
  const detail = refused === 'key.scope-missing' && { text: `This API key lacks the scope ${route.access}.` };
  throw new AppError(refused, detail || {});
}

/** Where people put right what keeps them from a page or form; null for what they can't, and for programs. */
function remedyOf(context: RequestContext, route: Served, thrown: unknown): string | null {
  if (!(thrown instanceof AppError) || route.kind === 'json' || context.principal?.key) return null;
  const next = context.request.method === 'GET' ? context.request.originalUrl : undefined;
  if (thrown.code === 'session.must-change-password') return paths.passwordThen(next);
  if (thrown.code === 'session.must-add-second-factor') return paths.secondFactorThen(next);
  return thrown.code === 'session.step-up-required' ? paths.confirmIdentityThen(next) : null;
}

/** Whether the request may go on; leads people who have something to do first to the page for it. */
async function isAdmitted(
  context: RequestContext,
  route: Served,
  { changes, page }: { changes: boolean; page: string | null },
): Promise<boolean> {
  try {
    await assertAccess(context, route, changes);
    return true;
  } catch (thrown) {
    const to = remedyOf(context, route, thrown);
    if (to === null) throw thrown;
    const isAsked = thrown instanceof AppError && thrown.code === 'session.step-up-required';
    if (isAsked && route.kind === 'form') leadToConfirmation(route, context, page);
    else redirect(context.response, { to });
    return false;
  }
}

/** Throws where an unpaid invoice stops it: what changes something while restricted, everything while suspended. */
function assertPaid({ access, whileUnpaid, whileMustDo }: Served, person: Principal, changes: boolean): void {
  if (person.access === 'full' || (person.access === 'restricted' && !changes)) return;
  const isGeneral = access === 'public' || access === 'signed-in';
  const always = whileUnpaid ?? (isGeneral ? undefined : entryOf(access).whileUnpaid);
  if (access !== 'public' && always !== 'always' && !whileMustDo) throw unpaidError(person.access);
}

const entryOf = (permission: Permission): PermissionEntry => permissions[permission];

/** Why this person may not; null for who may. */
function refusedCode(
  context: RequestContext,
  route: Served,
  { view, key, role, isVerified }: Principal,
  changes: boolean,
):
  | 'key.not-here'
  | 'key.scope-missing'
  | 'view.refused'
  | 'view.read-only'
  | 'permission.denied'
  | 'session.step-up-required'
  | null {
  const { access } = route;
  if (key) {
    const scope = keyScopeOf(route);
    if (scope === null) return 'key.not-here';
    if (!key.scopes.has(scope)) return 'key.scope-missing';
  }
  if (view && route.whileViewing === 'never') return 'view.refused';
  if (access !== 'public' && access !== 'signed-in' && !context.can(access)) {
    const isWithdrawn = view && permissionsOf(role).has(access) && entryOf(access).whileViewing === 'never';
    return isWithdrawn ? 'view.refused' : 'permission.denied';
  }
  if (view?.mode === 'read' && changes && route.whileViewing !== 'always') return 'view.read-only';
  return route.stepUp && !isVerified ? 'session.step-up-required' : null;
}

/** Records a refused change, and whatever is refused in a view as another person, in the tenant's audit log. */
async function recordRefusal(context: RequestContext, route: Served): Promise<void> {
  const { tenant } = context.person();
  const scope = { ...context.scope(tenant ? { tenantId: tenant.id } : 'platform'), readOnly: false };
  await context.deps.db.inScope(scope, async (tx) =>
    tx.record({
      action: 'permission.refused',
      outcome: 'denied',
      targets: [{ type: 'route', id: `${methodOf(route).toUpperCase()} ${route.path}` }],
      data: { permission: route.access },
    }),
  );
}

/** Path parameters that are not ids of ours name nothing: not found, whatever else they are. */
function parseParams(route: Served, request: Request): Record<string, string> {
  if (!route.params) return {};
  const parsed = route.params.safeParse(request.params);
  if (!parsed.success) throw new AppError('request.not-found');
  return parsed.data as Record<string, string>;
}

async function serveJson(route: Route, context: RequestContext, input: RouteInput): Promise<void> {
  const { request, response } = context;
  const body = JSON.stringify(route.response.parse(await route.handle(context, input)));
  response.statusCode = route.status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', route.method === 'GET' ? 'private, no-cache' : 'no-store');
  if (route.method === 'GET') {
    const etag = `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) {
      response.status(304).end();
      return;
    }
  }
  if (isWorthPacking(body)) compress(request, response);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

async function servePage(route: Page, context: RequestContext, input: RouteInput): Promise<void> {
  const { request, response } = context;
  response.locals['flash'] = takeFlash(request, response);
  // A page asks for its parts again and again, and the marks stand outside of them.
  if (!request.headers['hx-request']) await context.loadBadges();
  answer(response, await route.show(context, input));
}

/** Where the form that a request was sent to stands; null where no page is above its address. */
function pageOf({ path, originalUrl }: Request, depth: number): string | null {
  if (depth === 0) return null;
  const { search } = new URL(originalUrl, 'http://own');
  return path.split('/').slice(0, depth).join('/') + search;
}

/** `depth` is how many parts of a form's address name its page, as `depthOfPageAbove` tells. */
function handlerOf(route: Served, depth = 0): RequestHandler {
  return async (request, response) => {
    const context = contextOf(response);
    response.locals['route'] = route.path;
    const changes = route.kind === 'form' || (route.kind === 'json' && route.method !== 'GET');
    const forgery = changes ? forgeryOf(request, context) : 'none';
    if (forgery === 'forged' || (forgery === 'outdated' && route.kind !== 'form'))
      throw new AppError('request.forged');
    const page = pageOf(request, depth);
    if (route.kind === 'form' && route.access !== 'public' && !context.principal)
      return leadToSignIn(route, context, page);
    if (!(await isAdmitted(context, route, { changes, page }))) return;
    const params = parseParams(route, request);
    await keepRequestOfView(context, { method: methodOf(route), path: route.path, params, changes });
    // What is open to everyone borrows no authority from the session: signing in from an older tab is meant.
    const outdated = forgery === 'outdated' && route.access !== 'public';
    if (route.kind === 'form') return serveForm(route, context, params, { outdated, page });
    const query = 'query' in route && route.query ? route.query.parse(request.query) : undefined;
    const schema = 'body' in route ? (route.bodyFor?.(context, params) ?? route.body) : undefined;
    const body = schema?.parse(request.body ?? {});
    const input = { params, query, body };
    if (route.kind === 'json') return serveJson(route, context, input);
    if (route.kind === 'page') return servePage(route, context, input);
    // An event stream must leave at once, not in blocks.
    if (!route.path.endsWith('/live')) compress(request, response);
    return route.serve(context, input);
  };
}

export function methodOf(route: AnyRoute): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  if (route.kind === 'form' || route.kind === 'hook') return 'post';
  if (route.kind === 'page') return 'get';
  return route.method.toLowerCase() as 'get';
}

/** Whether an address without parameters is one that a page with parameters shows, such as `/app/setup/:step`. */
function isShown(address: string, { kind, path, params }: Served): boolean {
  const [parts, names] = [address.split('/'), path.split('/')];
  if (kind !== 'page' || parts.length !== names.length) return false;
  const given = names.flatMap((name, at) => (name.startsWith(':') ? [[name.slice(1), parts[at]]] : []));
  const isSame = names.every((name, at) => name.startsWith(':') || name === parts[at]);
  return isSame && (params?.safeParse(Object.fromEntries(given)).success ?? true);
}

/**
 * Most addresses have no parameters: one look finds their handler, which the router would compare with all others.
 * Opening the address of a form leads to its page also where the pattern of another page would take it and find nothing:
 * `/admin/tenants/:tenantId` for `/admin/tenants/views`.
 */
function atFixedPaths(routes: readonly Served[], depthOf: (route: Served) => number): RequestHandler {
  const handlers = new Map<string, RequestHandler>();
  for (const route of routes) {
    const key = `${methodOf(route).toUpperCase()} ${route.path}`;
    if (!route.path.includes(':') && !handlers.has(key)) handlers.set(key, handlerOf(route, depthOf(route)));
  }
  for (const route of routes) {
    const [key, depth] = [`GET ${route.path}`, depthOf(route)];
    if (route.kind !== 'form' || depth === 0 || route.path.includes(':') || handlers.has(key)) continue;
    if (routes.some((page) => isShown(route.path, page))) continue;
    handlers.set(key, (request, response) => redirect(response, { to: pageOf(request, depth) ?? '/' }));
  }
  return (request, response, next) => {
    const handler = handlers.get(`${request.method} ${request.path}`);
    return handler ? handler(request, response, next) : next();
  };
}

/** How many parts of a form's address name its page: that of the same address or the nearest above; 0 without one. */
function depthOfPageAbove(path: string, pages: ReadonlySet<string>): number {
  const parts = path.split('/');
  let depth = parts.length;
  while (depth > 1 && !pages.has(parts.slice(0, depth).join('/'))) depth -= 1;
  return depth > 1 ? depth : 0;
}

/** Shows a form with what was typed before its person had to sign in again; the rest of the requests pass. */
function restoring(routes: readonly Served[]): RequestHandler {
  const forms = Router();
  for (const route of routes) {
    if (route.kind !== 'form' || !route.again) continue;
    forms.get(route.path, async (request, response, next) => {
      const context = contextOf(response);
      response.locals['route'] = route.path;
      if (!(await restoreForm(route, context, parseParams(route, request)))) next();
    });
  }
  return (request, response, next) =>
    request.method === 'GET' && hasDraft(request) && !contextOf(response).principal?.view
      ? forms(request, response, next)
      : next();
}

/**
 * Mounts every route, and answers 405 where an address exists but does not take the method. A refused form leaves its
 * address in the browser: anyone who opens that again, or comes back to it after signing in, is redirected to its page.
 */
export function mountRoutes(app: Express, routes: readonly Served[]): void {
  const pages = new Set(routes.filter(({ kind }) => kind === 'page').map(({ path }) => path));
  const depthOf = ({ kind, path }: Served) => (kind === 'form' ? depthOfPageAbove(path, pages) : 0);
  app.use(restoring(routes), atFixedPaths(routes, depthOf));
  for (const route of routes) app[methodOf(route)](route.path, handlerOf(route, depthOf(route)));
  for (const [path, at] of groupBy(routes, (route) => route.path)) {
    const allowed = [...new Set(at.map((route) => methodOf(route).toUpperCase()))];
    const depth = at.every(({ kind }) => kind === 'form') ? depthOfPageAbove(path, pages) : 0;
    app.all(path, (request, response) => {
      const page = pageOf(request, depth);
      if (page !== null && request.method === 'GET') return redirect(response, { to: page });
      response.set('allow', allowed.join(', '));
      throw new AppError('request.method-not-allowed');
    });
  }
}
