import { problemByStatus, waitsMs } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { hmac, idOf, inWindow, jsonOf, refused, same, type WebhookScheme } from '../../kit/webhooks.ts';
import { hourMs } from '../../kit/time.ts';

const host = 'https://api.hubapi.com';

/** HubSpot names the property inside the context of each error. */
function fieldsOf(body: unknown): Record<string, string> {
  const errors = at(body, 'errors');
  if (!Array.isArray(errors)) return {};
  const entries = errors.flatMap((error: unknown): [string, string][] => {
    const named = at(error, 'context.propertyName');
    const field: unknown = Array.isArray(named) ? named[0] : at(error, 'in');
    const message = at(error, 'message');
    return typeof field === 'string' && typeof message === 'string' ? [[field, message]] : [];
  });
  return Object.fromEntries(entries);
}

/** A daily limit resets hours later, a burst limit within the window that a header names. */
function waitOf(reply: Reply): number | undefined {
  if (at(reply.body, 'policyName') === 'DAILY') return hourMs;
  const windowMs = Number(reply.headers['x-hubspot-ratelimit-interval-milliseconds']);
  return waitsMs(reply, 'retry-after') ?? (windowMs > 0 ? windowMs : undefined);
}

/** Of several records some were saved: 207, with an error for each that was not. */
function partly(reply: Reply): Problem | null {
  const message = at(reply.body, 'errors.0.message');
  if (reply.status !== 207 || typeof message !== 'string') return null;
  const code = at(reply.body, 'errors.0.category');
  return {
    kind: 'invalid',
    code: typeof code === 'string' ? code : 'partly_saved',
    message: `Not all were saved: ${message}`,
    fields: fieldsOf(reply.body),
  };
}

function problemOf(reply: Reply): Problem | null {
  const part = partly(reply);
  if (part) return part;
  const problem = problemByStatus(reply, { code: 'category', message: 'message', fields: fieldsOf });
  if (problem?.kind !== 'rate-limit') return problem;
  const wait = waitOf(reply);
  return { ...problem, ...(wait !== undefined && { retryAfterMs: wait }) };
}

const auth: OAuth2 = {
  kind: 'oauth2',
  sign: signBearer(),
  authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
  scopes: [
    'oauth',
    'crm.objects.contacts.read',
    'crm.objects.contacts.write',
    'crm.objects.companies.read',
    'crm.objects.deals.read',
    'crm.objects.deals.write',
    'crm.objects.owners.read',
    'crm.lists.write',
    'tickets',
  ],
  tokenUrl: `${host}/oauth/2026-09/token`,
  clientAuth: 'body',
  refresh: 'keeps',
  revoke: { url: `${host}/oauth/2026-09/token/revoke`, clientAuth: 'body' },
};

/** Version 3 signs method, address, body and time; one delivery holds up to a hundred events. */
const webhook: WebhookScheme = {
  summary: 'HMAC-SHA256 over method, address, body and time (v3)',
  secretField: 'clientSecret',
  receive(delivery, secret, nowMs) {
    const time = delivery.headers['x-hubspot-request-timestamp'] ?? '';
    const content = `${delivery.method}${delivery.url}${delivery.raw.toString()}${time}`;
    const given = delivery.headers['x-hubspot-signature-v3'] ?? '';
    if (!same(given, hmac('sha256', secret, content, 'base64'))) {
      return refused('the signature does not fit');
    }
    if (time === '' || !inWindow(Number(time), nowMs)) return refused('the delivery is too old');
    const payload = jsonOf(delivery);
    if (!payload) return refused('the body is no JSON');
    const type = at(payload, '0.subscriptionType');
    const portal = at(payload, '0.portalId');
    return {
      verdict: 'event',
      id: idOf(delivery),
      type: typeof type === 'string' ? type : 'unknown',
      payload,
      ...(typeof portal === 'number' && { account: String(portal) }),
    };
  },
};

export const manifest = defineManifest({
  name: 'hubspot',
  title: 'HubSpot',
  summary: 'Keep contacts, deals and tickets, and note what was said and agreed.',
  category: 'customers',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://developers.hubspot.com/docs/api-reference/overview',
  credentials: [
    ...oauthFields('Filled in by connecting; the token of a private app or a service key works as well.'),
    {
      key: 'currency',
      label: 'Currency of the account',
      hint: 'For deals that name no currency of their own.',
      secret: false,
      optional: true,
      pattern: '^[A-Z]{3}$',
      placeholder: 'EUR',
    },
  ],
  auth,
  api: { baseUrl: host, requestId: 'x-hubspot-correlation-id', problemOf },
  webhook,
  probe: { tool: 'hubspot_list_owners', arguments: { limit: 1 } },
});
