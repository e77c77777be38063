import { retryAfterMs } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import type { Problem, ProblemKind } from '../../kit/errors.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { signedVersionTimeBody } from '../../kit/webhooks.ts';

const kinds: readonly (readonly [RegExp, ProblemKind])[] = [
  [
    /^(not_authed|invalid_auth|account_inactive|token_(revoked|expired)|team_access_not_granted)$/,
    'credentials',
  ],
  [
    /^(missing_scope|not_allowed_token_type|no_permission|access_denied|restricted_action.*|not_in_channel|ekm_access_denied|org_login_required)$/,
    'permission',
  ],
  [/^(ratelimited|rate_limited|message_limit_exceeded)$/, 'rate-limit'],
  [/_not_found$/, 'not-found'],
  [/^(internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org)$/, 'unavailable'],
  [/^(is_archived|name_taken|already_.*|cant_.*|edit_window_closed|user_is_restricted)$/, 'refused'],
];

/** Slack reports errors with status 200, `ok: false` and a code; only rate limits have their own status. */
function problemOf(reply: Reply): Problem | null {
  const refused = at(reply.body, 'ok') === false;
  if (reply.status < 300 && !refused) return null;
  const word = at(reply.body, 'error');
  const code = typeof word === 'string' ? word : `http_${reply.status}`;
  const byStatus: ProblemKind =
    reply.status === 429 ? 'rate-limit' : reply.status >= 500 ? 'unavailable' : 'invalid';
  const kind = kinds.find(([words]) => words.test(code))?.[1] ?? byStatus;
  const more = at(reply.body, 'response_metadata.messages');
  const details = Array.isArray(more) ? more.filter((one) => typeof one === 'string') : [];
  const wait = retryAfterMs(reply);
  return {
    kind,
    code,
    message: [`Slack says "${code.replace(/_/g, ' ')}".`, ...details].join(' '),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

export const manifest = defineManifest({
  name: 'slack',
  title: 'Slack',
  summary: 'Write to your team, read along in channels and open new ones.',
  category: 'messaging',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://docs.slack.dev/apis/web-api',
  credentials: [
    ...oauthFields('Filled in by connecting; a bot token of your own app begins with xoxb-.'),
    { key: 'teamId', label: 'Workspace', secret: false, optional: true, placeholder: 'T…' },
    {
      key: 'signingSecret',
      label: 'Signing secret of the app',
      hint: 'Under basic information of the app; proves that events come from Slack.',
      secret: true,
      optional: true,
    },
  ],
  auth: {
    kind: 'oauth2',
    sign: signBearer(),
    authorizeUrl: 'https://slack.com/oauth/v2/authorize',
    scopes: [
      'channels:history',
      'channels:manage',
      'channels:read',
      'chat:write',
      'files:write',
      'groups:history',
      'groups:read',
      'groups:write',
      'reactions:write',
      'users:read',
      'users:read.email',
    ],
    scopeSeparator: ',',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    clientAuth: 'basic',
    refresh: 'rotates',
    account(answer): Record<string, string> {
      const team = at(answer, 'team.id');
      return typeof team === 'string' ? { teamId: team } : {};
    },
  },
  api: { baseUrl: 'https://slack.com/api', bodies: 'form', requestId: 'x-slack-req-id', problemOf },
  webhook: signedVersionTimeBody({
    header: 'x-slack-signature',
    timeHeader: 'x-slack-request-timestamp',
    secretField: 'signingSecret',
    summary: 'HMAC-SHA256 over version, time and body',
    read: (payload) => ({
      id: payload['event_id'],
      type: at(payload, 'event.type') ?? payload['type'],
      account: payload['team_id'],
    }),
    challenge: ({ type, challenge }) =>
      type === 'url_verification' && typeof challenge === 'string'
        ? {
            verdict: 'challenge',
            status: 200,
            body: JSON.stringify({ challenge }),
            contentType: 'application/json',
          }
        : null,
  }),
  probe: { tool: 'slack_list_channels', arguments: { limit: 1 } },
});
