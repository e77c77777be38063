import { problemByStatus, resetsInMs } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { signedBody } from '../../kit/webhooks.ts';
import { minuteMs } from '../../kit/time.ts';

/** Errors name a field, with a message or a code. */
function fieldsOf(body: unknown): Record<string, string> {
  const errors = at(body, 'errors');
  const entries = (Array.isArray(errors) ? errors : []).flatMap((one: unknown): [string, string][] => {
    const field = at(one, 'field');
    const said = at(one, 'message') ?? at(one, 'code');
    return typeof field === 'string' && typeof said === 'string' ? [[field, said]] : [];
  });
  return Object.fromEntries(entries);
}

/** Rate limits are 403 or 429: with a wait, with the reset time, or with a message only. */
function limitOf(reply: Reply, { retryAfterMs, message }: Problem): number | null {
  if (reply.status !== 403 && reply.status !== 429) return null;
  if (retryAfterMs !== undefined) return retryAfterMs;
  if (reply.headers['x-ratelimit-remaining'] === '0') {
    return resetsInMs(reply, 'x-ratelimit-reset') ?? minuteMs;
  }
  return reply.status === 429 || /rate limit/i.test(message) ? minuteMs : null;
}

function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { message: 'message', fields: fieldsOf });
  if (!problem) return null;
  const waitMs = limitOf(reply, problem);
  if (waitMs !== null) return { ...problem, kind: 'rate-limit', retryAfterMs: waitMs };
  // The pull request can't be merged in its current state.
  return reply.status === 405 ? { ...problem, kind: 'refused' } : problem;
}

const auth: OAuth2 = {
  kind: 'oauth2',
  sign: signBearer(),
  authorizeUrl: 'https://github.com/login/oauth/authorize',
  scopes: ['repo'],
  issuer: 'https://github.com/login/oauth',
  tokenUrl: 'https://github.com/login/oauth/access_token',
  clientAuth: 'body',
  refresh: 'rotates',
};

export const manifest = defineManifest({
  name: 'github',
  title: 'GitHub',
  summary: 'Work with issues, files, pull requests and workflows of your repositories.',
  category: 'development',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://docs.github.com/en/rest',
  credentials: [
    ...oauthFields('Filled in by connecting; a fine-grained personal access token works as well.'),
    { key: 'webhookSecret', label: 'Secret of the webhook', secret: true, optional: true },
  ],
  auth,
  api: {
    baseUrl: 'https://api.github.com',
    headers: { Accept: 'application/vnd.github+json', 'X-GitHub-Api-Version': '2026-03-10' },
    requestId: 'x-github-request-id',
    problemOf,
  },
  webhook: signedBody({
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    encoding: 'hex',
    secretField: 'webhookSecret',
    summary: 'HMAC-SHA256 over the body',
    idHeader: 'x-github-delivery',
    type(payload, headers) {
      const { action } = payload;
      const event = headers['x-github-event'];
      return event && typeof action === 'string' ? `${event}.${action}` : event;
    },
    account: (payload) => at(payload, 'repository.owner.login'),
  }),
  probe: { tool: 'github_list_repositories', arguments: { limit: 1 } },
});
