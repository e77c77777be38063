import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  anything,
  between,
  commaSeparated,
  dateTime,
  email,
  flag,
  integer,
  list,
  mapOf,
  matching,
  object,
  type Shape,
  text,
} from '../upstream/shapes.ts';

const id = matching(/^[A-Za-z0-9]+$/);
const hash = matching(/^[0-9a-f]{32}$/);
const fields = { 'fields?': commaSeparated(text), 'exclude_fields?': commaSeparated(text) };
const paging = { 'count?': between(1, 1_000), 'offset?': integer };
const memberStatus: Shape = among('subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional');
const nothing = json(object({}));

const given = ({ body }: Recorded) => body as Record<string, unknown>;
const pagesOf = (name: string) =>
  byOffset({
    param: 'offset',
    size: 'count',
    standard: 10,
    answer: (items, total_items) => ({ [name]: items, total_items, _links: [] }),
  });

const member = {
  id: '62eeb292278cc15f5817cb78f7790b08',
  email_address: 'ada@example.com',
  unique_email_id: 'abc',
  full_name: 'Ada Lovelace',
  status: 'subscribed',
  merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace' },
  list_id: 'b7c41d90aa',
  tags: [],
};
const campaign = {
  id: '4f0a92c6d1',
  type: 'regular',
  create_time: '2026-11-01T08:00:00+00:00',
  status: 'save',
  emails_sent: 0,
  send_time: '',
  recipients: { list_id: member.list_id, list_name: 'Customers' },
  settings: { title: 'November letter', subject_line: 'What is new', from_name: 'Hara' },
};
/** What became of the campaign by the calls so far. */
const stateOf = (memory: { effects(operation: string): { request: Recorded }[] }) => {
  const planned = memory.effects('scheduleCampaign').at(-1);
  if (memory.effects('sendCampaign').length > 0) {
    return { status: 'sending', send_time: '2026-11-22T09:00:00+00:00', emails_sent: 0 };
  }
  return planned ? { status: 'schedule', send_time: given(planned.request)['schedule_time'] } : {};
};
const problem = (status: number, title: string, detail: string, errors?: unknown) =>
  reply(
    status,
    {
      type: 'https://mailchimp.com/developer/marketing/docs/errors/',
      title,
      status,
      detail,
      instance: 'i1',
      errors,
    },
    { 'content-type': 'application/problem+json' },
  );

/** Mailchimp's Marketing API as documented; keys name their data centre. */
export const contract = defineContract({
  name: 'mailchimp',
  baseUrl: 'https://us21.api.mailchimp.com/3.0',
  credentials: {
    accessToken: '0123456789abcdef0123456789abcdef-us21',
    clientId: 'client-1',
    clientSecret: 'client-secret-1',
    webhookSecret: 'webhook-secret-1',
  },
  headers: { authorization: matching(/^(Basic [A-Za-z0-9+/]+=*|Bearer \S+)$/) },
  errors: {
    unauthorised: () => problem(401, 'API Key Invalid', 'Your API key may be invalid.'),
    rateLimited: (retryAfterS) =>
      reply(429, 'You have exceeded the limit of 10 simultaneous connections.', {
        'retry-after': String(retryAfterS),
      }),
    invalid: (field, message) =>
      problem(400, 'Invalid Resource', 'The resource submitted could not be validated.', [
        { field, message },
      ]),
    unavailable: (status) => problem(status, 'Internal Server Error', 'An unexpected error occurred.'),
  },
  vendor: { kind: 'openapi', files: ['mailchimp/mailchimp.com.json'], base: '/3.0' },
  operations: [
    operation({
      id: 'listLists',
      route: 'GET /3.0/lists',
      query: {
        ...fields,
        ...paging,
        'email?': email,
        'sort_field?': among('date_created'),
        'sort_dir?': among('ASC', 'DESC'),
      },
      answer: pagesOf('lists')((n) => ({
        id: `list${n}`,
        name: `Audience ${n}`,
        stats: { member_count: n },
      })),
    }),
    operation({
      id: 'searchMembers',
      route: 'GET /3.0/search-members',
      query: { query: text, 'list_id?': id, ...fields },
      answer: ok({
        exact_matches: { members: [member], total_items: 1 },
        full_search: { members: [member, { ...member, id: hashNumbered(2) }], total_items: 2 },
      }),
    }),
    operation({
      id: 'putMember',
      route: 'PUT /3.0/lists/{list}/members/{hash}',
      path: { list: id, hash },
      query: { 'skip_merge_validation?': flag },
      body: json(
        object({
          email_address: email,
          status_if_new: memberStatus,
          'status?': memberStatus,
          'email_type?': among('html', 'text'),
          'merge_fields?': mapOf(anything),
          'language?': text,
          'vip?': flag,
        }),
      ),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: (request) =>
        ok({
          ...member,
          email_address: given(request)['email_address'],
          status: given(request)['status_if_new'],
        }),
    }),
    operation({
      id: 'tagMember',
      route: 'POST /3.0/lists/{list}/members/{hash}/tags',
      path: { list: id, hash },
      body: json(
        object({
          tags: list(object({ name: text, status: among('active', 'inactive') }), 1),
          'is_syncing?': flag,
        }),
      ),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: reply(204),
    }),
    operation({
      id: 'listCampaigns',
      route: 'GET /3.0/campaigns',
      query: {
        ...fields,
        ...paging,
        'type?': among('regular', 'plaintext', 'absplit', 'rss', 'variate'),
        'status?': among('save', 'paused', 'schedule', 'sending', 'sent'),
        'before_send_time?': dateTime,
        'since_send_time?': dateTime,
        'list_id?': id,
        'sort_field?': among('create_time', 'send_time'),
        'sort_dir?': among('ASC', 'DESC'),
      },
      answer: (request, memory) => {
        const made = memory.effects('createCampaign').map(({ answer }) => answer.body);
        return made.length > 0
          ? ok({ campaigns: made, total_items: made.length })
          : pagesOf('campaigns')((n) => ({ ...campaign, id: `campaign${n}` }))(request, memory);
      },
    }),
    operation({
      id: 'createCampaign',
      route: 'POST /3.0/campaigns',
      body: json(
        object({
          type: among('regular', 'plaintext', 'rss', 'variate'),
          'recipients?': object({ list_id: id, 'segment_opts?': anything }),
          'settings?': object({
            'title?': text,
            'subject_line?': text,
            'preview_text?': text,
            'from_name?': text,
            'reply_to?': email,
            'to_name?': text,
            'template_id?': integer,
          }),
        }),
      ),
      answer: (request, memory) => ok({ ...campaign, ...given(request), id: `made${memory.number()}` }),
    }),
    operation({
      id: 'getCampaign',
      route: 'GET /3.0/campaigns/{id}',
      path: { id },
      query: fields,
      answer: ({ params }, memory) => ok({ ...campaign, ...stateOf(memory), id: params['id'] }),
    }),
    operation({
      id: 'setContent',
      route: 'PUT /3.0/campaigns/{id}/content',
      path: { id },
      body: json(object({ 'html?': text, 'plain_text?': text, 'url?': text, 'template?': anything })),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: (request) => ok({ ...given(request), _links: [] }),
    }),
    operation({
      id: 'getChecklist',
      route: 'GET /3.0/campaigns/{id}/send-checklist',
      path: { id },
      query: fields,
      answer: ok({
        is_ready: true,
        items: [{ type: 'success', id: 501, heading: 'Audience', details: '120 people' }],
      }),
    }),
    operation({
      id: 'sendTest',
      route: 'POST /3.0/campaigns/{id}/actions/test',
      path: { id },
      body: json(object({ test_emails: list(email, 1), send_type: among('html', 'plaintext') })),
      answer: reply(204),
    }),
    operation({
      id: 'scheduleCampaign',
      route: 'POST /3.0/campaigns/{id}/actions/schedule',
      path: { id },
      body: json(object({ schedule_time: dateTime, 'timewarp?': flag, 'batch_delivery?': anything })),
      answer: reply(204),
    }),
    operation({
      id: 'sendCampaign',
      route: 'POST /3.0/campaigns/{id}/actions/send',
      path: { id },
      body: nothing,
      answer: reply(204),
    }),
    operation({
      id: 'getReport',
      route: 'GET /3.0/reports/{id}',
      path: { id },
      query: fields,
      answer: ({ params }) =>
        ok({
          id: params['id'],
          campaign_title: 'November letter',
          emails_sent: 120,
          unsubscribed: 1,
          bounces: { hard_bounces: 1, soft_bounces: 2, syntax_errors: 0 },
          opens: { opens_total: 90, unique_opens: 60, open_rate: 0.5 },
          clicks: { clicks_total: 30, unique_clicks: 25, unique_subscriber_clicks: 20, click_rate: 0.2 },
        }),
    }),
  ],
});

function hashNumbered(n: number): string {
  return member.id.slice(0, -4) + String(n).padStart(4, '0');
}
