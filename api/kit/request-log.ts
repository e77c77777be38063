import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One wide line per request, written when the answer has gone out. */
export function requestLog(log: Logger): RequestHandler {
  // Every field of the line is named here and none is secret; only what failed may carry more than it should.
  const plain = log.child({}, { redact: [] });
  return (request, response, next) => {
    const startedMs = performance.now();
    response.on('close', () => {
      const { requestId, principal, route, error, workflowId } = response.locals as {
        requestId?: string;
        principal?: { userId: string; role: string; tenant: { id: string } | null } | null;
        route?: string;
        error?: { code: string; cause?: unknown };
        workflowId?: string;
      };
      const status = response.statusCode;
      const line = {
        requestId,
        method: request.method,
        route: route ?? 'none',
        status,
        ms: Math.round((performance.now() - startedMs) * 10) / 10,
        actorId: principal?.userId,
        role: principal?.role,
        tenantId: principal?.tenant?.id,
        workflowId,
        code: error?.code,
        ...(status >= 500 && error?.cause !== undefined && { err: error.cause }),
      };
      // Readiness probes come often, and "not yet" is no failure.
      if (request.path === '/readyz' || request.path === '/healthz') plain.debug(line, 'request');
      else if (status >= 500) log.error(line, 'request failed');
      else plain.info(line, 'request');
    });
    next();
  };
}
