import {
  type Answer,
  type BodyForm,
  bytes,
  defineContract,
  form,
  json,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  between,
  email,
  flag,
  integer,
  jsonText,
  list,
  matching,
  type Members,
  object,
  text,
  upTo,
} from '../upstream/shapes.ts';

const channel = matching(/^[CGD][A-Z0-9]+$/);
const channelOrUser = matching(/^[CGDUW][A-Z0-9]+$/);
const ts = matching(/^\d{10}\.\d{6}$/);
const moment = matching(/^\d{10}(\.\d{6})?$/);

/** Slack reads JSON or a form; structures are JSON texts in a form. */
function either(members: Members, structures: Members = {}): readonly BodyForm[] {
  const written = Object.entries(structures).map(([name, shape]) => [name, jsonText(shape)] as const);
  return [
    json(object({ ...members, ...structures })),
    form(object({ ...members, ...Object.fromEntries(written) })),
  ];
}

const blocks = {
  'blocks?': list(
    object({ type: text, 'block_id?': text, 'text?': {}, 'elements?': {}, 'fields?': {} }),
    0,
    50,
  ),
};
const paging = { 'cursor?': text, 'limit?': between(1, 999) };
const history = {
  channel,
  'oldest?': moment,
  'latest?': moment,
  'inclusive?': flag,
  'include_all_metadata?': flag,
  ...paging,
};

const pages = (items: string, more: object = {}) =>
  byToken({
    param: 'cursor',
    size: 'limit',
    standard: 100,
    inBody: true,
    answer: (page, next) => ({
      ok: true,
      [items]: page,
      ...more,
      has_more: next !== undefined,
      response_metadata: { next_cursor: next ?? '' },
    }),
  });

/** Slack says no with status 200. */
const no = (error: string, messages: string[] = []): Answer => ({
  ...ok({ ok: false, error, response_metadata: { messages } }),
  refused: true,
});
const given = ({ body }: Recorded) => body as Record<string, unknown>;

const conversation = (id: string, name: unknown, isPrivate: unknown) => ({
  id,
  name,
  is_channel: true,
  is_private: isPrivate === true,
  is_archived: false,
  is_member: true,
  num_members: 4,
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: 'Quotes to customers', creator: 'U05ADALOVE', last_set: 1_793_000_000 },
});
const message = (n: number) => ({
  type: 'message',
  ts: `${1_793_700_000 - n}.000100`,
  user: 'U05ADALOVE',
  text: `Message ${n}`,
  team: 'T01CONTRACT',
});

/** Slack's Web API: every method by POST, errors in answers with status 200. */
export const contract = defineContract({
  name: 'slack',
  baseUrl: 'https://slack.com/api',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: '1234567890.9876543210',
    clientSecret: 'slack-client-secret',
    teamId: 'T01CONTRACT',
    signingSecret: 'slack-signing-secret',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  oauth: {
    route: 'POST /api/oauth.v2.access',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 43_200,
    answer: { ok: true, team: { id: 'T01CONTRACT', name: 'Lovelace Care' }, bot_user_id: 'U0BOT' },
  },
  errors: {
    unauthorised: () => no('token_expired'),
    rateLimited: (retryAfterS) =>
      reply(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(retryAfterS) }),
    invalid: (field, said) => no('invalid_arguments', [`[ERROR] ${said} [json-pointer:/${field}]`]),
    unavailable: (status) => reply(status, { ok: false, error: 'service_unavailable' }),
  },
  vendor: { kind: 'openapi', files: ['slack/slack-web-api-8.2.0.requests.openapi.json'], formJson: true },
  operations: [
    operation({
      id: 'listConversations',
      route: 'POST /api/conversations.list',
      reads: true,
      body: either({
        'types?': matching(
          /^(public_channel|private_channel|mpim|im)(,(public_channel|private_channel|mpim|im))*$/,
        ),
        'exclude_archived?': flag,
        'team_id?': text,
        ...paging,
      }),
      answer: pages('channels')((n) => conversation(`C07QUOTES${n}`, `quotes-${n}`, false)),
    }),
    operation({
      id: 'createConversation',
      route: 'POST /api/conversations.create',
      body: either({
        name: matching(/^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u),
        'is_private?': flag,
        'team_id?': text,
      }),
      answer(request, memory) {
        const { name, is_private } = given(request);
        const taken = memory
          .effects('createConversation')
          .some((effect) => given(effect.request)['name'] === name);
        return taken
          ? no('name_taken')
          : ok({ ok: true, channel: conversation(`C08NEW${memory.number()}`, name, is_private) });
      },
    }),
    operation({
      id: 'inviteToConversation',
      route: 'POST /api/conversations.invite',
      body: either({ channel, users: matching(/^[UW][A-Z0-9]+(,[UW][A-Z0-9]+){0,99}$/), 'force?': flag }),
      answer: (request) =>
        ok({ ok: true, channel: conversation(String(given(request)['channel'] as string), 'quotes', false) }),
    }),
    operation({
      id: 'lookUpByEmail',
      route: 'POST /api/users.lookupByEmail',
      reads: true,
      body: either({ email }),
      answer: (request) =>
        ok({
          ok: true,
          user: {
            id: 'U05ADALOVE',
            team_id: 'T01CONTRACT',
            name: 'ada',
            real_name: 'Ada Lovelace',
            deleted: false,
            tz: 'Europe/London',
            profile: { email: given(request)['email'] },
          },
        }),
    }),
    operation({
      id: 'readHistory',
      route: 'POST /api/conversations.history',
      reads: true,
      body: either(history),
      answer: pages('messages', { pin_count: 0 })(message),
    }),
    operation({
      id: 'readReplies',
      route: 'POST /api/conversations.replies',
      reads: true,
      body: either({ ...history, ts }),
      answer: pages('messages')((n, request) => ({
        ...message(n),
        thread_ts: given(request)['ts'],
        reply_count: 2,
      })),
    }),
    operation({
      id: 'postMessage',
      route: 'POST /api/chat.postMessage',
      body: either(
        {
          channel: channelOrUser,
          text: upTo(40_000),
          'thread_ts?': ts,
          'mrkdwn?': flag,
          'unfurl_links?': flag,
          'unfurl_media?': flag,
        },
        blocks,
      ),
      answer: (request, memory) => {
        const posted = `1793700001.${String(memory.number()).padStart(6, '0')}`;
        return ok({
          ok: true,
          channel: given(request)['channel'],
          ts: posted,
          message: { ...given(request), ts: posted },
        });
      },
    }),
    operation({
      id: 'updateMessage',
      route: 'POST /api/chat.update',
      body: either({ channel, ts, text: upTo(40_000) }, blocks),
      sameWhen: (request) => JSON.stringify(request.body),
      answer: (request) => ok({ ok: true, ...given(request) }),
    }),
    operation({
      id: 'scheduleMessage',
      route: 'POST /api/chat.scheduleMessage',
      body: either(
        { channel: channelOrUser, text: upTo(40_000), post_at: integer, 'thread_ts?': ts },
        blocks,
      ),
      answer: (request, memory) =>
        ok({
          ok: true,
          channel: given(request)['channel'],
          scheduled_message_id: `Q${memory.number()}`,
          post_at: given(request)['post_at'],
          message: { text: given(request)['text'], type: 'delayed_message' },
        }),
    }),
    operation({
      id: 'addReaction',
      route: 'POST /api/reactions.add',
      body: either({ channel, timestamp: ts, name: matching(/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/) }),
      answer: (request, memory) => {
        const before = memory.effects('addReaction').map((effect) => JSON.stringify(effect.request.body));
        return before.includes(JSON.stringify(request.body)) ? no('already_reacted') : ok({ ok: true });
      },
    }),
    operation({
      id: 'getUploadUrl',
      route: 'POST /api/files.getUploadURLExternal',
      // Asking again only gives another place.
      reads: true,
      body: either({
        filename: text,
        length: between(1, 1_000_000_000),
        'alt_text?': upTo(1_000),
        'snippet_type?': text,
      }),
      answer: ok({
        ok: true,
        upload_url: 'https://files.slack.com/upload/v1/CwABAAAAXA',
        file_id: 'F09CONTRACT',
      }),
    }),
    operation({
      id: 'uploadBytes',
      route: 'POST /upload/v1/{place}',
      // The address itself is the permission.
      headers: { 'authorization?': matching(/^Bearer \S+$/) },
      body: bytes('application/octet-stream', 'text/plain', 'text/csv'),
      sameWhen: ({ params }) => String(params['place']),
      undescribed: 'The address comes from files.getUploadURLExternal and is on another host.',
      answer: ({ raw }) => reply(200, `OK - ${raw.length}`),
    }),
    operation({
      id: 'completeUpload',
      route: 'POST /api/files.completeUploadExternal',
      body: either(
        { 'channel_id?': channel, 'initial_comment?': text, 'thread_ts?': ts },
        { files: list(object({ id: matching(/^F[A-Z0-9]+$/), 'title?': text }), 1) },
      ),
      answer: (request) => ok({ ok: true, files: given(request)['files'] }),
    }),
  ],
});
