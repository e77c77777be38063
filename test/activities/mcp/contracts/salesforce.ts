import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import {
  anyText,
  anything,
  date,
  either,
  mapOf,
  matching,
  type Members,
  number,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const root = '/services/data/v67.0';
const recordId = matching(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/);
const apiName = matching(/^[A-Za-z]\w*$/);
const currency = matching(/^[A-Z]{3}$/);
const given = ({ body }: Recorded) => body as Record<string, unknown>;
const numbered = (prefix: string, n: number) => `${prefix}${String(n).padStart(12, '0')}AAA`;
const saved = (id: string, created = true) => ({ id, success: true, errors: [], created });
const upsertedFields: Shape = mapOf(either(anyText, { type: ['number', 'boolean', 'null'] }));

const leadFields: Members = {
  'FirstName?': upTo(40),
  'Email?': upTo(80),
  'Phone?': upTo(40),
  'LeadSource?': upTo(255),
  'Description?': upTo(32_000),
};
const taskFields: Members = {
  'Subject?': upTo(255),
  'Description?': upTo(32_000),
  'ActivityDate?': date,
  'Status?': text,
  'Priority?': text,
  'WhoId?': recordId,
  'WhatId?': recordId,
  'OwnerId?': recordId,
};
const opportunityFields: Members = {
  'Name?': upTo(120),
  'StageName?': text,
  'CloseDate?': date,
  'NextStep?': upTo(255),
  'Probability?': number,
};
/** With one currency an amount stands alone; with several it is in the currency of the record. */
const opportunityShape: Shape = {
  anyOf: [
    object({ ...opportunityFields, 'Amount?': number }),
    {
      ...object({ ...opportunityFields, Amount: number, CurrencyIsoCode: currency }),
      decimalsOf: { value: 'Amount', currency: 'CurrencyIsoCode' },
    },
  ],
};

const record = (object: string, n: number) => ({
  attributes: { type: object, url: `${root}/sobjects/${object}/${numbered('006', n)}` },
  Id: numbered('006', n),
  Name: `Record ${n}`,
  StageName: 'Prospecting',
  Amount: n % 2 === 0 ? 4_800.5 : null,
  CurrencyIsoCode: 'EUR',
  CloseDate: '2026-12-01',
  AccountId: null,
  OwnerId: numbered('005', 1),
  IsClosed: false,
});

/** Three pages; the address of the next one holds where it begins and how long pages are. */
function batch(from: number, size: number) {
  const total = size * 2 + 1;
  const until = Math.min(from + size, total);
  return ok({
    totalSize: total,
    done: until >= total,
    ...(until < total && { nextRecordsUrl: `${root}/query/01gD0000002HU6K-${until}-${size}` }),
    records: Array.from({ length: until - from }, (_, index) => record('Opportunity', from + index)),
  });
}
const options: Members = { 'sforce-query-options?': matching(/^batchSize=(2\d\d|[3-9]\d\d|1\d{3}|2000)$/) };
const sizeOf = ({ headers }: Recorded) =>
  Number(/\d+$/.exec(headers['sforce-query-options'] ?? '')?.[0] ?? 2_000);

const failure = (status: number, errorCode: string, message: string, fields?: string[]) =>
  reply(status, [{ message, errorCode, ...(fields && { fields }) }]);

/** Salesforce's REST API of version 67.0 as documented; errors are lists, amounts decimal numbers. */
export const contract = defineContract({
  name: 'salesforce',
  baseUrl: 'https://hara.my.salesforce.com/services/data/v67.0',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'client-1',
    clientSecret: 'client-secret-1',
    instance: 'https://hara.my.salesforce.com',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  oauth: {
    route: 'POST /services/oauth2/token',
    clientAuth: 'body',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: false,
    lifeS: 7_200,
    answer: { instance_url: 'https://hara.my.salesforce.com', id: 'https://login.salesforce.com/id/1/2' },
  },
  errors: {
    unauthorised: () => failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
    // Nothing tells how long to wait.
    rateLimited: () => failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
    invalid: (field, message) => failure(400, 'FIELD_INTEGRITY_EXCEPTION', message, [field]),
    unavailable: (status) => failure(status, 'SERVER_UNAVAILABLE', 'The server is temporarily unavailable'),
  },
  operations: [
    operation({
      id: 'query',
      route: `GET ${root}/query`,
      headers: options,
      query: { q: matching(/^SELECT .+ FROM \w+/) },
      answer: (request) => batch(0, sizeOf(request)),
    }),
    operation({
      id: 'queryMore',
      route: `GET ${root}/query/{place}`,
      headers: options,
      path: { place: matching(/^01g\w+-\d+-\d+$/) },
      answer: ({ params }) => {
        const [from = 0, size = 0] = String(params['place']).split('-').slice(1).map(Number);
        return batch(from, size);
      },
    }),
    operation({
      id: 'search',
      route: `GET ${root}/search`,
      query: { q: matching(/^FIND \{([^{}\\]|\\.)+\} IN (ALL|NAME|EMAIL|PHONE) FIELDS RETURNING .+$/) },
      answer: ok({
        searchRecords: [
          {
            attributes: { type: 'Account', url: `${root}/sobjects/Account/1` },
            Id: numbered('001', 1),
            Name: 'Hara',
          },
        ],
      }),
    }),
    operation({
      id: 'describe',
      route: `GET ${root}/sobjects/{object}/describe`,
      path: { object: apiName },
      answer: ({ params }) =>
        ok({
          name: params['object'],
          label: 'Opportunity',
          fields: [
            {
              name: 'StageName',
              label: 'Stage',
              type: 'picklist',
              nillable: false,
              createable: true,
              updateable: true,
              defaultedOnCreate: false,
              length: 255,
              picklistValues: [
                { value: 'Prospecting', label: 'Prospecting', active: true, defaultValue: false },
              ],
            },
          ],
        }),
    }),
    operation({
      id: 'createLead',
      route: `POST ${root}/sobjects/Lead`,
      body: json(object({ LastName: upTo(80), Company: upTo(255), ...leadFields })),
      answer: (_request, memory) => reply(201, saved(numbered('00Q', memory.number()))),
    }),
    operation({
      id: 'updateOpportunity',
      route: `PATCH ${root}/sobjects/Opportunity/{id}`,
      path: { id: recordId },
      body: json(opportunityShape),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: reply(204),
    }),
    operation({
      id: 'createTask',
      route: `POST ${root}/sobjects/Task`,
      body: json(object(taskFields)),
      answer: (_request, memory) => reply(201, saved(numbered('00T', memory.number()))),
    }),
    operation({
      id: 'upsert',
      route: `PATCH ${root}/sobjects/{object}/{field}/{value}`,
      path: { object: apiName, field: apiName, value: upTo(255) },
      query: { 'updateOnly?': anything },
      body: json(upsertedFields),
      sameWhen: ({ params }) => JSON.stringify(params),
      answer: (request, memory) =>
        reply(201, { ...saved(numbered('001', memory.number())), given: Object.keys(given(request)).length }),
    }),
    operation({
      id: 'limits',
      route: `GET ${root}/limits`,
      answer: ok({
        DailyApiRequests: { Max: 100_000, Remaining: 99_000 },
        DataStorageMB: { Max: 5, Remaining: 5 },
      }),
    }),
  ],
});
