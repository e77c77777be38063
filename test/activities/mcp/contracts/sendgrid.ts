import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  anything,
  anyText,
  between,
  commaSeparated,
  constant,
  date,
  dateTime,
  either,
  email,
  flag,
  integer,
  list,
  mapOf,
  matching,
  object,
  objectWithAny,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const uuid: Shape = { type: 'string', format: 'uuid' };
const person = object({ email, 'name?': text });
const given = ({ body }: Recorded) => body as Record<string, unknown>;

const personalization = object({
  'from?': person,
  to: list(person, 1, 1_000),
  'cc?': list(person, 1),
  'bcc?': list(person, 1),
  'subject?': text,
  'headers?': mapOf(anyText),
  'substitutions?': mapOf(anyText),
  'dynamic_template_data?': mapOf(anything),
  'custom_args?': mapOf(anyText),
  'send_at?': integer,
});
const mail = objectWithAny(['content', 'template_id'], {
  personalizations: list(personalization, 1, 1_000),
  from: person,
  'reply_to?': person,
  'reply_to_list?': list(person, 1, 1_000),
  'subject?': text,
  'content?': list(object({ type: text, value: text }), 1),
  'attachments?': list(anything),
  'template_id?': matching(/^d-[0-9a-f]{32}$/),
  'headers?': mapOf(anyText),
  'categories?': list(upTo(255), 0, 10),
  'custom_args?': mapOf(anyText),
  'send_at?': integer,
  'batch_id?': text,
  'asm?': anything,
  'mail_settings?': anything,
  'tracking_settings?': anything,
});
const singleSend = {
  id: 'e19f4a60-7b35-4d2c-8fa1-05c6d7e8b392',
  name: 'A letter',
  status: 'draft',
  created_at: '2026-11-01T08:00:00Z',
  updated_at: '2026-11-01T08:00:00Z',
  send_at: null,
  is_abtest: false,
  categories: [],
};
const failure = (status: number, message: string, field: string | null, headers?: Record<string, string>) =>
  reply(status, { errors: [{ message, field, help: null }] }, headers);

/** Three pages of templates: the answer holds the whole address of the next one. */
function templates({ query }: Recorded) {
  const size = Number(query['page_size']);
  const from = Number(query['page_token'] ?? 0);
  const total = size * 2 + 1;
  const until = Math.min(from + size, total);
  const address = 'https://api.sendgrid.com/v3/templates?generations=dynamic&page_size=';
  const result = Array.from({ length: until - from }, (_, index) => ({
    id: `d-${String(from + index).padStart(32, '0')}`,
    name: `Template ${from + index}`,
    generation: 'dynamic',
    updated_at: '2026-11-01 08:00:00',
    versions: [],
  }));
  const next = until < total ? { next: `${address}${size}&page_token=${until}` } : {};
  return ok({ result, _metadata: { self: `${address}${size}`, count: total, ...next } });
}

/** SendGrid's v3 API as documented. */
export const contract = defineContract({
  name: 'sendgrid',
  baseUrl: 'https://api.sendgrid.com/v3',
  credentials: { apiKey: 'SG.contract_key.0123456789' },
  headers: { authorization: matching(/^Bearer SG\.\S+$/), 'on-behalf-of?': text },
  errors: {
    unauthorised: () => failure(401, 'The provided authorization grant is invalid', null),
    rateLimited: (retryAfterS) =>
      failure(429, 'too many requests', null, {
        'x-ratelimit-limit': '600',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + retryAfterS),
      }),
    invalid: (field, message) => failure(400, message, field),
  },
  operations: [
    operation({
      id: 'sendMail',
      route: 'POST /v3/mail/send',
      body: json(mail),
      answer: (_request, memory) => reply(202, undefined, { 'x-message-id': `message-${memory.number()}` }),
    }),
    operation({
      id: 'listVerifiedSenders',
      route: 'GET /v3/verified_senders',
      query: { 'limit?': integer, 'lastSeenID?': integer, 'id?': integer },
      answer: ok({
        results: [
          {
            id: 1,
            nickname: 'Hara',
            from_email: 'hello@example.com',
            from_name: 'Hara',
            reply_to: 'hello@example.com',
            verified: true,
            locked: false,
          },
        ],
      }),
    }),
    operation({
      id: 'listDomains',
      route: 'GET /v3/whitelabel/domains',
      query: { 'limit?': integer, 'offset?': integer, 'exclude_subusers?': flag, 'domain?': text },
      answer: ok([
        { id: 1, user_id: 7, subdomain: 'mail', domain: 'example.com', valid: true, legacy: false, dns: {} },
      ]),
    }),
    operation({
      id: 'listTemplates',
      route: 'GET /v3/templates',
      query: {
        'generations?': commaSeparated(among('legacy', 'dynamic')),
        page_size: between(1, 200),
        'page_token?': text,
      },
      answer: templates,
    }),
    operation({
      id: 'putContacts',
      route: 'PUT /v3/marketing/contacts',
      body: json(
        object({
          'list_ids?': list(uuid),
          contacts: list(
            objectWithAny(['email', 'phone_number_id', 'external_id', 'anonymous_id'], {
              'email?': email,
              'alternate_emails?': list(email, 0, 5),
              'first_name?': upTo(50),
              'last_name?': upTo(50),
              'address_line_1?': upTo(100),
              'city?': upTo(60),
              'state_province_region?': upTo(50),
              'country?': upTo(50),
              'postal_code?': upTo(50),
              'phone_number_id?': text,
              'external_id?': text,
              'anonymous_id?': text,
              'custom_fields?': mapOf(anything),
            }),
            1,
            30_000,
          ),
        }),
      ),
      sameWhen: ({ body }) => JSON.stringify(body),
      answer: (_request, memory) => reply(202, { job_id: `job-${memory.number()}` }),
    }),
    operation({
      id: 'searchContacts',
      route: 'POST /v3/marketing/contacts/search/emails',
      reads: true,
      body: json(object({ emails: list(email, 1), 'phone_number_id?': text })),
      answer: (request) =>
        ok({
          result: Object.fromEntries(
            (given(request)['emails'] as string[]).map((address, n) => [
              address,
              {
                contact: {
                  id: `contact-${n}`,
                  email: address,
                  first_name: 'Ada',
                  last_name: 'Lovelace',
                  list_ids: [],
                },
              },
            ]),
          ),
        }),
    }),
    operation({
      id: 'searchSingleSends',
      route: 'POST /v3/marketing/singlesends/search',
      reads: true,
      query: { 'page_size?': integer, 'page_token?': text },
      body: json(
        object({
          'name?': text,
          'status?': list(among('draft', 'scheduled', 'triggered')),
          'categories?': list(text),
        }),
      ),
      answer: (request, memory) =>
        ok({
          result: memory
            .effects('createSingleSend')
            .map(({ answer }) => answer.body as { name: string })
            .filter(({ name }) => name.includes(String(given(request)['name']))),
          _metadata: { count: 1 },
        }),
    }),
    operation({
      id: 'createSingleSend',
      route: 'POST /v3/marketing/singlesends',
      body: json(
        object({
          name: upTo(100),
          'categories?': list(text, 0, 10),
          'send_at?': dateTime,
          'send_to?': object({
            'list_ids?': list(uuid, 0, 10),
            'segment_ids?': list(uuid, 0, 10),
            'all?': flag,
          }),
          'email_config?': object({
            'subject?': text,
            'html_content?': text,
            'plain_content?': text,
            'generate_plain_content?': flag,
            'design_id?': uuid,
            'editor?': among('code', 'design'),
            'suppression_group_id?': integer,
            'custom_unsubscribe_url?': text,
            'sender_id?': integer,
            'ip_pool?': text,
          }),
        }),
      ),
      answer: (request) => reply(201, { ...singleSend, ...given(request) }),
    }),
    operation({
      id: 'scheduleSingleSend',
      route: 'PUT /v3/marketing/singlesends/{id}/schedule',
      path: { id: uuid },
      body: json(object({ send_at: either(constant('now'), dateTime) })),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: (request) => reply(201, { send_at: given(request)['send_at'], status: 'scheduled' }),
    }),
    operation({
      id: 'listBounces',
      route: 'GET /v3/suppression/bounces',
      query: { 'start_time?': integer, 'end_time?': integer, 'limit?': between(1, 500), 'offset?': integer },
      answer: byOffset({
        param: 'offset',
        size: 'limit',
        standard: 500,
        answer: (items) => items,
      })((n) => ({
        created: 1_790_000_000 - n,
        email: `gone${n}@example.com`,
        reason: '550 5.1.1 The account does not exist',
        status: '5.1.1',
      })),
    }),
    operation({
      id: 'getStats',
      route: 'GET /v3/stats',
      query: {
        start_date: date,
        'end_date?': date,
        'aggregated_by?': among('day', 'week', 'month'),
        'limit?': integer,
        'offset?': integer,
      },
      answer: ok([
        {
          date: '2026-11-02',
          stats: [
            {
              metrics: {
                blocks: 0,
                bounce_drops: 0,
                bounces: 1,
                clicks: 4,
                deferred: 0,
                delivered: 19,
                invalid_emails: 0,
                opens: 12,
                processed: 20,
                requests: 20,
                spam_report_drops: 0,
                spam_reports: 0,
                unique_clicks: 3,
                unique_opens: 9,
                unsubscribe_drops: 0,
                unsubscribes: 0,
              },
            },
          ],
        },
      ]),
    }),
    operation({
      id: 'suppress',
      route: 'POST /v3/asm/suppressions/global',
      body: json(object({ recipient_emails: list(email, 1) })),
      sameWhen: ({ body }) => JSON.stringify(body),
      answer: (request) => reply(201, { recipient_emails: given(request)['recipient_emails'] }),
    }),
  ],
});
