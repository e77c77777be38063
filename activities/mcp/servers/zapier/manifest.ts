import { fieldsOf, problemByStatus, resetsInMs } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { jsonOf, secretAddress } from '../../kit/webhooks.ts';

const hookAddress = /^https:\/\/hooks\.zapier\.com(\/hooks\/catch\/\d+\/[A-Za-z0-9]+)\/?$/;
/** Placeholder path for posts to a hook; the real path is secret and inserted when the request is signed. */
export const hookPath = '/hooks/catch';
const bearer = signBearer();

const auth: OAuth2 = {
  kind: 'oauth2',
  sign(request, credentials) {
    if (request.url.pathname !== hookPath) return bearer(request, credentials);
    const [, path] = hookAddress.exec(credentials['hookUrl'] ?? '') ?? [];
    if (!path) throw new RangeError('Enter the address of a catch hook in the connection first.');
    request.url.pathname = `${path}/`;
  },
  authorizeUrl: 'https://api.zapier.com/v2/authorize',
  scopes: ['zap', 'zap:write', 'zap:runs', 'authentication', 'action:run'],
  tokenUrl: 'https://zapier.com/oauth/token/',
  clientAuth: 'basic',
  refresh: 'rotates',
};

function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, {
    code: 'errors.0.code',
    message: 'errors.0.detail',
    fields: (body) => fieldsOf(at(body, 'errors'), 'source.pointer', 'detail'),
  });
  if (problem?.kind !== 'rate-limit') return problem;
  const waitMs = problem.retryAfterMs ?? resetsInMs(reply, 'x-ratelimit-reset');
  return { ...problem, ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
}

export const manifest = defineManifest({
  name: 'zapier',
  title: 'Zapier',
  summary: 'Start Zaps, run single actions in thousands of apps and see how Zaps are doing.',
  category: 'productivity',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://docs.zapier.com/powered-by-zapier/api-reference',
  credentials: [
    ...oauthFields(),
    {
      key: 'hookUrl',
      label: 'Address of a catch hook',
      hint: 'From a Zap that begins with "Webhooks by Zapier". Who knows the address can start the Zap.',
      secret: true,
      optional: true,
      pattern: hookAddress.source,
      placeholder: 'https://hooks.zapier.com/hooks/catch/…',
    },
  ],
  auth,
  api: { baseUrl: 'https://api.zapier.com', problemOf },
  webhook: secretAddress({
    summary: 'Secret address',
    read(delivery) {
      const payload = jsonOf(delivery);
      return payload && { id: payload['id'], type: payload['type'], payload };
    },
  }),
  probe: { tool: 'zapier_list_zaps', arguments: { limit: 1 } },
});
