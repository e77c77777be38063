import { fieldsOf, problemByStatus } from './answers.ts';
import { type OAuth2, signBearer } from './auth.ts';
import type { Problem } from './errors.ts';
import { at } from './paging.ts';
import type { Reply } from './request.ts';
import { dayMs, minuteMs } from '../../../db/domain/time.ts';

/** OAuth at Google: `offline` with forced consent, since otherwise only the first consent returns a refresh token. */
export function googleAuth(scopes: readonly string[]): OAuth2 {
  return {
    kind: 'oauth2',
    sign: signBearer(),
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    authorizeParams: { access_type: 'offline', prompt: 'consent' },
    scopes: scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`),
    issuer: 'https://accounts.google.com',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    clientAuth: 'body',
    refresh: 'keeps',
    revoke: { url: 'https://oauth2.googleapis.com/revoke', clientAuth: 'body' },
  };
}

/** Google's rate limit reasons, of older APIs and of google.rpc.ErrorInfo. */
const tooFast =
  /^(rateLimitExceeded|userRateLimitExceeded|quotaExceeded|dailyLimitExceeded|RATE_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED)$/;
const usedUpToday = /^(quotaExceeded|dailyLimitExceeded)$/;

/** Daily quotas reset at midnight in California. */
function nextQuotaDayMs(nowMs: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Los_Angeles', timeStyle: 'medium' });
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(nowMs).split(':').map(Number);
  return dayMs - ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

interface Detail {
  reason?: unknown;
  retryDelay?: unknown;
  fieldViolations?: unknown;
}

const secondsOf = (delay: unknown) =>
  typeof delay === 'string' && /^\d+(\.\d+)?s$/.test(delay)
    ? Math.ceil(parseFloat(delay) * 1_000)
    : undefined;

/**
 * Google's error object, old and new: status, reason of its first error, delay and fields from its details. After a
 * server error no request is made for a minute: Analytics blocks a property after ten of them in an hour.
 */
export function googleProblemOf(reply: Reply, nowMs = Date.now()): Problem | null {
  const problem = problemByStatus(reply, { code: 'error.status', message: 'error.message' });
  if (!problem) return null;
  const details = (at(reply.body, 'error.details') ?? []) as Detail[];
  const reasons = [at(reply.body, 'error.errors.0.reason'), ...details.map(({ reason }) => reason)];
  const reason = reasons.find((one) => typeof one === 'string') as string | undefined;
  const code = reason ?? problem.code;
  const fast = problem.kind === 'rate-limit' || (reply.status === 403 && tooFast.test(code));
  const stated = details.map(({ retryDelay }) => secondsOf(retryDelay)).find((ms) => ms !== undefined);
  const wait =
    problem.retryAfterMs ??
    stated ??
    (fast && usedUpToday.test(code) ? nextQuotaDayMs(nowMs) : undefined) ??
    (problem.kind === 'unavailable' && reply.status !== 503 ? minuteMs : undefined);
  const fields = fieldsOf(
    details.flatMap(({ fieldViolations }) => fieldViolations ?? []),
    'field',
    'description',
  );
  return {
    ...problem,
    code,
    ...(fast && { kind: 'rate-limit' as const }),
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}
