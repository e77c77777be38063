import {
  type Answering,
  defineContract,
  json,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  anything,
  between,
  constant,
  dateTime,
  flag,
  integer,
  list,
  mapOf,
  matching,
  type Members,
  object,
  text,
  upTo,
} from '../upstream/shapes.ts';

const project = { project: matching(/^\d+$/) };
const paging = { 'limit?': between(1, 1_000), 'offset?': between(0, 1_000_000) };
const body = (request: Recorded) => request.body as Record<string, unknown>;

/** Pages that name the address of the next one, at the host of the vendor. */
function pages(item: (n: number) => unknown): Answering {
  return (request, memory) => {
    const size = Number(request.query['limit'] ?? 100);
    const offset = Number(request.query['offset'] ?? 0);
    const answer = byOffset({
      param: 'offset',
      size: 'limit',
      standard: 100,
      answer: (results, count) => {
        const query = new URLSearchParams(request.search);
        query.set('limit', String(size));
        query.set('offset', String(offset + size));
        const more = offset + size < count;
        return {
          count,
          next: more ? `https://eu.posthog.com${request.path}?${query.toString()}` : null,
          previous: null,
          results,
        };
      },
    });
    return answer(item)(request, memory);
  };
}

/** The list, or what was made before, when it is looked for. */
const orMade =
  (operationId: string, item: (n: number) => object): Answering =>
  (request, memory) => {
    if (request.query['search'] === undefined) return pages(item)(request, memory);
    const made = memory
      .effects(operationId)
      .map((effect, n) => ({ ...item(900 + n), ...(effect.answer.body as object) }));
    return ok({ count: made.length, next: null, previous: null, results: made });
  };

const flagOf = (n: number) => ({
  id: n,
  key: `flag-${n}`,
  name: 'A feature',
  active: true,
  rollout_percentage: 20,
  filters: { groups: [{ properties: [], rollout_percentage: 20 }] },
});
const annotationOf = (n: number) => ({
  id: n,
  content: 'New prices',
  date_marker: '2026-11-01T00:00:00Z',
  scope: 'project',
});

const filters = object({
  groups: list(object({ properties: list(anything), rollout_percentage: between(0, 100) }), 1),
});
const annotation: Members = {
  content: upTo(8_192),
  date_marker: dateTime,
  'scope?': among('dashboard_item', 'dashboard', 'project', 'organization'),
};

const failure = (status: number, type: string, code: string, detail: string, attr: string | null = null) =>
  reply(status, { type, code, detail, attr });

/** PostHog's private API and its intake of events: paths end with a slash, pages name the address of the next one. */
export const contract = defineContract({
  name: 'posthog',
  baseUrl: 'https://eu.posthog.com',
  credentials: {
    apiKey: 'phx_contractKey1',
    host: 'https://eu.posthog.com',
    projectId: '40118',
    projectToken: 'phc_contractToken1',
  },
  headers: { authorization: matching(/^Bearer phx_\S+$/) },
  errors: {
    unauthorised: () =>
      failure(401, 'authentication_error', 'authentication_failed', 'Invalid personal API key.'),
    rateLimited: (retryAfterS) =>
      reply(
        429,
        { type: 'throttled_error', code: 'throttled', detail: 'Request was throttled.', attr: null },
        { 'retry-after': String(retryAfterS) },
      ),
    invalid: (field, message) => failure(400, 'validation_error', 'invalid_input', message, field),
    unavailable: (status) => failure(status, 'server_error', 'error', 'A server error occurred.'),
  },
  vendor: {
    kind: 'openapi',
    files: ['posthog/posthog-mcp-2025-10-10.openapi.json'],
    ignoreRequired: true,
  },
  operations: [
    operation({
      id: 'getProject',
      route: 'GET /api/projects/{project}/',
      path: project,
      undescribed:
        'the description has it only below its organisation, which keys of one project may not read',
      answer: ok({ id: 40118, name: 'Lovelace Care', timezone: 'Europe/Berlin', api_token: 'phc_other' }),
    }),
    operation({
      id: 'query',
      route: 'POST /api/environments/{project}/query/',
      path: project,
      reads: true,
      body: json(
        object({
          query: object({
            kind: constant('HogQLQuery'),
            query: matching(/^\s*(SELECT|WITH)\s/i),
            'values?': mapOf(anything),
          }),
          'name?': text,
        }),
      ),
      answer: ok({
        columns: ['event', 'count()'],
        results: [['quote_requested', 118]],
        types: [
          ['event', 'String'],
          ['count()', 'UInt64'],
        ],
        hasMore: false,
        hogql: 'SELECT',
      }),
    }),
    operation({
      id: 'listInsights',
      route: 'GET /api/projects/{project}/insights/',
      path: project,
      query: { 'basic?': flag, 'short_id?': text, ...paging },
      answer: pages((n) => ({ id: n, short_id: `s${n}`, name: '', derived_name: 'Quotes', description: '' })),
    }),
    operation({
      id: 'listDashboards',
      route: 'GET /api/projects/{project}/dashboards/',
      path: project,
      query: paging,
      answer: pages((n) => ({ id: n, name: 'Overview', description: '', pinned: true })),
    }),
    operation({
      id: 'listFlags',
      route: 'GET /api/projects/{project}/feature_flags/',
      path: project,
      query: {
        'active?': among('true', 'false', 'STALE'),
        'search?': text,
        'type?': among('boolean', 'multivariant', 'experiment'),
        ...paging,
      },
      answer: orMade('createFlag', flagOf),
    }),
    operation({
      id: 'createFlag',
      route: 'POST /api/projects/{project}/feature_flags/',
      path: project,
      body: json(object({ key: upTo(400), 'name?': text, 'active?': flag, 'filters?': filters })),
      answer: (request, memory) => reply(201, { ...flagOf(700 + memory.number()), ...body(request) }),
    }),
    operation({
      id: 'updateFlag',
      route: 'PATCH /api/projects/{project}/feature_flags/{flag}/',
      path: { ...project, flag: integer },
      body: json(object({ 'active?': flag, 'name?': text, 'filters?': filters })),
      sameWhen: (request) => request.path + request.raw.toString(),
      answer: (request) => ok({ ...flagOf(Number(request.params['flag'])), ...body(request) }),
    }),
    operation({
      id: 'listEvents',
      route: 'GET /api/projects/{project}/event_definitions/',
      path: project,
      query: { 'search?': text, ...paging },
      undescribed: 'the description names no parameters of the list',
      answer: pages((n) => ({ id: `d${n}`, name: `event_${n}`, description: '', last_seen_at: null })),
    }),
    operation({
      id: 'listAnnotations',
      route: 'GET /api/projects/{project}/annotations/',
      path: project,
      query: { 'search?': text, ...paging },
      answer: orMade('createAnnotation', annotationOf),
    }),
    operation({
      id: 'createAnnotation',
      route: 'POST /api/projects/{project}/annotations/',
      path: project,
      body: json(object(annotation)),
      answer: (request, memory) => reply(201, { ...annotationOf(500 + memory.number()), ...body(request) }),
    }),
    operation({
      id: 'capture',
      route: 'POST /i/v0/e/',
      body: json(
        object({
          api_key: matching(/^phc_\S+$/),
          event: upTo(200),
          distinct_id: upTo(200),
          'properties?': mapOf(anything),
          'timestamp?': dateTime,
          'uuid?': { type: 'string', format: 'uuid' },
        }),
      ),
      // An event is known by its uuid.
      sameWhen: (request) => String(body(request)['uuid']),
      undescribed: 'the intake of events is not part of the description',
      answer: ok({ status: 'Ok' }),
    }),
  ],
});
