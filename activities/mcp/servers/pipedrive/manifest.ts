import { problemByStatus, waitsMs } from '../../kit/answers.ts';
import { basic, type OAuth2, type Sign } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import { hostLabel } from '../../kit/vendor-api.ts';
import type { Reply } from '../../kit/request.ts';
import { jsonOf, same, secretAddress } from '../../kit/webhooks.ts';
import { hourMs } from '../../kit/time.ts';

const signIn = 'https://oauth.pipedrive.com/oauth';

/** A personal API token goes into its own header; its form differs from OAuth tokens. */
const sign: Sign = (request, { accessToken = '' }) => {
  if (/^[0-9a-f]{40}$/.test(accessToken)) request.headers['x-api-token'] = accessToken;
  else request.headers['authorization'] = `Bearer ${accessToken}`;
};

/** Errors may have status 200 and `success: false`. The daily limit differs from the burst limit of 2 s. */
function problemOf(reply: Reply): Problem | null {
  const says = { code: 'code', message: 'error' };
  const refusal = at(reply.body, 'success') === false;
  const problem = problemByStatus(refusal && reply.status < 300 ? { ...reply, status: 400 } : reply, says);
  if (problem?.kind !== 'rate-limit') return problem;
  const spent = reply.headers['x-daily-requests-left'] === '0';
  const wait = spent ? hourMs : (waitsMs(reply, 'x-ratelimit-reset') ?? problem.retryAfterMs);
  return { ...problem, ...(wait !== undefined && { retryAfterMs: wait }) };
}

const auth: OAuth2 = {
  kind: 'oauth2',
  sign,
  authorizeUrl: `${signIn}/authorize`,
  scopes: ['deals:full', 'contacts:full', 'activities:full', 'leads:full', 'search:read'],
  tokenUrl: `${signIn}/token`,
  clientAuth: 'basic',
  refresh: 'keeps',
  revoke: { url: `${signIn}/revoke`, clientAuth: 'basic' },
  account({ api_domain: domain }): Record<string, string> {
    const company = /^https:\/\/([a-z0-9-]+)\.pipedrive\.com$/.exec(String(domain))?.[1];
    return company ? { company } : {};
  },
};

export const manifest = defineManifest({
  name: 'pipedrive',
  title: 'Pipedrive',
  summary: 'Follow deals through their stages, with the people, leads and activities around them.',
  category: 'customers',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://developers.pipedrive.com/docs/api/v1',
  credentials: [
    ...oauthFields('Filled in by connecting; your personal API token works as well.'),
    {
      key: 'company',
      label: 'Company domain',
      hint: 'The part before .pipedrive.com in your address.',
      secret: false,
      optional: true,
      pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
      placeholder: 'example',
    },
    {
      key: 'webhookPassword',
      label: 'Password of the webhook',
      hint: 'With the user name bizosaas, as entered for the webhook in Pipedrive.',
      secret: true,
      optional: true,
    },
  ],
  auth,
  api: {
    baseUrl: ({ company }) =>
      `https://${hostLabel(company, 'company domain of Pipedrive')}.pipedrive.com/api`,
    problemOf,
  },
  webhook: secretAddress({
    summary: 'A secret address and HTTP Basic; deliveries are not signed',
    secretField: 'webhookPassword',
    proves: ({ headers }, secret) => same(headers['authorization'] ?? '', basic('bizosaas', secret)),
    read(delivery) {
      const payload = jsonOf(delivery);
      const word = (name: string) => String(at(payload, `meta.${name}`));
      return payload && { id: at(payload, 'meta.id'), type: `${word('entity')}.${word('action')}`, payload };
    },
  }),
  probe: { tool: 'pipedrive_list_stages', arguments: {} },
});
