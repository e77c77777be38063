import { fieldsOf, problemByStatus } from '../../kit/answers.ts';
import { type Auth, basic, signBearer } from '../../kit/auth.ts';
import type { Credentials } from '../../kit/credentials.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { signedByPayPal } from './webhook.ts';

const hostOf = ({ environment }: Credentials) =>
  `https://api-m.${environment === 'sandbox' ? 'sandbox.' : ''}paypal.com`;

const auth: Auth = {
  kind: 'token',
  sign: signBearer(),
  exchange: (credentials) => ({
    url: `${hostOf(credentials)}/v1/oauth2/token`,
    form: { grant_type: 'client_credentials' },
    headers: { authorization: basic(credentials['clientId'] ?? '', credentials['clientSecret'] ?? '') },
  }),
};

/** Issues that decline this payment, rather than reject the request. */
const declined = /DECLINED|NOT_APPROVED|ALREADY_|PAYER_|INSUFFICIENT|EXCEEDED|NOT_ALLOWED|COMPLIANCE/;

/** The name is the kind of error, the first issue the exact problem. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'name', message: 'message' });
  if (!problem) return null;
  const details = at(reply.body, 'details');
  const issue = at(details, '0.issue');
  const description = at(details, '0.description') ?? at(reply.body, 'error_description');
  const unprocessable = reply.status === 422 && typeof issue === 'string' && declined.test(issue);
  return {
    ...problem,
    ...(problem.code === 'RATE_LIMIT_REACHED' && { kind: 'rate-limit' as const }),
    ...(unprocessable && { kind: 'refused' as const }),
    ...(typeof issue === 'string' && { code: issue }),
    ...(typeof description === 'string' && { message: description }),
    fields: fieldsOf(details, 'field', 'description'),
  };
}

export const manifest = defineManifest({
  name: 'paypal',
  title: 'PayPal',
  summary: 'Send invoices, take payments, give refunds and see what came in.',
  category: 'payments',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://developer.paypal.com/api/rest/',
  credentials: [
    {
      key: 'clientId',
      label: 'Client id',
      hint: 'In the developer dashboard of PayPal under Apps and credentials.',
      secret: false,
    },
    { key: 'clientSecret', label: 'Secret key', secret: true },
    {
      key: 'environment',
      label: 'Environment',
      hint: 'Leave it empty for real money.',
      secret: false,
      optional: true,
      pattern: '^(live|sandbox)$',
      placeholder: 'live',
    },
    {
      key: 'webhookId',
      label: 'Id of the webhook',
      hint: 'Part of what PayPal signs.',
      secret: false,
      optional: true,
    },
  ],
  auth,
  api: {
    baseUrl: hostOf,
    headers: { Prefer: 'return=representation' },
    idempotency: { header: 'PayPal-Request-Id', methods: ['POST'] },
    requestId: 'paypal-debug-id',
    problemOf,
  },
  webhook: signedByPayPal(),
  probe: { tool: 'paypal_list_invoices', arguments: { limit: 1 } },
});
