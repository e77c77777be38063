import {
  type Answer,
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
  anyText,
  between,
  dateTime,
  either,
  email,
  flag,
  list,
  mapOf,
  matching,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const uuid: Shape = { type: 'string', format: 'uuid' };
const sort = list(object({ fieldName: text, 'order?': among('ASC', 'DESC') }));
const filter = mapOf(anything);
const offset = (most: number) =>
  object({ 'limit?': between(1, most), 'offset?': { type: 'integer', minimum: 0 } });
const given = ({ body }: Recorded) => body as Record<string, unknown>;
const idOf = (n: number) => `3e7b1c90-45da-4f12-8a6c-d90c5be1${String(n).padStart(4, '0')}`;

interface PageAsked {
  limit?: number;
  offset?: number;
}
/** Three pages of a query whose page is part of it. */
const queried =
  (answer: (items: unknown[], total: number) => unknown, item: (n: number) => unknown) =>
  (request: Recorded): Answer => {
    const { limit = 50, offset: from = 0 } = (given(request)['query'] as { paging?: PageAsked }).paging ?? {};
    const total = limit * 2 + 1;
    const length = Math.max(0, Math.min(limit, total - from));
    return ok(
      answer(
        Array.from({ length }, (_, index) => item(from + index)),
        total,
      ),
    );
  };

const contact = (n: number) => ({
  id: idOf(n),
  revision: 1,
  source: { sourceType: 'ADMIN' },
  createdDate: '2026-11-01T08:00:00.000Z',
  primaryInfo: { email: `ada${n}@example.com`, phone: '+44 1225 555 014' },
  info: { name: { first: 'Ada', last: 'Lovelace' } },
});
const order = (n: number) => ({
  id: idOf(n),
  number: String(10_000 + n),
  createdDate: '2026-11-01T08:00:00.000Z',
  status: 'APPROVED',
  paymentStatus: 'PAID',
  fulfillmentStatus: 'NOT_FULFILLED',
  currency: 'EUR',
  buyerInfo: { contactId: idOf(1), email: 'ada@example.com' },
  priceSummary: { total: { amount: '49.10', formattedAmount: '€49.10' } },
});

/** Three pages of orders: a cursor that was given out, and then nothing but it and the size. */
function searchedOrders(request: Recorded): Answer {
  const search = given(request)['search'] as { cursorPaging?: { limit?: number; cursor?: string } };
  const { limit = 100, cursor } = search.cursorPaging ?? {};
  const from = cursor === undefined ? 0 : Number(/^orders-from-(\d+)$/.exec(cursor)?.[1]);
  if (Number.isNaN(from) || (cursor !== undefined && 'filter' in search)) {
    return reply(400, { message: 'Cursor and filter exclude each other', details: {} });
  }
  const total = limit * 2 + 1;
  const until = Math.min(from + limit, total);
  return ok({
    orders: Array.from({ length: until - from }, (_, index) => order(from + index)),
    metadata: {
      count: until - from,
      cursors: until < total ? { next: `orders-from-${until}` } : {},
      hasNext: until < total,
    },
  });
}

const textNode = object({
  type: among('TEXT'),
  'id?': anyText,
  'nodes?': list(anything, 0, 0),
  textData: object({ text: anyText, 'decorations?': list(anything) }),
});
const block = {
  'id?': text,
  'nodes?': list(textNode),
};
const node = either(
  object({ type: among('PARAGRAPH'), ...block, 'paragraphData?': mapOf(anything) }),
  object({ type: among('HEADING'), ...block, headingData: object({ level: between(1, 6) }) }),
);

/** The parts of Wix's API that a small site needs, with an API key for one site. */
export const contract = defineContract({
  name: 'wix',
  baseUrl: 'https://www.wixapis.com',
  credentials: {
    apiKey: 'IST.contract-key.0123456789',
    siteId: 'a8d2c7f0-16b3-4e59-9c04-7b1f53e08d62',
  },
  headers: { authorization: matching(/^IST\.\S+$/), 'wix-site-id': uuid },
  errors: {
    unauthorised: () => reply(401, { message: 'The key is not known', details: {} }),
    // Nothing tells how long to wait.
    rateLimited: () => reply(429, { message: 'Too many requests', details: {} }),
    invalid: (field, message) =>
      reply(400, {
        message: `${field} ${message}`,
        details: {
          validationError: { fieldViolations: [{ field, description: message, violatedRule: 'OTHER' }] },
        },
      }),
  },
  vendor: { kind: 'openapi', files: ['wix/wix-sdk.openapi.json'] },
  operations: [
    operation({
      id: 'queryContacts',
      route: 'POST /contacts/v4/contacts/query',
      reads: true,
      body: json(
        object({
          'search?': text,
          query: object({
            'filter?': filter,
            'sort?': sort,
            'paging?': offset(1_000),
            'fields?': list(text),
            'fieldsets?': list(text),
          }),
        }),
      ),
      answer: (request, memory) => {
        const answered = (contacts: unknown[], total: number) => ({
          contacts,
          pagingMetadata: { count: contacts.length, offset: 0, total, tooManyToCount: false },
        });
        const query = given(request)['query'] as { filter?: object };
        if (!query.filter) return queried(answered, contact)(request);
        const made = memory
          .effects('createContact')
          .map(({ answer }) => (answer.body as { contact: unknown }).contact);
        return ok(answered(made, made.length));
      },
    }),
    operation({
      id: 'createContact',
      route: 'POST /contacts/v4/contacts',
      body: json(
        object({
          info: object({
            'name?': object({ 'first?': text, 'last?': text }),
            'emails?': object({
              items: list(
                object({
                  email,
                  'tag?': among('UNTAGGED', 'MAIN', 'HOME', 'WORK'),
                  'primary?': flag,
                }),
              ),
            }),
            'phones?': object({
              items: list(
                object({
                  phone: text,
                  'tag?': among('UNTAGGED', 'MAIN', 'HOME', 'MOBILE', 'WORK', 'FAX'),
                  'countryCode?': text,
                  'primary?': flag,
                }),
              ),
            }),
            'company?': text,
            'jobTitle?': text,
          }),
          'allowDuplicates?': flag,
        }),
      ),
      answer: (_request, memory) => ok({ contact: contact(memory.number()) }),
    }),
    operation({
      id: 'searchOrders',
      route: 'POST /ecom/v1/orders/search',
      reads: true,
      body: json(
        object({
          'search?': object({
            'filter?': filter,
            'sort?': sort,
            'cursorPaging?': object({ 'limit?': between(1, 100), 'cursor?': text }),
          }),
        }),
      ),
      answer: searchedOrders,
    }),
    operation({
      id: 'queryMembers',
      route: 'POST /members/v1/members/query',
      reads: true,
      body: json(
        object({
          'query?': object({ 'filter?': filter, 'paging?': offset(100), 'sorting?': sort }),
          'fieldsets?': list(among('FULL', 'EXTENDED', 'PUBLIC')),
          'search?': anything,
        }),
      ),
      answer: queried(
        (members, total) => ({ members, metadata: { count: members.length, offset: 0, total } }),
        (n) => ({
          id: idOf(n),
          loginEmail: `m${n}@example.com`,
          status: 'APPROVED',
          contactId: idOf(n),
          profile: { nickname: `Member ${n}`, slug: `member-${n}` },
        }),
      ),
    }),
    operation({
      id: 'createDraftPost',
      route: 'POST /blog/v3/draft-posts',
      body: json(
        object({
          draftPost: object({
            title: upTo(200),
            'excerpt?': upTo(500),
            'memberId?': uuid,
            'richContent?': object({ nodes: list(node), 'metadata?': anything }),
            'categoryIds?': list(uuid),
            'tagIds?': list(uuid),
            'hashtags?': list(text),
            'language?': text,
          }),
          'publish?': flag,
          'fieldsets?': list(text),
        }),
      ),
      answer: (request, memory) =>
        ok({
          draftPost: {
            ...(given(request)['draftPost'] as object),
            id: idOf(memory.number()),
            status: 'UNPUBLISHED',
          },
        }),
    }),
    operation({
      id: 'publishDraftPost',
      route: 'POST /blog/v3/draft-posts/{id}/publish',
      path: { id: uuid },
      body: json(object({ 'draftPostId?': uuid })),
      sameWhen: ({ params }) => JSON.stringify(params),
      answer: ({ params }) => ok({ postId: params['id'] }),
    }),
    operation({
      id: 'listCollections',
      route: 'GET /wix-data/v2/collections',
      query: {
        'paging.limit?': between(1, 100),
        'paging.offset?': { type: 'integer', minimum: 0 },
        'fields?': list(text),
        'consistentRead?': flag,
      },
      undescribed:
        'Its generated description writes nested parameters with brackets, the documentation with dots.',
      answer: byOffset({
        param: 'paging.offset',
        size: 'paging.limit',
        standard: 100,
        answer: (collections, total) => ({
          collections,
          pagingMetadata: { count: collections.length, offset: 0, total, tooManyToCount: false },
        }),
      })((n) => ({
        id: `Collection${n}`,
        collectionType: 'NATIVE',
        displayName: `Collection ${n}`,
        fields: [{ key: 'title', displayName: 'Title', type: 'TEXT' }],
      })),
    }),
    operation({
      id: 'queryItems',
      route: 'POST /wix-data/v2/items/query',
      reads: true,
      undescribed: 'The packages the description was made from do not hold it; the documentation does.',
      body: json(
        object({
          dataCollectionId: text,
          'query?': object({
            'filter?': filter,
            'sort?': sort,
            'paging?': offset(1_000),
            'fields?': list(text),
          }),
          'returnTotalCount?': flag,
          'consistentRead?': flag,
          'language?': text,
        }),
      ),
      answer: queried(
        (dataItems) => ({ dataItems, pagingMetadata: { count: dataItems.length, offset: 0 } }),
        (n) => ({
          id: idOf(n),
          dataCollectionId: 'References',
          data: { _id: idOf(n), title: `Item ${n}`, _createdDate: { $date: '2026-11-01T08:00:00.000Z' } },
        }),
      ),
    }),
    operation({
      id: 'saveItem',
      route: 'POST /wix-data/v2/items/save',
      body: json(
        object({
          dataCollectionId: text,
          dataItem: object({ 'id?': text, data: mapOf(anything) }),
          'suppressHooks?': flag,
        }),
      ),
      sameWhen: ({ body }) => {
        const { dataCollectionId, dataItem } = body as {
          dataCollectionId: string;
          dataItem: { id?: string };
        };
        return dataItem.id ? `${dataCollectionId}/${dataItem.id}` : JSON.stringify(body) + Math.random();
      },
      answer: (request) =>
        ok({
          action: 'INSERTED',
          dataItem: {
            dataCollectionId: given(request)['dataCollectionId'],
            ...(given(request)['dataItem'] as object),
          },
        }),
    }),
    operation({
      id: 'createTask',
      route: 'POST /crm/tasks/v2/tasks',
      body: json(
        object({
          task: object({
            title: upTo(200),
            'description?': upTo(3_000),
            'dueDate?': dateTime,
            'status?': among('ACTION_NEEDED', 'COMPLETED'),
            'contact?': object({ id: uuid }),
          }),
        }),
      ),
      answer: (request, memory) =>
        ok({ task: { ...(given(request)['task'] as object), id: idOf(memory.number()), revision: '1' } }),
    }),
  ],
});
