import { defineContract, json, type Memory, ok, operation, reply } from '../upstream/contract.ts';
import {
  among,
  anyText,
  email,
  flag,
  integer,
  list,
  mapOf,
  matching,
  nullable,
  object,
  text,
} from '../upstream/shapes.ts';
import {
  at,
  direction,
  given,
  ids,
  idOf,
  listed,
  localTime,
  numbered,
  pages,
  paging,
  root,
  same,
} from './fluentcrm-basics.ts';
import { campaigns } from './fluentcrm-campaigns.ts';

const site = 'https://bakery.example.com';
const status = among('subscribed', 'pending', 'unsubscribed', 'bounced', 'complained');
const notFound = (what: string) => reply(404, { message: `${what} not found` });

const contact = (id: number, from: Record<string, any> = {}) => ({
  id,
  user_id: null,
  hash: 'a1b2c3d4e5f6',
  email: `person${id}@example.com`,
  first_name: 'Person',
  last_name: String(id),
  full_name: `Person ${id}`,
  status: 'subscribed',
  contact_type: 'lead',
  phone: null,
  city: null,
  country: null,
  life_time_value: 0,
  ...at,
  ...from,
  tags: [{ id: 3, title: 'VIP', slug: 'vip' }],
  lists: [],
});
const person = {
  'first_name?': anyText,
  'last_name?': anyText,
  'prefix?': anyText,
  'contact_type?': among('lead', 'customer'),
  'address_line_1?': anyText,
  'postal_code?': anyText,
  'city?': anyText,
  'country?': matching(/^[A-Z]{2}$/),
  'phone?': anyText,
  'timezone?': text,
  'date_of_birth?': nullable(anyText),
  'source?': anyText,
};
const savedContacts = (memory: Memory) => memory.effects('save_contact').map(({ request }) => given(request));

function label(noun: 'tags' | 'lists') {
  const title = noun === 'tags' ? 'Tag' : 'List';
  const shaped = (id: number, from: object = {}) => ({
    id,
    title: `${title} ${id}`,
    slug: `${title.toLowerCase()}-${id}`,
    description: null,
    subscribersCount: 7,
    ...at,
    ...from,
  });
  const made = (memory: Memory) =>
    memory.effects(`create_${noun}`).map(({ answer }) => (answer.body as Record<string, unknown>)['item']);
  return [
    operation({
      id: `list_${noun}`,
      route: `GET ${root}/${noun}`,
      query: {
        'search?': text,
        'sort_by?': among('id', 'title', 'slug', 'created_at'),
        'sort_order?': direction,
        'exclude_counts?': flag,
        [`all_${noun}?`]: flag,
        ...paging,
      },
      answer: listed(noun, made, shaped),
    }),
    operation({
      id: `create_${noun}`,
      route: `POST ${root}/${noun}`,
      body: json(object({ title: text, 'slug?': text, 'description?': anyText })),
      answer: (request, memory) => {
        const one = shaped(memory.number() + 100, given(request));
        return ok({ lists: one, item: one, message: 'Saved.' });
      },
    }),
  ];
}

/** FluentCRM's REST API, which lies within that of a WordPress site. */
export const contract = defineContract({
  name: 'fluentcrm',
  baseUrl: `${site}/wp-json/fluent-crm/v2`,
  credentials: { siteUrl: site, user: 'owner', applicationPassword: 'abcd EFGH 1234 ijkl MNOP 5678' },
  headers: { authorization: matching(/^Basic [A-Za-z0-9+/]+=*$/) },
  errors: {
    unauthorised: () =>
      reply(401, {
        code: 'rest_forbidden',
        message: 'Sorry, you are not allowed to do that.',
        data: { status: 401 },
      }),
    // Neither the plugin nor WordPress has limits; what stands before them answers in their place.
    rateLimited: (retryAfterS) =>
      reply(429, '<html><h1>Too Many Requests</h1></html>', {
        'content-type': 'text/html',
        'retry-after': String(retryAfterS),
      }),
    invalid: (field, message) => reply(422, { message, errors: { [field]: [message] } }),
  },
  operations: [
    operation({
      id: 'list_contacts',
      route: `GET ${root}/subscribers`,
      query: {
        'filter_type?': among('simple', 'advanced'),
        'search?': text,
        'sort_by?': text,
        'sort_type?': direction,
        'custom_fields?': among('true', 'false'),
        'tags[]?': ids,
        'lists[]?': ids,
        'statuses[]?': list(status),
        'company_ids[]?': ids,
        'advanced_filters?': text,
        ...paging,
      },
      answer: pages('subscribers')((n) => contact(n + 1)),
    }),
    operation({
      id: 'save_contact',
      route: `POST ${root}/subscribers`,
      body: json(
        object({
          email,
          status,
          ...person,
          'tags?': ids,
          'lists?': ids,
          'double_optin?': flag,
          '__force_update?': among('yes', 'no'),
        }),
      ),
      sameWhen: (request) => String(given(request)['email']).toLowerCase(),
      answer: (request, memory) => {
        const { tags: _tags, lists: _lists, __force_update: force, ...fields } = given(request);
        const known = savedContacts(memory).some((one) => one['email'] === fields['email']);
        if (known && force !== 'yes') {
          const message = 'Provided email already assigned to another subscriber.';
          return reply(422, { message, errors: { email: [message] } });
        }
        return ok({
          message: 'Saved.',
          contact: contact(42, fields),
          action_type: known ? 'updated' : 'created',
        });
      },
    }),
    operation({
      id: 'get_contact',
      route: `GET ${root}/subscribers/{id}`,
      path: numbered,
      query: {
        'get_by_email?': email,
        'with[]?': list(among('stats', 'subscriber.custom_values', 'custom_fields', 'commerce_stat')),
      },
      answer: (request, memory) => {
        const wanted = request.query['get_by_email'];
        if (wanted === undefined) return ok({ subscriber: contact(idOf(request)) });
        const found = savedContacts(memory).find((one) => one['email'] === wanted);
        return found ? ok({ subscriber: contact(42, { email: wanted }) }) : notFound('Subscriber');
      },
    }),
    operation({
      id: 'update_contact',
      route: `PUT ${root}/subscribers/{id}`,
      path: numbered,
      body: json(
        object({
          subscriber: object({
            'email?': email,
            'status?': status,
            ...person,
            'custom_values?': mapOf(anyText),
            'attach_tags?': ids,
            'detach_tags?': ids,
            'attach_lists?': ids,
            'detach_lists?': ids,
          }),
        }),
      ),
      sameWhen: same,
      answer: (request) => ok({ message: 'Saved.', contact: contact(idOf(request)), isDirty: true }),
    }),
    operation({
      id: 'bulk_action',
      route: `POST ${root}/subscribers/do-bulk-action`,
      body: json(
        object({
          action_name: among(
            'add_to_tags',
            'remove_from_tags',
            'add_to_lists',
            'remove_from_lists',
            'change_contact_status',
          ),
          subscriber_ids: list(integer, 1),
          'action_options?': list(integer, 1),
          'new_status?': text,
        }),
      ),
      sameWhen: same,
      answer: (request) => {
        const chosen = given(request)['subscriber_ids'] as number[];
        return ok({
          message: 'Done.',
          completed_contacts: chosen.length,
          last_contact_id: chosen.at(-1),
        });
      },
    }),
    operation({
      id: 'list_notes',
      route: `GET ${root}/subscribers/{id}/notes`,
      path: numbered,
      query: { 'search?': text, ...paging },
      answer: listed(
        'notes',
        (memory) =>
          memory.effects('add_note').map(({ answer }) => (answer.body as Record<string, unknown>)['note']),
        (id) => ({
          id,
          subscriber_id: 12,
          title: `Note ${id}`,
          description: '<p>Something</p>',
          type: 'note',
          ...at,
        }),
      ),
    }),
    operation({
      id: 'add_note',
      route: `POST ${root}/subscribers/{id}/notes`,
      path: numbered,
      body: json(
        object({
          note: object({
            title: text,
            description: text,
            type: among('note', 'call', 'email', 'meeting', 'activity'),
            'created_at?': localTime,
          }),
        }),
      ),
      answer: (request, memory) =>
        ok({
          note: { id: memory.number() + 100, subscriber_id: idOf(request), ...given(request)['note'], ...at },
          message: 'Note successfully added',
        }),
    }),
    ...label('tags'),
    ...label('lists'),
    ...campaigns,
  ],
});
