import { fieldsOf, problemByStatus } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { signedBody } from '../../kit/webhooks.ts';
import { minuteMs } from '../../kit/time.ts';

const bearer = signBearer();

const auth: OAuth2 = {
  kind: 'oauth2',
  sign(request, credentials) {
    bearer(request, credentials);
    // Responses change their shape with this version, so each request names the one that is parsed here.
    request.url.searchParams.set('minorversion', '75');
  },
  authorizeUrl: 'https://appcenter.intuit.com/connect/oauth2',
  scopes: ['com.intuit.quickbooks.accounting'],
  tokenUrl: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  clientAuth: 'basic',
  refresh: 'rotates',
  revoke: { url: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke', clientAuth: 'basic' },
  account: (_answer, { realmId }) => ({ ...(realmId && { realmId }) }),
};

const kinds: Record<string, Problem['kind']> = {
  // Inactive or not found.
  '610': 'not-found',
  '120': 'permission',
  '3100': 'permission',
  '3001': 'rate-limit',
  '3200': 'credentials',
  // Changed since it was read.
  '5010': 'refused',
};
const kindsByType: Record<string, Problem['kind']> = {
  AUTHENTICATION: 'credentials',
  AuthenticationFault: 'credentials',
  AuthorizationFault: 'permission',
  SystemFault: 'unavailable',
};

/** A fault may come with status 200; the proxy in front of the API uses lower-case names. */
function problemOf(reply: Reply): Problem | null {
  const fault = at(reply.body, 'Fault') ?? at(reply.body, 'fault');
  const byStatus = problemByStatus(reply);
  if (!fault) return byStatus && throttled(byStatus);
  const errors = at(fault, 'Error') ?? at(fault, 'error');
  const read = (small: string) => {
    const value = at(errors, `0.${small[0]!.toUpperCase()}${small.slice(1)}`) ?? at(errors, `0.${small}`);
    return typeof value === 'string' ? value : undefined;
  };
  const code = read('code') ?? 'fault';
  const type = at(fault, 'type');
  return throttled({
    kind: kinds[code] ?? kindsByType[String(type)] ?? byStatus?.kind ?? 'invalid',
    code,
    message: read('detail') ?? read('message') ?? 'QuickBooks refuses this.',
    fields: fieldsOf(errors, 'element', 'Detail'),
  });
}

/** The response has no retry hint; limits are per minute. */
function throttled(problem: Problem): Problem {
  return problem.kind === 'rate-limit' ? { retryAfterMs: minuteMs, ...problem } : problem;
}

export const manifest = defineManifest({
  name: 'quickbooks',
  title: 'QuickBooks Online',
  summary: 'Write invoices and bills, record payments and read the profit and loss.',
  category: 'finance',
  priority: 'core',
  version: '1.0.2',
  docsUrl: 'https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/account',
  credentials: [
    ...oauthFields(),
    {
      key: 'realmId',
      label: 'Company id',
      hint: 'Filled in by connecting.',
      secret: false,
      optional: true,
      pattern: '^[0-9]{5,30}$',
    },
    {
      key: 'environment',
      label: 'Environment',
      hint: 'Leave it empty for real books.',
      secret: false,
      optional: true,
      pattern: '^(production|sandbox)$',
      placeholder: 'production',
    },
    { key: 'verifierToken', label: 'Verifier token of the webhook', secret: true, optional: true },
  ],
  auth,
  api: {
    baseUrl({ realmId = '', environment }) {
      if (!/^\d+$/.test(realmId)) throw new RangeError('The id of the company is missing: connect it again.');
      const host = environment === 'sandbox' ? 'sandbox-quickbooks' : 'quickbooks';
      return `https://${host}.api.intuit.com/v3/company/${realmId}`;
    },
    idempotency: { query: 'requestid' },
    requestId: 'intuit_tid',
    problemOf,
  },
  // Deliveries are CloudEvents in a list; apps that haven't migrated still get the older envelope.
  webhook: signedBody({
    header: 'intuit-signature',
    encoding: 'base64',
    secretField: 'verifierToken',
    summary: 'HMAC-SHA256 over the body',
    type(payload) {
      const entity = at(payload, 'eventNotifications.0.dataChangeEvent.entities.0');
      return (
        at(payload, '0.type') ??
        (entity && `${String(at(entity, 'name'))}.${String(at(entity, 'operation'))}`)
      );
    },
    account: (payload) => at(payload, '0.intuitaccountid') ?? at(payload, 'eventNotifications.0.realmId'),
  }),
  probe: { tool: 'quickbooks_get_company', arguments: {} },
});
