import { fieldsOf, problemByStatus } from '../../kit/answers.ts';
import { basic, type OAuth2, type Sign } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import { hostLabel } from '../../kit/vendor-api.ts';
import type { Reply } from '../../kit/request.ts';
import { signedTimeAndBody, type WebhookScheme } from '../../kit/webhooks.ts';

const signIn = 'https://login.mailchimp.com/oauth2';
/** An API key ends with the data centre it belongs to. */
const apiKey = /^[0-9a-f]{32}-([a-z]{2}\d{1,3})$/;

const sign: Sign = (request, { accessToken = '' }) => {
  request.headers['authorization'] = apiKey.test(accessToken)
    ? basic('bizosaas', accessToken)
    : `Bearer ${accessToken}`;
};

/** Too many concurrent connections are also refused with a bare 403. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, {
    code: 'title',
    message: 'detail',
    fields: (body) => fieldsOf(at(body, 'errors'), 'field', 'message'),
  });
  const bare = reply.status === 403 && (reply.body === null || typeof reply.body !== 'object');
  return problem && bare ? { ...problem, kind: 'rate-limit' } : problem;
}

const auth: OAuth2 = {
  kind: 'oauth2',
  sign,
  authorizeUrl: `${signIn}/authorize`,
  scopes: [],
  tokenUrl: `${signIn}/token`,
  clientAuth: 'body',
  refresh: 'never',
  accountUrl: `${signIn}/metadata`,
  account: ({ dc }): Record<string, string> => (typeof dc === 'string' ? { dataCentre: dc } : {}),
};

const signed = signedTimeAndBody({
  header: 'x-mailchimp-signature',
  secretField: 'webhookSecret',
  summary: 'HMAC-SHA256 over time and body',
  read(delivery) {
    const form = Object.fromEntries(new URLSearchParams(delivery.raw.toString()));
    return form['type'] ? { id: null, type: form['type'], payload: form } : null;
  },
});

/** On setup, Mailchimp only checks that the URL exists. */
const webhook: WebhookScheme = {
  ...signed,
  receive: (delivery, secret, nowMs) =>
    delivery.method === 'GET'
      ? { verdict: 'challenge', status: 200, body: '' }
      : signed.receive(delivery, secret, nowMs),
};

export const manifest = defineManifest({
  name: 'mailchimp',
  title: 'Mailchimp',
  summary: 'Keep audiences, write newsletters, send them and see how they did.',
  category: 'advertising',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://mailchimp.com/developer/marketing/api/',
  credentials: [
    ...oauthFields('Filled in by connecting; an API key works as well.').filter(
      ({ key }) => key !== 'refreshToken',
    ),
    {
      key: 'dataCentre',
      label: 'Data centre',
      hint: 'Filled in by connecting, and part of every API key: us21 in …-us21.',
      secret: false,
      optional: true,
      pattern: '^[a-z]{2}\\d{1,3}$',
      placeholder: 'us21',
    },
    {
      key: 'webhookSecret',
      label: 'Signing secret of the webhook',
      secret: true,
      optional: true,
    },
  ],
  auth,
  api: {
    baseUrl({ accessToken = '', dataCentre }) {
      const place = apiKey.exec(accessToken)?.[1] ?? dataCentre;
      return `https://${hostLabel(place, 'data centre of Mailchimp')}.api.mailchimp.com/3.0`;
    },
    problemOf,
  },
  webhook,
  probe: { tool: 'mailchimp_list_audiences', arguments: { limit: 1 } },
});
