import { fieldsOf, problemByStatus } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { dayMs } from '../../kit/time.ts';

/** Limits are per day and reset at midnight UTC; LinkedIn sends no retry hint. */
const midnightMs = (nowMs: number) => dayMs - (nowMs % dayMs);

function problemOf(reply: Reply): Problem | null {
  const fields = (body: unknown) =>
    fieldsOf(at(body, 'errorDetails.inputErrors'), 'input.inputPath.fieldPath', 'description');
  const problem = problemByStatus(reply, { code: 'code', message: 'message', fields });
  if (!problem) return null;
  if (reply.status === 426) {
    return {
      ...problem,
      message: 'LinkedIn no longer speaks this version of its API. Our server needs an update.',
    };
  }
  const tired = problem.kind === 'rate-limit' && problem.retryAfterMs === undefined;
  return { ...problem, ...(tired && { retryAfterMs: midnightMs(Date.now()) }) };
}

export const manifest = defineManifest({
  name: 'linkedin',
  title: 'LinkedIn',
  summary: 'Post on company pages, run ads and fetch the leads they bring.',
  category: 'advertising',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://learn.microsoft.com/linkedin/marketing/',
  credentials: oauthFields(),
  auth: {
    kind: 'oauth2',
    sign: signBearer(),
    authorizeUrl: 'https://www.linkedin.com/oauth/v2/authorization',
    scopes: [
      'r_ads',
      'rw_ads',
      'r_ads_reporting',
      'r_organization_social',
      'w_organization_social',
      'rw_organization_admin',
      'r_marketing_leadgen_automation',
    ],
    tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
    clientAuth: 'body',
    // The refresh token ends a year after the first consent, however often it is used.
    refresh: 'keeps',
  },
  api: {
    baseUrl: 'https://api.linkedin.com/rest',
    headers: { 'LinkedIn-Version': '202607', 'X-Restli-Protocol-Version': '2.0.0' },
    requestId: 'x-li-uuid',
    problemOf,
  },
  webhook: null,
  probe: { tool: 'linkedin_list_pages', arguments: { limit: 1 } },
});
