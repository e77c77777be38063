import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  among,
  anyText,
  between,
  email,
  flag,
  integer,
  list,
  majorMoney,
  matching,
  type Members,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const objects = '/crm/objects/2026-09';
const digits = matching(/^\d+$/);
/** Moments are written in ISO 8601 or as milliseconds; every value is text. */
const moment = matching(/^(\d{13}|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z)$/);
const associations = list(
  object({
    to: object({ id: digits }),
    types: list(
      object({
        associationCategory: among('HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED'),
        associationTypeId: integer,
      }),
      1,
    ),
  }),
);
const record = (properties: Members) =>
  json(object({ properties: object(properties), 'associations?': associations }));

const contactProperties: Members = {
  'email?': email,
  'firstname?': anyText,
  'lastname?': anyText,
  'phone?': anyText,
  'company?': anyText,
  'lifecyclestage?': anyText,
};
const dealProperties: Members = {
  'dealname?': text,
  'pipeline?': text,
  'dealstage?': text,
  'closedate?': moment,
  'hubspot_owner_id?': digits,
};
/** An amount comes with its currency, or without both. */
const dealShape: Shape = {
  anyOf: [object(dealProperties), majorMoney('amount', 'deal_currency_code', 'text', dealProperties)],
};
const search = json(
  object({
    'query?': upTo(3_000),
    'filterGroups?': list(
      object({
        filters: list(
          object({
            propertyName: text,
            operator: among('EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN', 'IN', 'NOT_IN', 'HAS_PROPERTY'),
            'value?': text,
            'values?': list(text),
            'highValue?': text,
          }),
          1,
          18,
        ),
      }),
      0,
      6,
    ),
    'properties?': list(text),
    'sorts?': list(object({ propertyName: text, direction: among('ASCENDING', 'DESCENDING') }), 0, 1),
    'limit?': between(1, 200),
    'after?': text,
  }),
);

const listed = (results: unknown[], after: string | undefined) => ({
  results,
  ...(after !== undefined && { paging: { next: { after, link: '?after=x' } } }),
});
const pages = byToken({ param: 'after', size: 'limit', standard: 100, answer: listed });
const searchPages = byToken({
  param: 'after',
  size: 'limit',
  standard: 10,
  inBody: true,
  answer: (items, after, total) => ({ total, ...listed(items, after) }),
});

const given = ({ body }: Recorded) => body as { properties: Record<string, string> };
const kept = (id: string, properties: Record<string, string | null>) => ({
  id,
  properties: { ...properties, hs_object_id: id, createdate: '2026-11-01T08:00:00Z' },
  createdAt: '2026-11-01T08:00:00.000Z',
  updatedAt: '2026-11-02T08:00:00.000Z',
  archived: false,
});
const made = (firstId: number) => (request: Recorded, memory: { number(): number }) =>
  reply(201, kept(String(firstId + memory.number()), given(request).properties));
const failure = (status: number, category: string, message: string, more: object = {}) =>
  reply(status, {
    status: 'error',
    message,
    correlationId: '5c1f2a7e-0b43-4d6c-9a85-3e7d61b0f2c4',
    category,
    ...more,
  });

/** HubSpot's API of version 2026-09 as documented: every property is text, amounts are in major units. */
export const contract = defineContract({
  name: 'hubspot',
  baseUrl: 'https://api.hubapi.com',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'client-1',
    clientSecret: 'client-secret-1',
    currency: 'EUR',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  oauth: {
    route: 'POST /oauth/2026-09/token',
    clientAuth: 'body',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: false,
    lifeS: 1_800,
    answer: { token_type: 'bearer', hub_id: 62_515 },
  },
  errors: {
    unauthorised: () =>
      failure(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.'),
    rateLimited: (retryAfterS) => ({
      ...failure(429, 'RATE_LIMITS', 'You have reached your ten_secondly_rolling limit.', {
        errorType: 'RATE_LIMIT',
        policyName: 'TEN_SECONDLY_ROLLING',
      }),
      headers: {
        'x-hubspot-ratelimit-interval-milliseconds': String(retryAfterS * 1_000),
        'x-hubspot-ratelimit-max': '110',
        'x-hubspot-ratelimit-remaining': '0',
      },
    }),
    invalid: (field, message) =>
      failure(400, 'VALIDATION_ERROR', `Property values were not valid: ${message}`, {
        errors: [{ message, code: 'INVALID', context: { propertyName: [field] } }],
      }),
  },
  operations: [
    operation({
      id: 'searchContacts',
      route: `POST ${objects}/contacts/search`,
      reads: true,
      body: search,
      answer: searchPages((n) =>
        kept(String(100 + n), {
          email: `ada${n}@example.com`,
          firstname: 'Ada',
          lastname: null,
          phone: null,
          lifecyclestage: 'lead',
        }),
      ),
    }),
    operation({
      id: 'upsertContacts',
      route: `POST ${objects}/contacts/batch/upsert`,
      body: json(
        object({
          inputs: list(
            object({
              id: text,
              'idProperty?': text,
              'objectWriteTraceId?': text,
              properties: object(contactProperties),
            }),
            1,
            100,
          ),
        }),
      ),
      sameWhen: ({ body }) => JSON.stringify(body),
      answer: ({ body }) => {
        const { inputs } = body as { inputs: { properties: Record<string, string> }[] };
        const results = inputs.map(({ properties }, n) => ({
          ...kept(String(100 + n), properties),
          new: true,
        }));
        return ok({ status: 'COMPLETE', results, startedAt: '', completedAt: '' });
      },
    }),
    operation({
      id: 'searchDeals',
      route: `POST ${objects}/deals/search`,
      reads: true,
      body: search,
      answer: searchPages((n) =>
        kept(String(200 + n), {
          dealname: `Deal ${n}`,
          amount: '4800.50',
          deal_currency_code: n % 2 === 0 ? 'EUR' : null,
          pipeline: 'default',
          dealstage: 'contractsent',
          closedate: '2026-12-01T00:00:00Z',
          hubspot_owner_id: null,
        }),
      ),
    }),
    operation({
      id: 'createDeal',
      route: `POST ${objects}/deals`,
      body: json(object({ properties: dealShape, 'associations?': associations })),
      answer: made(700),
    }),
    operation({
      id: 'updateDeal',
      route: `PATCH ${objects}/deals/{id}`,
      path: { id: digits },
      query: { 'idProperty?': text },
      body: json(object({ properties: dealShape })),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: (request) => ok(kept(String(request.params['id']), given(request).properties)),
    }),
    operation({
      id: 'listPipelines',
      route: 'GET /crm/pipelines/2026-09/{type}',
      path: { type: among('deals', 'tickets') },
      answer: ok({
        results: [
          {
            id: 'default',
            label: 'Sales',
            displayOrder: 0,
            archived: false,
            stages: [
              { id: 'closedwon', label: 'Won', displayOrder: 1, metadata: {}, archived: false },
              { id: 'contractsent', label: 'Contract sent', displayOrder: 0, metadata: {}, archived: false },
            ],
          },
        ],
      }),
    }),
    operation({
      id: 'createTicket',
      route: `POST ${objects}/tickets`,
      body: record({
        subject: text,
        'content?': text,
        'hs_pipeline?': text,
        hs_pipeline_stage: text,
        'hs_ticket_priority?': among('LOW', 'MEDIUM', 'HIGH', 'URGENT'),
        'hubspot_owner_id?': digits,
      }),
      answer: made(800),
    }),
    operation({
      id: 'createNote',
      route: `POST ${objects}/notes`,
      body: record({ hs_note_body: upTo(65_536), hs_timestamp: moment, 'hubspot_owner_id?': digits }),
      answer: made(900),
    }),
    operation({
      id: 'createTask',
      route: `POST ${objects}/tasks`,
      body: record({
        hs_timestamp: moment,
        'hs_task_subject?': text,
        'hs_task_body?': text,
        'hs_task_status?': among('NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'DEFERRED', 'COMPLETED'),
        'hs_task_priority?': among('LOW', 'MEDIUM', 'HIGH'),
        'hs_task_type?': among('EMAIL', 'CALL', 'TODO'),
        'hubspot_owner_id?': digits,
      }),
      answer: made(950),
    }),
    operation({
      id: 'associate',
      route: `PUT ${objects}/{from}/{id}/associations/default/{to}/{other}`,
      answer: ok({ status: 'COMPLETE', results: [] }),
    }),
    operation({
      id: 'listOwners',
      route: 'GET /crm/owners/2026-09',
      query: { 'email?': email, 'limit?': between(1, 500), 'after?': text, 'archived?': flag },
      answer: pages((n) => ({
        id: String(n + 1),
        email: `o${n}@example.com`,
        type: 'PERSON',
        firstName: 'Olga',
        lastName: 'Owner',
        userId: n + 1,
        archived: false,
        teams: [],
      })),
    }),
    operation({
      id: 'addToList',
      route: 'PUT /crm/lists/2026-09/{id}/memberships/add',
      path: { id: digits },
      body: json(list(digits, 1)),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: ({ body }) => ok({ recordsIdsAdded: body, recordIdsRemoved: [], recordIdsMissing: [] }),
    }),
  ],
});
