import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byLastId } from '../upstream/pages.ts';
import {
  among,
  between,
  commaSeparated,
  dateTime,
  either,
  flag,
  matching,
  number,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const id = matching(/^[0-9a-f]{24}$/);
const fields = commaSeparated(text);
const position = either(among('top', 'bottom'), number);
/** Long texts may stand in the body; what is in the body is read like a parameter. */
const longText = (name: string) => json(object({ [`${name}?`]: upTo(16_384) }));
const nothing = json(object({}));

const idOf = (n: number) => `64c1f0b29d3e5a7781a${String(n).padStart(5, '0')}`;
const list = { id: idOf(1), name: 'To do', closed: false, idBoard: idOf(2), pos: 16_384, subscribed: false };
const card = {
  id: idOf(3),
  name: 'An offer',
  desc: '',
  closed: false,
  due: '2026-12-01T12:00:00.000Z',
  dueComplete: false,
  idBoard: list.idBoard,
  idList: list.id,
  shortUrl: 'https://trello.com/c/abcdEFGH',
};
/** A mark is the id of a card, and the page is what lies on its other side. */
const pages = byLastId({ param: 'before', size: 'limit', standard: 1_000, answer: (items) => items });

const cardFields: Record<string, Shape> = {
  'name?': upTo(16_384),
  'desc?': upTo(16_384),
  'pos?': position,
  'due?': dateTime,
  'start?': dateTime,
  'dueComplete?': flag,
  'idMembers?': commaSeparated(id),
  'idLabels?': commaSeparated(id),
};
/** The parameters of a request as they are answered: the list and what was given. */
const echoed = ({ query, body }: Recorded) => ({ ...query, ...(body as object) });

/** Trello's API as documented: parameters in the query, plain text for many errors. */
export const contract = defineContract({
  name: 'trello',
  baseUrl: 'https://api.trello.com/1',
  credentials: {
    apiKey: '0123456789abcdef0123456789abcdef',
    token: 'ATTA0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef12345678',
    apiSecret: 'fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210',
  },
  headers: {
    authorization: matching(/^OAuth oauth_consumer_key="[0-9a-f]{32}", oauth_token="[A-Za-z0-9]{64,}"$/),
  },
  errors: {
    unauthorised: () => reply(401, 'invalid token'),
    // No header tells how long; the window is ten seconds.
    rateLimited: () => reply(429, { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' }),
    invalid: (field, message) => reply(400, `invalid value for ${field}: ${message}`),
  },
  operations: [
    operation({
      id: 'listMyBoards',
      route: 'GET /1/members/me/boards',
      query: { 'filter?': among('all', 'closed', 'members', 'open', 'public', 'starred'), 'fields?': fields },
      answer: ok([{ id: idOf(2), name: 'Work', url: 'https://trello.com/b/abcdEFGH/work' }]),
    }),
    operation({
      id: 'listLists',
      route: 'GET /1/boards/{id}/lists',
      path: { id },
      query: {
        'cards?': among('all', 'closed', 'none', 'open'),
        'filter?': among('all', 'closed', 'none', 'open'),
        'fields?': fields,
      },
      answer: (_request, memory) =>
        ok([list, ...memory.effects('createList').map(({ answer }) => answer.body)]),
    }),
    operation({
      id: 'createList',
      route: 'POST /1/boards/{id}/lists',
      path: { id },
      query: { name: text, 'pos?': position },
      body: nothing,
      answer: (request, memory) =>
        ok({ ...list, name: request.query['name'], id: idOf(100 + memory.number()) }),
    }),
    operation({
      id: 'listCards',
      route: 'GET /1/lists/{id}/cards',
      path: { id },
      query: {
        'fields?': fields,
        'limit?': between(1, 1_000),
        'before?': either(id, dateTime),
        'since?': either(id, dateTime),
        'sort?': among('id', '-id'),
      },
      answer: pages((n) => ({ ...card, id: idOf(n), name: `Card ${n}` })),
    }),
    operation({
      id: 'search',
      route: 'GET /1/search',
      query: {
        query: upTo(16_384),
        'idBoards?': either(among('mine'), commaSeparated(id)),
        'modelTypes?': commaSeparated(among('actions', 'boards', 'cards', 'members', 'organizations')),
        'card_fields?': fields,
        'cards_limit?': between(1, 1_000),
        'cards_page?': between(0, 100),
        'partial?': flag,
      },
      answer: ok({ cards: [card], options: { terms: [], modelTypes: ['cards'], partial: false } }),
    }),
    operation({
      id: 'createCard',
      route: 'POST /1/cards',
      query: { idList: id, ...cardFields },
      body: longText('desc'),
      answer: (request, memory) => ok({ ...card, ...echoed(request), id: idOf(200 + memory.number()) }),
    }),
    operation({
      id: 'updateCard',
      route: 'PUT /1/cards/{id}',
      path: { id },
      query: { 'idList?': id, 'idBoard?': id, 'closed?': flag, ...cardFields },
      body: longText('desc'),
      sameWhen: ({ params, query, body }) => JSON.stringify([params, query, body]),
      answer: (request) => ok({ ...card, ...echoed(request), id: request.params['id'] }),
    }),
    operation({
      id: 'deleteCard',
      route: 'DELETE /1/cards/{id}',
      path: { id },
      body: nothing,
      sameWhen: ({ params }) => JSON.stringify(params),
      answer: ok({ limits: {} }),
    }),
    operation({
      id: 'addComment',
      route: 'POST /1/cards/{id}/actions/comments',
      path: { id },
      query: { 'text?': upTo(16_384) },
      body: longText('text'),
      answer: (_request, memory) => ok({ id: idOf(300 + memory.number()), type: 'commentCard', data: {} }),
    }),
    operation({
      id: 'addChecklist',
      route: 'POST /1/cards/{id}/checklists',
      path: { id },
      query: { 'name?': text, 'idChecklistSource?': id, 'pos?': position },
      body: nothing,
      answer: ({ query }, memory) =>
        ok({ id: idOf(400 + memory.number()), name: query['name'], idCard: card.id, checkItems: [] }),
    }),
    operation({
      id: 'addCheckItem',
      route: 'POST /1/checklists/{id}/checkItems',
      path: { id },
      query: { name: upTo(16_384), 'pos?': position, 'checked?': flag, 'due?': dateTime },
      body: nothing,
      answer: ({ query }, memory) =>
        ok({ id: idOf(500 + memory.number()), name: query['name'], state: 'incomplete' }),
    }),
  ],
});
