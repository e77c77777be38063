import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outgoing } from './auth.ts';
import { addQuery, bodyOf } from './encode.ts';
import type { Problem, VendorError } from './errors.ts';
import type { Manifest } from './server.ts';
import { type Connection, type Session, unreachable } from './session.ts';
import { exchange, NoAnswer } from './transport.ts';
import type { Method, Reply, VendorRequest } from './request.ts';

export interface CallOptions {
  /** Idempotency key; the same for every attempt of one call. */
  key: string;
  signal: AbortSignal;
  /** How long this call itself may wait for a vendor that asks to retry later. */
  patienceMs: number;
  /** Timeout for the vendor's response; the connection's own limit by default. */
  answersWithinMs?: number;
}

const tries = 3;
const firstWaitMs = 250;
const alwaysRepeatable: readonly Method[] = ['GET', 'PUT', 'DELETE'];

export const lost: Problem = {
  kind: 'unknown-outcome',
  code: 'outcome_unknown',
  message: 'No response arrived. The request may or may not have taken effect.',
};

/**
 * Sends the requests of one call: signed, with idempotency keys, with credentials renewed, and retried where that is
 * safe.
 */
export function createSender(
  manifest: Manifest,
  connection: Connection,
  session: Session,
  { key, patienceMs, ...limits }: CallOptions,
): (method: Method, request: VendorRequest) => Promise<Reply> {
  const { api, auth } = manifest;
  let writes = 0;

  async function tryOnce(outgoing: Outgoing, repeatable: boolean): Promise<Reply | VendorError> {
    let reply: Reply;
    try {
      reply = await exchange(outgoing, connection.through, limits);
    } catch (error) {
      limits.signal.throwIfAborted();
      if (error instanceof NoAnswer && error.sent && !repeatable) return session.fail(lost);
      return session.fail(unreachable(error));
    }
    const problem = api.problemOf(reply);
    if (!problem) return reply;
    // A server error may come after the request took effect; only repeatable requests are retried.
    const ambiguous = problem.kind === 'unavailable' && reply.status !== 503 && reply.status !== 529;
    return session.fail(ambiguous && !repeatable ? { ...lost, code: problem.code } : problem, reply);
  }

  return async (method, request) => {
    const writeKey = takesKey(manifest, method) ? keyOf(key, (writes += 1)) : null;
    const repeatable = request.repeatable ?? (writeKey !== null || alwaysRepeatable.includes(method));
    await session.prepare();
    for (let attempt = 1, recovered = false; ; attempt += 1) {
      const credentials = session.credentials();
      const outgoing = draft(manifest, session, method, request);
      if (writeKey !== null) addKey(api.idempotency, outgoing, writeKey);
      auth.sign(outgoing, credentials);
      const outcome = await tryOnce(outgoing, repeatable);
      if ('status' in outcome) return outcome;
      if (outcome.kind === 'credentials' && !recovered) {
        recovered = true;
        if (await session.recover(credentials['accessToken'])) continue;
      }
      const waitMs = outcome.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1);
      if (!outcome.retryable || attempt >= tries || waitMs > patienceMs) throw outcome;
      await sleep(waitMs, undefined, { signal: limits.signal });
    }
  };
}

function draft(manifest: Manifest, session: Session, method: Method, request: VendorRequest): Outgoing {
  const { api } = manifest;
  const credentials = session.credentials();
  const base = request.base ?? (typeof api.baseUrl === 'string' ? api.baseUrl : api.baseUrl(credentials));
  const standing = typeof api.headers === 'function' ? api.headers(credentials) : api.headers;
  const { body, type } = bodyOf(request, api.bodies ?? 'json');
  return {
    method,
    url: session.at(addressOf(base, request)),
    headers: {
      accept: 'application/json',
      'user-agent': 'BizOSaaS/1.0',
      ...lowerCase(standing),
      ...(type && { 'content-type': type }),
      ...lowerCase(request.headers),
    },
    body,
  };
}

function addressOf(base: string, request: VendorRequest): URL {
  const root = new URL(base);
  if (request.address) {
    const url = new URL(request.address, root.origin);
    // Some read "//elsewhere" as a path, others as another host, which would get the credentials.
    if (url.origin !== root.origin) throw new RangeError('This cursor is not from this list.');
    return url;
  }
  const url = new URL(root.pathname.replace(/\/$/, '') + (request.path ?? ''), root.origin);
  addQuery(url, request.query);
  return url;
}

function takesKey({ api }: Manifest, method: Method): boolean {
  if (!api.idempotency) return false;
  const methods = 'header' in api.idempotency ? api.idempotency.methods : undefined;
  return (methods ?? ['POST', 'PUT', 'PATCH', 'DELETE']).includes(method);
}

function addKey(place: Manifest['api']['idempotency'], outgoing: Outgoing, key: string): void {
  if (!place) return;
  if ('header' in place) outgoing.headers[place.header.toLowerCase()] = key;
  else outgoing.url.searchParams.set(place.query, key);
}

/** Key of one write of a call, by its order: as a UUID, the form every vendor takes. */
function keyOf(callKey: string, writeNumber: number): string {
  const hex = createHash('sha256').update(`${callKey}\n${writeNumber}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function lowerCase(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
