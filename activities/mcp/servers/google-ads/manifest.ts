import type { Problem } from '../../kit/errors.ts';
import { googleAuth, googleProblemOf } from '../../kit/google.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { type AdsFailure, fieldOf, wordOf } from './failure.ts';

/** Google's error, which contains a GoogleAdsFailure with an error code per operation. */
function problemOf(reply: Reply): Problem | null {
  const problem = googleProblemOf(reply);
  const failures = (at(reply.body, 'error.details') ?? []) as { errors?: AdsFailure[] }[];
  const errors = failures.flatMap((one) => one.errors ?? []);
  const [first] = errors;
  if (!problem || !first) return problem;
  const delay = errors.map((one) => one.details?.quotaErrorDetails?.retryDelay).find(Boolean);
  const named = errors.map((error): [string, string] => [fieldOf(error), error.message ?? '']);
  const fields = Object.fromEntries(named.filter(([field]) => field !== ''));
  return {
    ...problem,
    code: wordOf(first) || problem.code,
    message: first.message ?? problem.message,
    ...(delay && { retryAfterMs: Math.ceil(parseFloat(delay) * 1_000) }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}

export const manifest = defineManifest({
  name: 'google-ads',
  title: 'Google Ads',
  summary: 'See what ads on Google cost and bring, and run search campaigns.',
  category: 'advertising',
  priority: 'core',
  version: '1.0.0',
  docsUrl: 'https://developers.google.com/google-ads/api/rest/overview',
  credentials: [
    ...oauthFields(),
    {
      key: 'managerId',
      label: 'Manager account',
      hint: 'Only when the accounts are reached through a manager account: its number without hyphens.',
      secret: false,
      optional: true,
      pattern: '^\\d{10}$',
    },
  ],
  auth: googleAuth(['adwords']),
  api: {
    baseUrl: 'https://googleads.googleapis.com/v25',
    headers: ({ managerId }): Record<string, string> => (managerId ? { 'login-customer-id': managerId } : {}),
    requestId: 'request-id',
    problemOf,
  },
  webhook: null,
  probe: { tool: 'google_ads_list_accounts', arguments: {} },
});
