import { defineContract, json, ok, operation, reply } from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  anything,
  between,
  commaSeparated,
  dateTime,
  type Members,
  mapOf,
  matching,
  nullable,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const uuid: Shape = { type: 'string', format: 'uuid' };
const actionId = matching(/^[a-z_]+:[A-Za-z0-9-]+$/);
const paging: Members = { 'limit?': between(1, 100), 'offset?': between(0, 1_000_000) };
const stepInputs = { 'authentication?': nullable(text), inputs: mapOf(anything) };

const pages = (item: (n: number) => object) =>
  byOffset({
    param: 'offset',
    size: 'limit',
    standard: 10,
    answer: (data, count) => ({
      links: { next: null, prev: null },
      meta: { count, limit: data.length, offset: 0 },
      data,
    }),
  })(item);

const failure = (
  status: number,
  code: string,
  title: string,
  detail: string,
  source: object | null = null,
) => ({
  errors: [{ status, code, title, detail, source, meta: { source: 'ZAPIER' } }],
});

/** Workflow API of Zapier, and a catch hook, whose address is its only proof. */
export const contract = defineContract({
  name: 'zapier',
  baseUrl: 'https://api.zapier.com',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'client-of-the-contract',
    clientSecret: 'secret-of-the-contract',
    hookUrl: 'https://hooks.zapier.com/hooks/catch/1234567/abc123x/',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  oauth: {
    route: 'POST /oauth/token/',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 36_000,
    answer: { scope: 'zap zap:runs' },
  },
  errors: {
    unauthorised: () =>
      reply(401, failure(401, 'not_authenticated', 'NotAuthenticated', 'Authentication is missing.')),
    rateLimited: (retryAfterS) =>
      reply(429, failure(429, 'throttled', 'Throttled', 'Request was throttled.'), {
        'retry-after': String(retryAfterS),
        'x-ratelimit-remaining': '0',
      }),
    invalid: (field, message) =>
      reply(400, failure(400, 'invalid', 'ValidationError', message, { pointer: `/data/${field}` })),
    unavailable: (status) =>
      reply(status, failure(status, 'error', 'APIException', 'A server error occurred.')),
  },
  operations: [
    operation({
      id: 'listZaps',
      route: 'GET /v2/zaps',
      query: { ...paging, 'expand?': text },
      answer: pages((n) => ({
        type: 'zap',
        id: `00000000-0000-c000-8000-00000000000${n}`,
        is_enabled: true,
        last_successful_run_date: null,
        updated_at: '2026-10-11T08:00:00Z',
        title: `Zap ${n}`,
        links: { html_editor: `https://zapier.com/editor/${n}` },
        steps: [{ action: 'uag:1', authentication: 'QVaPP2O1', inputs: {}, title: null }],
      })),
    }),
    operation({
      id: 'listZapRuns',
      route: 'GET /v2/zap-runs',
      query: {
        ...paging,
        'statuses?': commaSeparated(
          among(
            'delayed',
            'scheduled',
            'pending',
            'error',
            'error_handled',
            'halted',
            'throttled',
            'held',
            'filtered',
            'skipped',
            'success',
          ),
        ),
        'from_date?': dateTime,
        'to_date?': dateTime,
        'search?': upTo(150),
        'zap_id?': { type: 'integer' },
      },
      answer: pages((n) => ({
        id: `123e4567-e89b-42d3-a456-42661417400${n}`,
        zap_id: 104_445_735,
        start_time: '2026-10-16T06:29:10.360000Z',
        end_time: '2026-10-16T06:29:12.360000Z',
        status: 'error',
        zap_title: 'New leads',
        steps: [{ status: 'error', start_time: '2026-10-16T06:29:10.360000Z' }],
        data_in: '',
        data_out: '',
      })),
    }),
    operation({
      id: 'listApps',
      route: 'GET /v2/apps',
      query: { ...paging, 'query?': text, 'category?': text, 'client_id?': text },
      answer: pages((n) => ({
        type: 'app',
        id: `868f9d3c-2ea0-4f19-a32d-a61b276ab80${n}`,
        title: `Sheets ${n}`,
        description: 'Tables for everybody.',
        action_types: ['READ', 'WRITE'],
      })),
    }),
    operation({
      id: 'listActions',
      route: 'GET /v2/actions',
      query: {
        app: uuid,
        'action_type?': among('READ', 'READ_BULK', 'SEARCH', 'SEARCH_AND_WRITE', 'SEARCH_OR_WRITE', 'WRITE'),
        'client_id?': text,
      },
      answer: ok({
        links: { next: null, prev: null },
        meta: { count: 1, limit: null, offset: 0 },
        data: [
          {
            type: 'action',
            id: 'uag:1f188536-6dd0-4172-8414-2b90914ddee9',
            key: 'add_row',
            app: '868f9d3c-2ea0-4f19-a32d-a61b276ab8de',
            action_type: 'WRITE',
            is_instant: false,
            title: 'Add row',
            description: 'Adds a row to a table',
          },
        ],
      }),
    }),
    operation({
      id: 'listAuthentications',
      route: 'GET /v2/authentications',
      query: { ...paging, app: uuid },
      answer: pages((n) => ({
        type: 'authentication',
        id: `QVaPP2O${n}`,
        app: '868f9d3c-2ea0-4f19-a32d-a61b276ab8de',
        is_expired: false,
        title: `Sheets of Ada ${n}`,
      })),
    }),
    operation({
      id: 'listInputFields',
      route: 'POST /v2/actions/{action_id+}/inputs',
      path: { action_id: actionId },
      reads: true,
      body: json(object({ data: object(stepInputs) })),
      answer: ok({
        links: { next: null, prev: null },
        meta: { count: 2, limit: null, offset: 0 },
        data: [
          { type: 'info_field', description: 'Choose a table first.' },
          {
            type: 'input_field',
            id: 'row',
            title: 'Row',
            description: 'Values of the row',
            is_required: true,
            value_type: 'OBJECT',
          },
        ],
      }),
    }),
    operation({
      id: 'runAction',
      route: 'POST /v2/action-runs',
      body: json(object({ data: object({ action: actionId, ...stepInputs }) })),
      answer: ok({ data: { type: 'run', id: '6d1f0c52-7b7e-4a0b-9a53-1f0d2c3b4a59' } }),
    }),
    operation({
      id: 'getActionRun',
      route: 'GET /v2/action-runs/{id}',
      path: { id: uuid },
      answer: ok({ data: { type: 'run', status: 'success', results: [{ id: 123 }], errors: [] } }),
    }),
    operation({
      id: 'guessZap',
      route: 'POST /v2/guess',
      reads: true,
      query: { client_id: text },
      body: json(object({ description: text })),
      answer: ok({
        title: 'Save new leads',
        steps: [
          { step: { title: 'New lead in the form', app: 'Form', api: 'FormAPI' }, alternatives: [] },
          { step: { title: null, app: 'Sheets', api: 'SheetsAPI' }, alternatives: [] },
        ],
        url: 'https://zapier.com/webintent/create-zap?template=contract',
      }),
    }),
    operation({
      id: 'catchHook',
      route: 'POST /hooks/catch/{account}/{hook}/',
      path: { account: matching(/^\d+$/), hook: matching(/^[A-Za-z0-9]+$/) },
      // The access token must not be sent to a webhook address.
      headers: { 'authorization?': { not: {} } },
      body: json(mapOf(anything)),
      answer: ok({
        status: 'success',
        id: '019a0c1e-7b7e-7a0b-9a53-1f0d2c3b4a59',
        request_id: '019a0c1e-7b7e-7a0b-9a53-1f0d2c3b4a59',
        attempt: '019a0c1e-7b7e-7a0b-9a53-1f0d2c3b4a59',
      }),
    }),
  ],
});
