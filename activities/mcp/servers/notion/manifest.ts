import { problemByStatus } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { type Delivery, jsonOf, type Received, signedBody } from '../../kit/webhooks.ts';

const host = 'https://api.notion.com';

/** Only the message says which member of the body is wrong. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'code', message: 'message' });
  const field = problem && /\bbody\.([\w.]+\w)/.exec(problem.message)?.[1];
  return problem && field ? { ...problem, fields: { [field]: problem.message } } : problem;
}

/** Notion sends the secret before its first signed delivery; later secrets are refused, or anyone could replace it. */
function firstSecret(delivery: Delivery, secret: string): Received | null {
  const token = at(jsonOf(delivery), 'verification_token');
  if (secret !== '' || typeof token !== 'string') return null;
  return { verdict: 'challenge', status: 200, body: '', secret: token };
}

const auth: OAuth2 = {
  kind: 'oauth2',
  sign: signBearer(),
  authorizeUrl: `${host}/v1/oauth/authorize`,
  authorizeParams: { owner: 'user' },
  // The capabilities of a connection are set in Notion.
  scopes: [],
  tokenUrl: `${host}/v1/oauth/token`,
  clientAuth: 'basic',
  tokenJson: true,
  refresh: 'rotates',
  revoke: { url: `${host}/v1/oauth/revoke`, clientAuth: 'basic' },
  account: ({ workspace_id: id }): Record<string, string> =>
    typeof id === 'string' ? { workspace: id } : {},
};

export const manifest = defineManifest({
  name: 'notion',
  title: 'Notion',
  summary: 'Find, read and write pages and tables of your Notion workspace.',
  category: 'productivity',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://developers.notion.com/reference/intro',
  credentials: [
    ...oauthFields('Filled in by connecting; the token of an internal connection (ntn_…) works as well.'),
    { key: 'workspace', label: 'Workspace', hint: 'Filled in by connecting.', secret: false, optional: true },
    {
      key: 'verificationToken',
      label: 'Verification token of the webhook',
      hint: 'Notion sends it when the webhook is set up.',
      secret: true,
      optional: true,
    },
  ],
  auth,
  api: {
    baseUrl: host,
    headers: { 'Notion-Version': '2026-03-11' },
    requestId: 'x-notion-request-id',
    problemOf,
  },
  webhook: signedBody({
    summary: 'HMAC-SHA256 over the body',
    header: 'x-notion-signature',
    prefix: 'sha256=',
    encoding: 'hex',
    secretField: 'verificationToken',
    // The body contains the attempt number, so its bytes differ per attempt.
    id: (payload) => payload['id'],
    type: (payload) => payload['type'],
    account: (payload) => payload['workspace_id'],
    challenge: firstSecret,
  }),
  probe: { tool: 'notion_list_users', arguments: { limit: 1 } },
});
