import { problemByStatus } from '../../kit/answers.ts';
import { type OAuth2, signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { hourMs } from '../../kit/time.ts';

const signIn = 'https://login.salesforce.com/services/oauth2';
const ownHost = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.(salesforce|force|cloudforce)\.com$/;

/** Errors are a list; each has the fields it is about next to its code. */
function problemOf(reply: Reply): Problem | null {
  if (reply.status === 300) {
    return { kind: 'refused', code: 'AMBIGUOUS_EXTERNAL_ID', message: 'Several records have this id.' };
  }
  const problem = problemByStatus(reply, { code: '0.errorCode', message: '0.message' });
  if (!problem) return null;
  const named = at(reply.body, '0.fields');
  const fields = (Array.isArray(named) ? named : []).map((field) => [String(field), problem.message]);
  return {
    ...problem,
    // The limit is over 24 hours and nothing says when it resets.
    ...(problem.code === 'REQUEST_LIMIT_EXCEEDED' && { kind: 'rate-limit', retryAfterMs: hourMs }),
    ...(problem.code === 'DUPLICATES_DETECTED' && { kind: 'refused' }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) as Record<string, string> }),
  };
}

const auth: OAuth2 = {
  kind: 'oauth2',
  sign: signBearer(),
  authorizeUrl: `${signIn}/authorize`,
  scopes: ['api', 'refresh_token'],
  tokenUrl: `${signIn}/token`,
  clientAuth: 'body',
  refresh: 'keeps',
  revoke: { url: `${signIn}/revoke`, clientAuth: 'body' },
  account: ({ instance_url: url }): Record<string, string> =>
    typeof url === 'string' ? { instance: url } : {},
};

export const manifest = defineManifest({
  name: 'salesforce',
  title: 'Salesforce',
  summary: 'Find and keep leads, opportunities and tasks in Salesforce.',
  category: 'customers',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/',
  credentials: [
    ...oauthFields(),
    {
      key: 'instance',
      label: 'Address of your Salesforce',
      hint: 'Filled in by connecting.',
      secret: false,
      optional: true,
      pattern: ownHost.source,
      placeholder: 'https://example.my.salesforce.com',
    },
    {
      key: 'currency',
      label: 'Currency of the organisation',
      hint: 'Leave it empty where several currencies are switched on.',
      secret: false,
      optional: true,
      pattern: '^[A-Z]{3}$',
      placeholder: 'EUR',
    },
    {
      key: 'keyField',
      label: 'Field for our keys',
      hint: 'A text field, external id and unique, on leads and tasks: repeated calls then never make a second one.',
      secret: false,
      optional: true,
      pattern: '^[A-Za-z][A-Za-z0-9_]*__c$',
      placeholder: 'BizOSaaS_Key__c',
    },
  ],
  auth,
  api: {
    baseUrl({ instance = '' }) {
      if (!ownHost.test(instance)) throw new RangeError('This is not the address of a Salesforce.');
      return `${instance}/services/data/v67.0`;
    },
    hostOfTenant: true,
    problemOf,
  },
  webhook: null,
  probe: { tool: 'salesforce_get_limits', arguments: {} },
});
