import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  among,
  anyText,
  anything,
  between,
  constant,
  either,
  flag,
  list,
  mapOf,
  matching,
  object,
  type Shape,
  text,
} from '../upstream/shapes.ts';

const id = matching(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/);
const richText = list(
  object({
    'type?': constant('text'),
    text: object({ content: { type: 'string', maxLength: 2_000 }, 'link?': anything }),
    'annotations?': mapOf(anything),
  }),
  0,
  100,
);
const named = object({ name: text });
const orNull = (shape: Shape): Shape => either(shape, { type: 'null' });
/** One of the ways a property is written, by its type. */
const propertyValue = either(
  object({ 'type?': text, title: richText }),
  object({ 'type?': text, rich_text: richText }),
  object({ 'type?': text, number: orNull({ type: 'number' }) }),
  object({ 'type?': text, select: orNull(named) }),
  object({ 'type?': text, status: orNull(named) }),
  object({ 'type?': text, multi_select: list(named) }),
  object({ 'type?': text, date: orNull(object({ start: text, 'end?': text, 'time_zone?': text })) }),
  object({ 'type?': text, checkbox: flag }),
  object({ 'type?': text, url: orNull(text) }),
  object({ 'type?': text, email: orNull(text) }),
  object({ 'type?': text, phone_number: orNull(text) }),
);
const properties = mapOf(propertyValue);
const filterOf = (type: string, test: Shape) => object({ property: text, [type]: test });
const condition = either(
  filterOf('title', mapOf(anyText)),
  filterOf('rich_text', mapOf(anyText)),
  filterOf('select', mapOf(anyText)),
  filterOf('status', mapOf(anyText)),
  filterOf('checkbox', mapOf(flag)),
  filterOf(
    'date',
    object({ 'on_or_before?': text, 'on_or_after?': text, 'before?': text, 'after?': text, 'equals?': text }),
  ),
);
const sort = either(
  object({
    timestamp: among('last_edited_time', 'created_time'),
    direction: among('ascending', 'descending'),
  }),
  object({ property: text, direction: among('ascending', 'descending') }),
);
const inBody = { 'start_cursor?': text, 'page_size?': between(1, 100) };

const listed = (results: unknown[], next: string | undefined) => ({
  object: 'list',
  results,
  next_cursor: next ?? null,
  has_more: next !== undefined,
  type: 'page_or_data_source',
});
const way = { param: 'start_cursor', size: 'page_size', standard: 100, answer: listed };
const pages = byToken(way);
const searchPages = byToken({ ...way, inBody: true });

const given = ({ body }: Recorded) => body as Record<string, unknown>;
const plain = (content: string) => [
  { type: 'text', text: { content, link: null }, plain_text: content, href: null },
];
const page = {
  object: 'page',
  id: '59833787-2cf9-4fdf-8782-e53db20768a5',
  created_time: '2026-10-01T08:00:00.000Z',
  last_edited_time: '2026-10-02T08:00:00.000Z',
  in_trash: false,
  parent: { type: 'data_source_id', data_source_id: '59833787-2cf9-4fdf-8782-e53db20768a6' },
  url: 'https://www.notion.so/A-page-598337872cf94fdf8782e53db20768a5',
  properties: {
    Name: { id: 'title', type: 'title', title: plain('A page') },
    Status: { id: 'a%3Ab', type: 'status', status: { id: 's1', name: 'Sent', color: 'green' } },
    Due: { id: 'c%3Ad', type: 'date', date: { start: '2026-12-01', end: null, time_zone: null } },
    Amount: { id: 'e%3Af', type: 'number', number: 12.5 },
    Tags: { id: 'g%3Ah', type: 'multi_select', multi_select: [{ id: 't1', name: 'web', color: 'blue' }] },
    Owner: { id: 'i%3Aj', type: 'people', people: [] },
  },
};
const dataSource = {
  object: 'data_source',
  id: page.parent.data_source_id,
  last_edited_time: page.last_edited_time,
  url: 'https://www.notion.so/598337872cf94fdf8782e53db20768a6',
  title: plain('Offers'),
  properties: {
    Name: { id: 'title', name: 'Name', type: 'title', title: {} },
    Status: {
      id: 'a%3Ab',
      name: 'Status',
      type: 'status',
      status: { options: [{ id: 's1', name: 'Sent', color: 'green' }], groups: [] },
    },
    Due: { id: 'c%3Ad', name: 'Due', type: 'date', date: {} },
  },
};
const numbered = (n: number) => ({ ...page, id: page.id.slice(0, -4) + String(n).padStart(4, '0') });
const failure = (status: number, code: string, message: string, headers?: Record<string, string>) =>
  reply(status, { object: 'error', status, code, message, request_id: 'req-1' }, headers);

/** Notion's API as documented for version 2026-03-11, with data sources and Markdown. */
export const contract = defineContract({
  name: 'notion',
  baseUrl: 'https://api.notion.com',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'client-1',
    clientSecret: 'client-secret-1',
    workspace: '17ab3186-873d-418b-b899-c3f6a43f68de',
    verificationToken: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl',
  },
  headers: {
    authorization: matching(/^Bearer \S+$/),
    'notion-version': constant('2026-03-11'),
  },
  oauth: {
    route: 'POST /v1/oauth/token',
    clientAuth: 'basic',
    in: 'json',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 3_600,
    answer: { bot_id: 'b1', workspace_id: '17ab3186-873d-418b-b899-c3f6a43f68de', workspace_name: 'Hara' },
  },
  errors: {
    unauthorised: () => failure(401, 'unauthorized', 'API token is invalid.'),
    rateLimited: (retryAfterS) =>
      failure(429, 'rate_limited', 'You have been rate limited.', { 'retry-after': String(retryAfterS) }),
    invalid: (field, message) =>
      failure(400, 'validation_error', `body failed validation: body.${field} ${message}`),
    unavailable: (status) => failure(status, 'service_unavailable', 'Notion is unavailable.'),
  },
  operations: [
    operation({
      id: 'search',
      route: 'POST /v1/search',
      reads: true,
      body: json(
        object({
          'query?': anyText,
          'filter?': object({ property: constant('object'), value: among('page', 'data_source') }),
          'sort?': object({
            timestamp: constant('last_edited_time'),
            direction: among('ascending', 'descending'),
          }),
          ...inBody,
        }),
      ),
      answer: searchPages((n) => (n % 2 === 0 ? numbered(n) : { ...dataSource, id: numbered(n).id })),
    }),
    operation({
      id: 'getDataSource',
      route: 'GET /v1/data_sources/{id}',
      path: { id },
      answer: () => ok(dataSource),
    }),
    operation({
      id: 'queryDataSource',
      route: 'POST /v1/data_sources/{id}/query',
      reads: true,
      path: { id },
      body: json(
        object({
          'filter?': either(condition, object({ and: list(condition) }), object({ or: list(condition) })),
          'sorts?': list(sort),
          'in_trash?': flag,
          ...inBody,
        }),
      ),
      answer: searchPages(numbered),
    }),
    operation({
      id: 'createPage',
      route: 'POST /v1/pages',
      body: json(
        object({
          parent: either(
            object({ 'type?': constant('page_id'), page_id: id }),
            object({ 'type?': constant('data_source_id'), data_source_id: id }),
          ),
          'properties?': properties,
          'markdown?': text,
          'icon?': anything,
          'cover?': anything,
        }),
      ),
      answer: (_request, memory) => ok(numbered(memory.number())),
    }),
    operation({
      id: 'updatePage',
      route: 'PATCH /v1/pages/{id}',
      path: { id },
      body: json(
        object({ 'properties?': properties, 'in_trash?': flag, 'icon?': anything, 'cover?': anything }),
      ),
      sameWhen: ({ params, body }) => JSON.stringify([params, body]),
      answer: (request) =>
        ok({ ...page, id: request.params['id'], in_trash: given(request)['in_trash'] ?? false }),
    }),
    operation({
      id: 'getMarkdown',
      route: 'GET /v1/pages/{id}/markdown',
      path: { id },
      query: { 'include_transcript?': flag },
      answer: ({ params }) =>
        ok({
          object: 'page_markdown',
          id: params['id'],
          markdown: '# A page\n\nWith words.',
          truncated: false,
          unknown_block_ids: [],
        }),
    }),
    operation({
      id: 'updateMarkdown',
      route: 'PATCH /v1/pages/{id}/markdown',
      path: { id },
      body: json(
        either(
          object({
            type: constant('insert_content'),
            insert_content: object({
              content: text,
              'after?': text,
              'position?': object({ type: among('start', 'end') }),
            }),
          }),
          object({
            type: constant('replace_content'),
            replace_content: object({ new_str: anyText, 'allow_deleting_content?': flag }),
          }),
        ),
      ),
      answer: ({ params }) =>
        ok({ object: 'page_markdown', id: params['id'], markdown: '# A page', truncated: false }),
    }),
    operation({
      id: 'createComment',
      route: 'POST /v1/comments',
      body: json(object({ parent: object({ page_id: id }), rich_text: richText })),
      answer: (_request, memory) =>
        ok({
          object: 'comment',
          id: numbered(memory.number()).id,
          parent: { type: 'page_id', page_id: page.id },
          discussion_id: 'd1',
        }),
    }),
    operation({
      id: 'listUsers',
      route: 'GET /v1/users',
      query: { 'start_cursor?': text, 'page_size?': between(1, 100) },
      answer: pages((n) =>
        n % 2 === 0
          ? {
              object: 'user',
              id: numbered(n).id,
              type: 'person',
              name: `Person ${n}`,
              avatar_url: null,
              person: { email: `p${n}@example.com` },
            }
          : { object: 'user', id: numbered(n).id, type: 'bot', name: 'A connection', bot: {} },
      ),
    }),
  ],
});
