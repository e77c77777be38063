import { AppError, type ErrorCode } from '../../../db/domain/errors.ts';
import type { CallResult } from '../../../db/repos/integrations/admission.ts';
import { type ProblemKind, VendorError } from '../kit/errors.ts';
import { meta } from '../kit/mcp-server.ts';

/** Bytes; larger results help neither a person nor a model. */
export const maxResultBytes = 256 * 1024;

/** What a vendor's refusal means for the platform, and for the circuit breaker. */
const meanings: Record<ProblemKind, { code: ErrorCode; breaker: CallResult['breaker'] }> = {
  credentials: { code: 'connection.needs-reconnect', breaker: 'ok' },
  permission: { code: 'tool.vendor-failed', breaker: 'ok' },
  'not-found': { code: 'tool.vendor-failed', breaker: 'ok' },
  invalid: { code: 'tool.vendor-failed', breaker: 'ok' },
  refused: { code: 'tool.vendor-failed', breaker: 'ok' },
  'rate-limit': { code: 'tool.rate-limited', breaker: 'ok' },
  unavailable: { code: 'tool.vendor-unavailable', breaker: 'failure' },
  'unknown-outcome': { code: 'tool.outcome-unknown', breaker: 'failure' },
  'unexpected-answer': { code: 'tool.vendor-failed', breaker: 'ok' },
};

/** The outcome of a call that failed. */
export interface Failed {
  error: AppError;
  vendorCode: string | null;
  breaker: CallResult['breaker'];
}

export interface WireError {
  kind: ProblemKind;
  code: string;
  message: string;
  retryable: boolean;
  retryAfterMs: number | null;
  fields: Record<string, string>;
}

/** The error of a result with `isError`: as built-in servers write it, or as well as it can be read. */
export function wireErrorOf(result: { content?: unknown; _meta?: unknown }): WireError {
  const own = (result._meta as Record<string, unknown> | undefined)?.[meta.error];
  if (own) return own as WireError;
  const [first] = (result.content ?? []) as { text?: unknown }[];
  const message = typeof first?.text === 'string' ? first.text.slice(0, 500) : 'The tool failed.';
  return { kind: 'refused', code: 'tool_error', message, retryable: false, retryAfterMs: null, fields: {} };
}

/** A vendor's error as an error of the platform. `title` is the server's title. */
export function failedBy(title: string, wire: WireError): Failed {
  const meaning = meanings[wire.kind] ?? meanings['unexpected-answer'];
  // Looking before creating resolves a lost response at the next attempt.
  const code = wire.kind === 'unknown-outcome' && wire.retryable ? 'tool.vendor-unavailable' : meaning.code;
  const detail = {
    ...(meaning.code === 'tool.vendor-failed' && { text: `${title}: ${wire.message}` }),
    ...(Object.keys(wire.fields).length > 0 && { fields: wire.fields }),
    ...(wire.retryAfterMs !== null && { retryAfterMs: wire.retryAfterMs }),
  };
  return { error: new AppError(code, detail), vendorCode: wire.code, breaker: meaning.breaker };
}

/** The failure for an error thrown between the gateway and the server. */
export function failedInTransit(
  title: string,
  thrown: unknown,
  { timedOut, repeatable }: { timedOut: boolean; repeatable: boolean },
): Failed {
  if (thrown instanceof AppError) return { error: thrown, vendorCode: null, breaker: 'none' };
  if (thrown instanceof VendorError) return failedBy(title, thrown);
  const unknown = repeatable
    ? timedOut
      ? ('tool.timeout' as const)
      : ('tool.vendor-unavailable' as const)
    : ('tool.outcome-unknown' as const);
  return { error: new AppError(unknown, { cause: thrown }), vendorCode: null, breaker: 'failure' };
}

/** Characters that people don't see but models read: Unicode tags, and controls other than tab and line ends. */
const hidden = /[\u{E0000}-\u{E007F}]|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu;

export function withoutHidden(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(hidden, '');
  if (Array.isArray(value)) return value.map(withoutHidden);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key.replace(hidden, ''), withoutHidden(member)]),
    );
  }
  return value;
}
