import { fieldsOf, problemByStatus } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import type { Problem, ProblemKind } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { hmac, signedVersionTimeBody } from '../../kit/webhooks.ts';

/** Error codes that are more specific than their status. */
const kinds: Record<string, ProblemKind> = {
  124: 'credentials',
  4700: 'credentials',
  200: 'permission',
  4711: 'permission',
  1001: 'not-found',
  3001: 'not-found',
  3322: 'not-found',
};

function problemOf(reply: Reply): Problem | null {
  const fields = (body: unknown) => fieldsOf(at(body, 'errors'), 'field', 'message');
  const problem = problemByStatus(reply, { code: 'code', message: 'message', fields });
  if (!problem || problem.kind === 'rate-limit') return problem;
  return { ...problem, kind: kinds[problem.code] ?? problem.kind };
}

export const manifest = defineManifest({
  name: 'zoom',
  title: 'Zoom',
  summary: 'Plan video meetings, invite to them, and see who came and what was recorded.',
  category: 'messaging',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://developers.zoom.us/docs/api/meetings/',
  credentials: [
    ...oauthFields(),
    {
      key: 'webhookSecret',
      label: 'Secret token of the app',
      hint: 'Under the features of the app; proves that events come from Zoom.',
      secret: true,
      optional: true,
    },
  ],
  auth: {
    kind: 'oauth2',
    sign: signBearer(),
    authorizeUrl: 'https://zoom.us/oauth/authorize',
    scopes: [
      'meeting:read:list_meetings',
      'meeting:read:meeting',
      'meeting:write:meeting',
      'meeting:update:meeting',
      'meeting:delete:meeting',
      'meeting:write:registrant',
      'meeting:read:list_past_participants',
      'meeting:read:summary',
      'cloud_recording:read:list_user_recordings',
      'user:read:user',
    ],
    tokenUrl: 'https://zoom.us/oauth/token',
    clientAuth: 'basic',
    refresh: 'rotates',
    revoke: { url: 'https://zoom.us/oauth/revoke', clientAuth: 'basic' },
  },
  api: { baseUrl: 'https://api.zoom.us/v2', requestId: 'x-zm-trackingid', problemOf },
  webhook: signedVersionTimeBody({
    header: 'x-zm-signature',
    timeHeader: 'x-zm-request-timestamp',
    secretField: 'webhookSecret',
    summary: 'HMAC-SHA256 over version, time and body',
    read: (payload) => ({ type: payload['event'], account: at(payload, 'payload.account_id') }),
    // Sent when the URL is entered, and again every three days.
    challenge(payload, secret) {
      const plainToken = at(payload, 'payload.plainToken');
      if (payload['event'] !== 'endpoint.url_validation' || typeof plainToken !== 'string') return null;
      const encryptedToken = hmac('sha256', secret, plainToken, 'hex');
      return {
        verdict: 'challenge',
        status: 200,
        body: JSON.stringify({ plainToken, encryptedToken }),
        contentType: 'application/json',
      };
    },
  }),
  probe: { tool: 'zoom_get_host', arguments: {} },
});
