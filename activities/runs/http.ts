import { Context } from '@temporalio/activity';
import { AppError } from '../../db/domain/errors.ts';
import type { Json } from '../../db/domain/runs/templates/definition.ts';
import { forbiddenHostCode, openConnections } from '../mcp/kit/network.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import { assertNotFrozen } from '../shared/freeze.ts';
import type { Deps } from '../deps.ts';

const timeoutMs = 60_000;
const maxBytes = 100_000;

const codesOf = (error: unknown): string[] => {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return [...(code ? [code] : []), ...(cause ? codesOf(cause) : [])];
};

/** Nothing was sent: the name is unknown, or no connection came about. */
const notSent = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.username === '' && url.password === '';
  if (!url || !isPlain || !['http:', 'https:'].includes(url.protocol)) throw new AppError('http.not-public');
  return url;
}

async function readBody(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) throw new AppError('template.too-large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string, type: string): Json {
  if (!/\bjson\b/.test(type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

export interface HttpRequest {
  tenantId: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Json;
}

/** Calls of public web addresses by workflows; no redirect is followed. */
export function httpActivities(deps: Pick<Deps, 'db' | 'tools'>) {
  return {
    /**
     * Calls a public web address. Throws `http.not-public`, `http.refused` for a status of 400 or more,
     * `http.unavailable`; `tenant.frozen`; `http.outcome-unknown` where a request that changes something got no answer.
     */
    async callAddress({
      tenantId,
      method,
      url,
      headers,
      body,
    }: HttpRequest): Promise<{ status: number; body: Json }> {
      if (method !== 'GET') await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
      const dispatcher = openConnections({ guarded: !deps.tools.allowPrivateHosts });
      const { origin, pathname, search } = urlOf(url);
      const sent = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
      try {
        const response = await dispatcher.request({
          origin,
          path: pathname + search,
          method: method as 'GET',
          signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), Context.current().cancellationSignal]),
          headers: {
            accept: 'application/json, text/*;q=0.9',
            ...(sent !== null && {
              'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
            }),
            'idempotency-key': effectKey(),
            ...headers,
          },
          ...(sent !== null && method !== 'GET' && { body: sent }),
        });
        const { statusCode: status } = response;
        const text = await readBody(response.body);
        if (status >= 500 && method === 'GET') throw new AppError('http.unavailable');
        if (status >= 400)
          throw new AppError('http.refused', { text: `The web address answered with ${status}.` });
        return { status, body: parsed(text, String(response.headers['content-type'] ?? '')) };
      } catch (error) {
        if (error instanceof AppError) throw error;
        const codes = codesOf(error);
        if (codes.includes(forbiddenHostCode)) throw new AppError('http.not-public', { cause: error });
        const isSafe = method === 'GET' || codes.some((code) => notSent.includes(code));
        throw new AppError(isSafe ? 'http.unavailable' : 'http.outcome-unknown', { cause: error });
      } finally {
        await dispatcher.destroy();
      }
    },
  };
}
