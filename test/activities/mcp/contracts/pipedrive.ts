import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  among,
  between,
  commaSeparated,
  date,
  dateTime,
  email,
  flag,
  integer,
  list,
  mapOf,
  anything,
  matching,
  number,
  object,
  objectWithAny,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const uuid: Shape = { type: 'string', format: 'uuid' };
const currency = matching(/^[A-Z]{3}$/);
const limit = between(1, 500);
const paging = { 'limit?': limit, 'cursor?': text };
const sorting = {
  'sort_by?': among('id', 'update_time', 'add_time'),
  'sort_direction?': among('asc', 'desc'),
};
const customFields = { 'custom_fields?': mapOf(anything), 'label_ids?': list(integer) };

const given = ({ body }: Recorded) => body as Record<string, unknown>;
const done = (data: unknown, status = 200) => reply(status, { success: true, data });
const listed = (data: unknown[], next: string | undefined) => ({
  success: true,
  data,
  additional_data: { next_cursor: next ?? null },
});
const pages = byToken({ param: 'cursor', size: 'limit', standard: 100, answer: listed });
const searchPages = byToken({
  param: 'cursor',
  size: 'limit',
  standard: 100,
  answer: (items, next) => ({
    success: true,
    data: { items },
    additional_data: { next_cursor: next ?? null },
  }),
});

const deal = {
  id: 1,
  title: 'A website',
  owner_id: 7,
  person_id: 3,
  org_id: null,
  pipeline_id: 1,
  stage_id: 2,
  value: 4_800.5,
  currency: 'EUR',
  add_time: '2026-10-01T08:00:00Z',
  update_time: '2026-10-02T08:00:00Z',
  status: 'open',
  probability: null,
  expected_close_date: '2026-12-01',
  label_ids: [],
  custom_fields: {},
};
const dealFields = {
  'owner_id?': integer,
  'person_id?': integer,
  'org_id?': integer,
  'pipeline_id?': integer,
  'stage_id?': integer,
  'value?': number,
  'currency?': currency,
  'status?': among('open', 'won', 'lost'),
  'lost_reason?': text,
  'expected_close_date?': date,
  ...customFields,
};
const contactPoint = (value: Shape) => list(object({ value, 'primary?': flag, 'label?': text }));

/** Pipedrive's API as documented: version 2 with cursors, leads and notes still in version 1. */
export const contract = defineContract({
  name: 'pipedrive',
  baseUrl: 'https://hara.pipedrive.com/api',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'client-1',
    clientSecret: 'client-secret-1',
    company: 'hara',
    webhookPassword: 'webhook-password-1',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  oauth: {
    route: 'POST /oauth/token',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: false,
    lifeS: 3_600,
    answer: { scope: 'deals:full contacts:full', api_domain: 'https://hara.pipedrive.com' },
  },
  errors: {
    unauthorised: () =>
      reply(401, {
        success: false,
        error: 'unauthorized access',
        errorCode: 401,
        error_info: 'See the docs',
      }),
    rateLimited: (retryAfterS) =>
      reply(
        429,
        { success: false, error: 'request over limit', code: 429 },
        {
          'x-ratelimit-limit': '80',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(retryAfterS),
          'x-daily-requests-left': '12000',
        },
      ),
    invalid: (field, message) =>
      reply(400, {
        success: false,
        error: `Validation failed: ${field}: ${message}`,
        error_info: 'See the docs',
        code: 'ERR_SCHEMA_VALIDATION_FAILED',
      }),
  },
  operations: [
    operation({
      id: 'listDeals',
      route: 'GET /api/v2/deals',
      query: {
        'filter_id?': integer,
        'ids?': text,
        'owner_id?': integer,
        'person_id?': integer,
        'org_id?': integer,
        'pipeline_id?': integer,
        'stage_id?': integer,
        'status?': among('open', 'won', 'lost', 'deleted'),
        'updated_since?': dateTime,
        'updated_until?': dateTime,
        ...sorting,
        ...paging,
      },
      answer: (request, memory) => {
        const made = memory
          .effects('createDeal')
          .map(({ answer }) => (answer.body as { data: unknown }).data);
        return made.length > 0
          ? ok(listed(made, undefined))
          : pages((n) => ({ ...deal, id: n + 1, title: `Deal ${n}` }))(request, memory);
      },
    }),
    operation({
      id: 'createDeal',
      route: 'POST /api/v2/deals',
      body: json(object({ title: text, ...dealFields })),
      answer: (request, memory) =>
        done({ ...deal, person_id: null, org_id: null, ...given(request), id: 900 + memory.number() }),
    }),
    operation({
      id: 'updateDeal',
      route: 'PATCH /api/v2/deals/{id}',
      path: { id: integer },
      body: json(object({ 'title?': text, ...dealFields })),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: (request) => done({ ...deal, ...given(request), id: request.params['id'] }),
    }),
    operation({
      id: 'searchItems',
      route: 'GET /api/v2/itemSearch',
      query: {
        term: { type: 'string', minLength: 2 },
        'item_types?': commaSeparated(
          among('deal', 'person', 'organization', 'product', 'lead', 'file', 'mail_attachment', 'project'),
        ),
        'fields?': text,
        'search_for_related_items?': flag,
        'exact_match?': flag,
        'limit?': between(1, 100),
        'cursor?': text,
      },
      answer: searchPages((n) => ({
        result_score: 1.2,
        item: { id: n + 1, type: 'person', name: `Person ${n}` },
      })),
    }),
    operation({
      id: 'searchPersons',
      route: 'GET /api/v2/persons/search',
      query: {
        term: text,
        'fields?': commaSeparated(among('custom_fields', 'email', 'notes', 'phone', 'name')),
        'exact_match?': flag,
        'organization_id?': integer,
        'limit?': between(1, 100),
        'cursor?': text,
      },
      answer: (_request, memory) => {
        const made = memory
          .effects('createPerson')
          .map(({ answer }) => (answer.body as { data: object }).data);
        return done({ items: made.map((item) => ({ result_score: 1, item: { ...item, type: 'person' } })) });
      },
    }),
    operation({
      id: 'createPerson',
      route: 'POST /api/v2/persons',
      body: json(
        object({
          name: text,
          'owner_id?': integer,
          'org_id?': integer,
          'emails?': contactPoint(email),
          'phones?': contactPoint(text),
          'marketing_status?': among('no_consent', 'unsubscribed', 'subscribed', 'archived'),
          ...customFields,
        }),
      ),
      answer: (request, memory) => done({ ...given(request), id: 300 + memory.number() }),
    }),
    operation({
      id: 'listActivities',
      route: 'GET /api/v2/activities',
      query: {
        'filter_id?': integer,
        'ids?': text,
        'owner_id?': integer,
        'deal_id?': integer,
        'lead_id?': uuid,
        'person_id?': integer,
        'org_id?': integer,
        'done?': flag,
        'updated_since?': dateTime,
        'sort_by?': among('id', 'update_time', 'add_time', 'due_date'),
        'sort_direction?': among('asc', 'desc'),
        ...paging,
      },
      answer: (_request, memory) =>
        ok(
          listed(
            memory.effects('createActivity').map(({ answer }) => (answer.body as { data: unknown }).data),
            undefined,
          ),
        ),
    }),
    operation({
      id: 'createActivity',
      route: 'POST /api/v2/activities',
      body: json(
        object({
          'subject?': text,
          'type?': text,
          'owner_id?': integer,
          'deal_id?': integer,
          'lead_id?': uuid,
          'org_id?': integer,
          'due_date?': date,
          'due_time?': matching(/^\d\d:\d\d(:\d\d)?$/),
          'duration?': matching(/^\d\d:\d\d(:\d\d)?$/),
          'busy?': flag,
          'done?': flag,
          'note?': text,
          'public_description?': text,
          'priority?': integer,
          'participants?': list(object({ person_id: integer, 'primary?': flag })),
          'attendees?': list(object({ 'email?': email, 'person_id?': integer })),
        }),
      ),
      answer: (request, memory) => done({ ...given(request), id: 500 + memory.number() }),
    }),
    operation({
      id: 'listStages',
      route: 'GET /api/v2/stages',
      query: {
        'pipeline_id?': integer,
        'sort_by?': among('id', 'update_time', 'add_time', 'order_nr'),
        'sort_direction?': among('asc', 'desc'),
        ...paging,
      },
      answer: pages((n) => ({
        id: n + 1,
        order_nr: n,
        name: `Stage ${n}`,
        is_deleted: false,
        deal_probability: 100,
        pipeline_id: 1,
        is_deal_rot_enabled: false,
        days_to_rotten: null,
      })),
    }),
    operation({
      id: 'listLeads',
      route: 'GET /api/v1/leads',
      query: {
        'limit?': limit,
        'start?': integer,
        'owner_id?': integer,
        'person_id?': integer,
        'organization_id?': integer,
        'filter_id?': integer,
        'sort?': matching(
          /^(id|title|owner_id|creator_id|was_seen|expected_close_date|next_activity_id|add_time|update_time)( (ASC|DESC))?$/,
        ),
      },
      answer: (_request, memory) =>
        ok({
          success: true,
          data: memory.effects('createLead').map(({ answer }) => (answer.body as { data: unknown }).data),
          additional_data: { pagination: { start: 0, limit: 100, more_items_in_collection: false } },
        }),
    }),
    operation({
      id: 'createLead',
      route: 'POST /api/v1/leads',
      body: json(
        objectWithAny(['person_id', 'organization_id'], {
          title: upTo(255),
          'owner_id?': integer,
          'label_ids?': list(uuid),
          'person_id?': integer,
          'organization_id?': integer,
          'value?': object({ amount: number, currency }),
          'expected_close_date?': date,
          'was_seen?': flag,
          'origin_id?': text,
          'channel?': integer,
          'channel_id?': text,
        }),
      ),
      answer: (request, memory) =>
        done(
          {
            ...given(request),
            id: `adf21080-0e10-11eb-879b-${String(memory.number()).padStart(12, '0')}`,
            is_archived: false,
          },
          201,
        ),
    }),
    operation({
      id: 'createNote',
      route: 'POST /api/v1/notes',
      body: json(
        objectWithAny(['lead_id', 'deal_id', 'person_id', 'org_id', 'project_id'], {
          content: text,
          'lead_id?': uuid,
          'deal_id?': integer,
          'person_id?': integer,
          'org_id?': integer,
          'project_id?': integer,
          'user_id?': integer,
          'add_time?': text,
        }),
      ),
      answer: (request, memory) => done({ ...given(request), id: 700 + memory.number() }),
    }),
  ],
});
