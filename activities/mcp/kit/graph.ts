import { createHmac } from 'node:crypto';
import { problemByStatus } from './answers.ts';
import type { OAuth2, Sign } from './auth.ts';
import type { Problem, ProblemKind } from './errors.ts';
import { at, type Paging } from './paging.ts';
import type { Reply } from './request.ts';
import { type Received, signedBody, type WebhookScheme } from './webhooks.ts';
import { minuteMs } from '../../../db/domain/time.ts';

/** Version of Meta's Graph API, in every address. */
export const graphUrl = 'https://graph.facebook.com/v25.0';

/** The token, and the proof that its sender also knows the app's secret. */
const signGraph: Sign = (request, credentials) => {
  const token = credentials['accessToken'] ?? '';
  const secret = credentials['clientSecret'];
  request.headers['authorization'] = `Bearer ${token}`;
  if (secret) {
    const proof = createHmac('sha256', secret).update(token).digest('hex');
    request.url.searchParams.set('appsecret_proof', proof);
  }
};

/** OAuth at Facebook. Tokens aren't refreshed: those of system users don't expire, others need a reconnect. */
export function graphAuth(scopes: readonly string[]): OAuth2 {
  return {
    kind: 'oauth2',
    sign: signGraph,
    authorizeUrl: 'https://www.facebook.com/v25.0/dialog/oauth',
    scopes,
    scopeSeparator: ',',
    tokenUrl: `${graphUrl}/oauth/access_token`,
    clientAuth: 'body',
    refresh: 'never',
  };
}

const kinds: readonly (readonly [RegExp, ProblemKind])[] = [
  [/^(4|17|32|341|613|800\d\d|130429|131048|131056)$/, 'rate-limit'],
  [/^(102|190|463|467)$/, 'credentials'],
  [/^(3|10|2\d\d|131005)$/, 'permission'],
  [/^(1|2|131000|131016)$/, 'unavailable'],
  [/^(368|1310[234]\d|130472|131049|131050)$/, 'refused'],
  [/^(803)$/, 'not-found'],
];

/** Subcode of 100: the object doesn't exist or isn't visible. */
const nothingThere = 33;

/** Milliseconds until the business may ask again: the longest time its usage header gives. */
function regainMs(reply: Reply): number | undefined {
  const minutes = [
    ...(reply.headers['x-business-use-case-usage'] ?? '').matchAll(
      /"estimated_time_to_regain_access":(\d+)/g,
    ),
  ].map(([, found]) => Number(found));
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? longest * minuteMs : undefined;
}

/** Graph's error object: its code is more specific than the status. The message for people is in `error_user_msg`. */
export function graphProblemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'error.code', message: 'error.message' });
  if (!problem) return null;
  const kind = kinds.find(([codes]) => codes.test(problem.code))?.[1];
  const gone = at(reply.body, 'error.error_subcode') === nothingThere;
  const passing = at(reply.body, 'error.is_transient') === true;
  const found = gone ? 'not-found' : (kind ?? (passing ? 'unavailable' : problem.kind));
  const forPeople = at(reply.body, 'error.error_user_msg') ?? at(reply.body, 'error.error_data.details');
  const field = at(reply.body, 'error.error_data.blame_field_specs.0.0');
  const wait = regainMs(reply) ?? (found === 'rate-limit' ? (problem.retryAfterMs ?? minuteMs) : undefined);
  const message = typeof forPeople === 'string' ? forPeople : problem.message;
  return {
    ...problem,
    kind: found,
    message,
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(typeof field === 'string' && { fields: { [field]: message } }),
  };
}

/** Cursors come with every page, the last one too; only `next` means that there is more. */
export const graphPages: Paging = {
  ask: ({ mark, limit }) => ({ query: { limit, ...(mark !== null && { after: mark }) } }),
  items: (reply) => at(reply.body, 'data'),
  next(reply) {
    const after = at(reply.body, 'paging.cursors.after');
    return at(reply.body, 'paging.next') && typeof after === 'string' ? after : null;
  },
};

/**
 * Meta verifies the webhook URL by GET. Its challenge is echoed without comparing the verify token: knowing the URL
 * reveals nothing, and every later delivery has to carry the app's signature.
 */
function helloOf({ method, url }: { method: string; url: string }): Received | null {
  const query = new URL(url, 'https://here.invalid').searchParams;
  const number = query.get('hub.challenge') ?? '';
  if (method !== 'GET' || query.get('hub.mode') !== 'subscribe' || !/^\w{1,200}$/.test(number)) return null;
  return { verdict: 'challenge', status: 200, body: number, contentType: 'text/plain' };
}

/** Deliveries of Meta, signed with the app's secret. */
export function graphWebhook(scheme: {
  type: (payload: Record<string, unknown>) => unknown;
  id?: (payload: Record<string, unknown>) => unknown;
}): WebhookScheme {
  return signedBody({
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    encoding: 'hex',
    secretField: 'clientSecret',
    summary: 'HMAC-SHA256 over the body with the secret of the app',
    challenge: helloOf,
    account: (payload) => at(payload, 'entry.0.id'),
    ...scheme,
  });
}
