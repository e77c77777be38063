import { problemByStatus } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { signedBody } from '../../kit/webhooks.ts';

const identity = 'https://identity.xero.com/connect';

const auth: OAuth2 = {
  kind: 'oauth2',
  sign: signBearer(),
  authorizeUrl: 'https://login.xero.com/identity/connect/authorize',
  scopes: [
    'offline_access',
    'accounting.invoices',
    'accounting.payments',
    'accounting.contacts',
    'accounting.settings.read',
    'accounting.reports.profitandloss.read',
  ],
  tokenUrl: `${identity}/token`,
  clientAuth: 'basic',
  refresh: 'rotates',
  revoke: { url: `${identity}/revocation`, clientAuth: 'basic' },
};

/** The validation errors of one record; only their messages name the field. */
function sentencesOf(element: unknown): string[] {
  const errors = at(element, 'ValidationErrors');
  return (Array.isArray(errors) ? errors : []).flatMap((one) => {
    const message = at(one, 'Message');
    return typeof message === 'string' ? [message] : [];
  });
}

/** A rejected record within a successful response. */
function refusedRecord(reply: Reply): Problem | null {
  if (reply.body === null || typeof reply.body !== 'object') return null;
  const records = Object.values(reply.body).flatMap((member: unknown): unknown[] =>
    Array.isArray(member) ? member : [],
  );
  const refused: unknown = records.find(
    (one: unknown) => at(one, 'HasErrors') === true || at(one, 'StatusAttributeString') === 'ERROR',
  );
  if (!refused) return null;
  const message = sentencesOf(refused).join(' ') || 'Xero refuses this.';
  return { kind: 'invalid', code: 'ValidationException', message };
}

function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'Type', message: 'Message' });
  if (!problem) return refusedRecord(reply);
  const sentences = sentencesOf(at(reply.body, 'Elements.0'));
  const detail = at(reply.body, 'Detail');
  return {
    ...problem,
    ...(typeof detail === 'string' && { code: detail, message: detail }),
    ...(sentences.length > 0 && { message: sentences.join(' ') }),
  };
}

export const manifest = defineManifest({
  name: 'xero',
  title: 'Xero',
  summary: 'Write and mail invoices, record payments and read the profit and loss.',
  category: 'finance',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://developer.xero.com/documentation/api/accounting/overview',
  credentials: [
    ...oauthFields(),
    {
      key: 'tenantId',
      label: 'Id of the organisation',
      hint: 'Only needed where your sign-in reaches several organisations.',
      secret: false,
      optional: true,
      pattern: '^[0-9a-fA-F-]{36}$',
    },
    { key: 'webhookKey', label: 'Signing key of the webhook', secret: true, optional: true },
  ],
  auth,
  api: {
    baseUrl: 'https://api.xero.com/api.xro/2.0',
    headers: ({ tenantId }) => ({ ...(tenantId && { 'xero-tenant-id': tenantId }) }),
    idempotency: { header: 'Idempotency-Key', methods: ['POST', 'PUT'] },
    requestId: 'xero-correlation-id',
    problemOf,
  },
  webhook: signedBody({
    header: 'x-xero-signature',
    encoding: 'base64',
    secretField: 'webhookKey',
    summary: 'HMAC-SHA256 over the body',
    type(payload) {
      const event = at(payload, 'events.0');
      // A delivery without events verifies the URL: it expects 200 or 401 by its signature.
      if (!event) return 'intent-to-receive';
      return `${String(at(event, 'eventCategory'))}.${String(at(event, 'eventType'))}`;
    },
    account: (payload) => at(payload, 'events.0.tenantId'),
  }),
  probe: { tool: 'xero_get_organisation', arguments: {} },
});
