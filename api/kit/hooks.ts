import express, { type Express, type RequestHandler } from 'express';
import { AppError } from '../../db/domain/errors.ts';
import { createContext, noBadges } from './context.ts';
import type { ApiDeps } from './deps.ts';
import type { Hook } from './route.ts';

const methods = ['GET', 'HEAD', 'POST'];

/** The bytes as they came, since signatures are over bytes. */
const bytes = express.raw({ type: () => true, limit: '1mb' });

function handlerOf(deps: ApiDeps, hook: Hook): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = hook.path;
    const params = hook.params.safeParse(request.params);
    if (!params.success) throw new AppError('request.not-found');
    const requestId = response.locals['requestId'] as string;
    const anonymous = { requestId, principal: null, navigation: () => [], loadBadges: async () => noBadges };
    const context = createContext(deps, request, response, anonymous);
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    await hook.receive(context, { params: params.data as Record<string, string>, raw });
  };
}

/** Mounts what other systems call: before sessions and parsers, which are not for them. */
export function mountHooks(app: Express, deps: ApiDeps, hooks: readonly Hook[]): void {
  for (const hook of hooks) {
    app.all(hook.path, (request, response, next) => {
      if (methods.includes(request.method)) return next();
      response.set('allow', methods.join(', '));
      throw new AppError('request.method-not-allowed');
    });
    app.all(hook.path, bytes, handlerOf(deps, hook));
  }
}
