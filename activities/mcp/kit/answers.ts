import type { Problem, ProblemKind } from './errors.ts';
import { at } from './paging.ts';
import type { Reply } from './request.ts';

/** The kind of problem a status alone means; null for success. @see RFC 9110 §15. */
export function kindOf(status: number): ProblemKind | null {
  if (status < 300) return null;
  if (status === 401) return 'credentials';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 402 || status === 409) return 'refused';
  if (status === 429) return 'rate-limit';
  if (status === 503 || status === 529) return 'unavailable';
  if (status >= 500) return 'unavailable';
  return status < 400 ? 'unexpected-answer' : 'invalid';
}

/** `Retry-After`: seconds or a date (RFC 9110 §10.2.3), as milliseconds from now. */
export function retryAfterMs(reply: Reply, nowMs = Date.now()): number | undefined {
  const value = reply.headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1_000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** A header that holds when to retry (epoch seconds), as milliseconds from now. */
export function resetsInMs(reply: Reply, header: string, nowMs = Date.now()): number | undefined {
  const atS = Number(reply.headers[header]);
  return Number.isFinite(atS) && atS > 0 ? Math.max(0, atS * 1_000 - nowMs) : undefined;
}

/** A header that holds the seconds to wait, as milliseconds. */
export function waitsMs(reply: Reply, header: string): number | undefined {
  const seconds = Number(reply.headers[header]);
  return reply.headers[header] !== undefined && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

const textAt = (body: unknown, path: string | undefined): string | undefined => {
  const value = path === undefined ? undefined : at(body, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/**
 * The problem of a response with an error status, with code and message from where this vendor puts them (dotted
 * paths). A profile's `problemOf` starts with this and adds what is specific to the vendor.
 */
export function problemByStatus(
  reply: Reply,
  where: { code?: string; message?: string; fields?: (body: unknown) => Record<string, string> } = {},
): Problem | null {
  const kind = kindOf(reply.status);
  if (!kind) return null;
  const wait = retryAfterMs(reply);
  const fields = where.fields?.(reply.body);
  return {
    kind,
    code: textAt(reply.body, where.code) ?? `http_${reply.status}`,
    message: textAt(reply.body, where.message) ?? `The response had status ${reply.status}.`,
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(fields && Object.keys(fields).length > 0 && { fields }),
  };
}

/** A list of entries that each name a field and a message, as messages by field. */
export function fieldsOf(list: unknown, name: string, message: string): Record<string, string> {
  if (!Array.isArray(list)) return {};
  const entries = list.flatMap((one): [string, string][] => {
    const field = textAt(one, name);
    const text = textAt(one, message);
    return field && text ? [[field, text]] : [];
  });
  return Object.fromEntries(entries);
}
