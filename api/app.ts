import { randomUUID } from 'node:crypto';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Principal } from '../db/auth/provider.ts';
import { AppError, errorTable } from '../db/domain/errors.ts';
import { renderPage } from '../templates/layout/render.ts';
import { paths } from '../templates/paths.ts';
import { ErrorPage } from '../templates/public/shared/error-page.tsx';
import { areas } from './areas.ts';
import { navigationOf, readBadges } from './kit/area.ts';
import { assertAddress } from './kit/allowed-address.ts';
import { bearerOf, principalByKey } from './kit/api-keys.ts';
import { compress } from './kit/compress.ts';
import { createContext, type RequestContext } from './kit/context.ts';
import type { ApiDeps } from './kit/deps.ts';
import { setErrorHeaders, toAppError, toProblem } from './kit/errors.ts';
import { pageContextOf } from './kit/page-context.ts';
import { mountHooks } from './kit/hooks.ts';
import { contextOf, mountRoutes } from './kit/mount.ts';
import { openApiDocument } from './kit/openapi.ts';
import { readReadiness } from './kit/readiness.ts';
import { redirect } from './kit/respond.ts';
import { requestLog } from './kit/request-log.ts';
import type { Route } from './kit/route.ts';
import { securityHeaders } from './kit/security-headers.ts';
import { serveAsset } from './kit/serve-asset.ts';
import { readUploads } from './kit/upload.ts';
import { adminOf, clearViewCookies, principalOf } from './kit/session-cookies.ts';

const wantsJson = (path: string) =>
  path.startsWith('/api/') || path.startsWith('/hooks/') || path === '/healthz' || path === '/readyz';

const name: RequestHandler = (_request, response, next) => {
  const requestId = randomUUID();
  response.locals['requestId'] = requestId;
  response.setHeader('x-request-id', requestId);
  next();
};

/**
 * The view as another person is over: this request gets nothing, the next one is the administrator's own again. A page is
 * answered with the way back.
 */
async function leaveView(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const admin = await adminOf(deps, request);
  clearViewCookies(response, deps, admin);
  if (!admin || wantsJson(request.path)) throw new AppError('view.ended');
  redirect(response, { to: paths.viewEnded });
}

/** Signing out and ending a view work from every address. */
const isLeaving = ({ method, path }: Request): boolean =>
  method === 'POST' &&
  [paths.signOut, '/api/session/sign-out', paths.endView, '/api/impersonation/end'].includes(path);

/** Every request learns who it comes from before anything else reads it. */
function identify(deps: ApiDeps): RequestHandler {
  const navigation = (context: RequestContext) => navigationOf(areas, context);
  const loadBadges = (context: RequestContext) => readBadges(areas, context);
  return async (request, response, next) => {
    const requestId = response.locals['requestId'] as string;
    const known = (principal: Principal | null, shown = navigation) =>
      createContext(deps, request, response, { requestId, principal, navigation: shown, loadBadges });
    // Also the error page needs a context, should the session be unreadable.
    response.locals['context'] = known(null);
    // The status page has to tell that the database is down, so it does not ask it who is looking.
    if (request.path === paths.status) return next();
    const key = bearerOf(request);
    const { principal, viewEnded } =
      key === null
        ? await principalOf(deps, request)
        : { principal: await principalByKey(deps, key, request, response), viewEnded: false };
    if (viewEnded) return leaveView(deps, request, response);
    if (principal && !isLeaving(request)) {
      // Who is refused here leads nowhere but out.
      if (!principal.key) response.locals['context'] = known(principal, () => []);
      await assertAddress(deps, principal, request);
    }
    response.locals['principal'] = principal;
    response.locals['context'] = known(principal);
    next();
  };
}

/** Who only asks sends nothing that is to be read. */
function unlessAsking(parser: RequestHandler): RequestHandler {
  return (request, response, next) =>
    request.method === 'GET' || request.method === 'HEAD' ? next() : parser(request, response, next);
}

/** A body that no parser takes would otherwise count as none at all. */
const refuseUnreadable: RequestHandler = (request, response, next) => {
  const isEmpty = request.headers['content-length'] === '0' || response.locals['uploaded'] === true;
  if (!isEmpty && request.is(['json', 'urlencoded']) === false)
    throw new AppError('request.unsupported-type');
  next();
};

function serveHealth(app: Express, deps: ApiDeps): void {
  app.get('/healthz', (_request, response) => void response.json({ alive: true }));
  app.get('/readyz', async (_request, response) => {
    const ready = await readReadiness(deps);
    response.status(Object.values(ready).every(Boolean) ? 200 : 503).json({ ready });
  });
  app.all(['/healthz', '/readyz'], (_request, response) => {
    response.set('allow', 'GET, HEAD');
    throw new AppError('request.method-not-allowed');
  });
}

const advice = ({ code, status }: AppError) => {
  if (code === 'access.address-refused')
    return 'Use an allowed network, or ask another administrator to add this one.';
  if (code === 'view.refused') return 'End the view first. Some things only the person can do.';
  if (status === 402) return 'Owners and administrators of your business can pay under Billing.';
  if (status === 401) return 'Sign in and try again.';
  if (status === 403) return 'If you think you should be able to, ask the owner of your account.';
  if (status === 404) return 'Check the address, or go back to where you came from.';
  if (status >= 500)
    return 'Try again in a moment. If it keeps happening, contact support with the request ID.';
  return 'Go back and try again.';
};

const isUnpaid = ({ code }: AppError): boolean =>
  code === 'subscription.restricted' || code === 'subscription.suspended';

const answerError: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  if (response.headersSent) return next(thrown);
  const error = toAppError(thrown);
  const requestId = response.locals['requestId'] as string;
  response.locals['error'] = error;
  setErrorHeaders(response, error);
  if (wantsJson(request.path)) {
    response.status(error.status).type('application/problem+json').json(toProblem(error, requestId));
    return;
  }
  if (error.code === 'session.required' && request.method === 'GET') {
    return response.redirect(303, `/sign-in?next=${encodeURIComponent(request.originalUrl)}`);
  }
  const title = errorTable[error.code].text;
  const text = error.fields ? Object.values(error.fields).join(' ') : error.message;
  const page = ErrorPage({
    frame: pageContextOf(contextOf(response)),
    status: error.status,
    title,
    ...(text !== title && { text }),
    advice: advice(error),
    requestId,
    ...(isUnpaid(error) && { action: { title: 'Open billing', href: paths.billing } }),
  });
  compress(request, response);
  response.status(error.status).type('html').send(renderPage(page));
};

/** The whole of the API and portal, in the order in which a request passes it. */
export function createApp(deps: ApiDeps): Express {
  const app = express();
  const routes = areas.flatMap((area) => area.routes);
  const document = openApiDocument(
    routes.filter((route): route is Route => route.kind === 'json'),
    deps.publicUrl,
  );
  app.locals['publicUrl'] = deps.publicUrl;
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy);
  app.set('etag', false);
  app.use(name, securityHeaders, requestLog(deps.log));
  app.get('/assets/*file', serveAsset);
  serveHealth(app, deps);
  app.get('/api/openapi.json', (_request, response) => void response.json(document));
  mountHooks(
    app,
    deps,
    routes.filter((route) => route.kind === 'hook'),
  );
  app.use(identify(deps));
  app.use(
    readUploads(routes),
    unlessAsking(express.json({ limit: '256kb' })),
    unlessAsking(express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 500 })),
    unlessAsking(refuseUnreadable),
  );
  mountRoutes(
    app,
    routes.filter((route) => route.kind !== 'hook'),
  );
  app.use(() => {
    throw new AppError('request.not-found');
  });
  app.use(answerError);
  return app;
}
