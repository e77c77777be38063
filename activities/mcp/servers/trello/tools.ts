import * as z from 'zod';
import { byLastId, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';

/** Newest first, so that the last of a page has the lowest id. */
const pages = byLastId({ items: '', param: 'before', limit: 'limit', id: 'id' });

const trelloId = z.string().regex(/^[0-9a-f]{24}$/, 'Use an id of Trello: 24 digits and letters');
const name = z.string().min(1).max(500);
const longText = z.string().max(16_384);

const named = z.object({ id: z.string(), name: z.string() });
const list = named.extend({ board_id: z.string() });
const trelloList = named.extend({ idBoard: z.string() });
const toList = ({ id, name, idBoard }: z.output<typeof trelloList>) => ({ id, name, board_id: idBoard });

const cardFields = 'name,desc,due,dueComplete,closed,idList,shortUrl';
const trelloCard = named.extend({
  desc: z.string().nullish(),
  due: z.string().nullish(),
  dueComplete: z.boolean().nullish(),
  closed: z.boolean().nullish(),
  idList: z.string(),
  shortUrl: z.string().nullish(),
});
const card = named.extend({
  description: z.string(),
  due_at: z.string().nullable(),
  done: z.boolean(),
  archived: z.boolean(),
  list_id: z.string(),
  url: z.string().nullable(),
});
const toCard = (from: z.output<typeof trelloCard>) => ({
  id: from.id,
  name: from.name,
  description: from.desc ?? '',
  due_at: from.due ?? null,
  done: from.dueComplete ?? false,
  archived: from.closed ?? false,
  list_id: from.idList,
  url: from.shortUrl ?? null,
});

export const tools = [
  defineTool({
    name: 'trello_list_boards',
    title: 'List boards',
    description: 'The open boards of the member whose token is used.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ boards: z.array(named.extend({ url: z.string() })) }),
    async run(_input, api) {
      const boards = await api.get('/members/me/boards', named.extend({ url: z.string() }).array(), {
        query: { filter: 'open', fields: 'name,url' },
      });
      return { boards };
    },
  }),

  defineTool({
    name: 'trello_list_lists',
    title: 'List lists',
    description: 'The open lists of a board, from left to right.',
    risk: 'read',
    input: { board_id: trelloId },
    example: { board_id: '64c1f0b29d3e5a7781b2c403' },
    output: z.object({ lists: z.array(list) }),
    async run({ board_id }, api) {
      const lists = await api.get(path`/boards/${board_id}/lists`, trelloList.array(), {
        query: { filter: 'open', fields: 'name,idBoard' },
      });
      return { lists: lists.map(toList) };
    },
  }),

  defineTool({
    name: 'trello_create_list',
    title: 'Create list',
    description: 'Adds a list to a board, or returns the open one that has the name already.',
    risk: 'write',
    looksFirst: true,
    input: { board_id: trelloId, name, at: z.enum(['top', 'bottom']).default('bottom') },
    example: { board_id: '64c1f0b29d3e5a7781b2c403', name: 'Waiting for the customer' },
    output: list,
    async run({ board_id, name: wanted, at }, api) {
      const address = path`/boards/${board_id}/lists`;
      const made = await api.createOnce({
        async find() {
          const lists = await api.get(address, trelloList.array(), {
            query: { filter: 'open', fields: 'name,idBoard' },
          });
          return lists.find((one) => one.name === wanted) ?? null;
        },
        create: () => api.post(address, trelloList, { query: { name: wanted, pos: at } }),
      });
      return toList(made);
    },
  }),

  defineTool({
    name: 'trello_list_cards',
    title: 'List cards',
    description: 'The open cards of a list, newest first.',
    risk: 'read',
    input: { list_id: trelloId, ...pageInput(1_000) },
    example: { list_id: '64c1f0b29d3e5a7781b2c411', limit: 50 },
    output: pageOutput(card),
    async run({ list_id, ...asked }, api) {
      const page = await api.list(path`/lists/${list_id}/cards`, trelloCard, pages, asked, {
        query: { fields: cardFields, sort: '-id' },
      });
      return { ...page, items: page.items.map(toCard) };
    },
  }),

  defineTool({
    name: 'trello_search_cards',
    title: 'Search cards',
    description:
      'Cards in which the words occur, best match first; also with operators such as due:week or is:open.',
    risk: 'read',
    input: {
      words: z.string().min(1).max(1_000),
      board_id: trelloId.optional(),
      limit: z.int().min(1).max(100).default(20).describe('How many items at most'),
    },
    example: { words: 'offer is:open', limit: 10 },
    output: z.object({ cards: z.array(card) }),
    async run({ words, board_id, limit }, api) {
      const { cards } = await api.get('/search', z.object({ cards: trelloCard.array() }), {
        query: {
          query: words,
          modelTypes: 'cards',
          idBoards: board_id,
          card_fields: cardFields,
          cards_limit: limit,
        },
      });
      return { cards: cards.map(toCard) };
    },
  }),

  defineTool({
    name: 'trello_create_card',
    title: 'Create card',
    description: 'Adds a card to a list.',
    risk: 'write',
    input: {
      list_id: trelloId,
      name: z.string().min(1).max(1_000),
      description: longText.optional().describe('Markdown'),
      due_at: z.iso.datetime().optional(),
      label_ids: z.array(trelloId).max(20).optional(),
      member_ids: z.array(trelloId).max(20).optional(),
      at: z.enum(['top', 'bottom']).default('bottom'),
    },
    example: {
      list_id: '64c1f0b29d3e5a7781b2c411',
      name: 'Offer for Lovelace & Co',
      description: 'Website in two languages.',
      due_at: '2026-12-01T12:00:00Z',
    },
    output: card,
    async run(input, api) {
      const query = {
        idList: input.list_id,
        name: input.name,
        due: input.due_at,
        idLabels: input.label_ids?.join(','),
        idMembers: input.member_ids?.join(','),
        pos: input.at,
      };
      // A long text doesn't fit into a URL; the other values are documented as query parameters.
      const body = input.description === undefined ? undefined : { desc: input.description };
      return toCard(await api.post('/cards', trelloCard, { query, body }));
    },
  }),

  defineTool({
    name: 'trello_update_card',
    title: 'Update card',
    description: 'Moves a card to another list, renames, dates, completes or archives it.',
    risk: 'write',
    idempotent: true,
    input: {
      card_id: trelloId,
      list_id: trelloId.optional(),
      name: z.string().min(1).max(1_000).optional(),
      due_at: z.iso.datetime().optional(),
      done: z.boolean().optional(),
      archived: z.boolean().optional(),
    },
    example: { card_id: '64c1f3da5b0e2f9914c7d220', list_id: '64c1f0b29d3e5a7781b2c412', done: true },
    output: card,
    async run({ card_id, list_id, name: renamed, due_at, done, archived }, api) {
      const query = { idList: list_id, name: renamed, due: due_at, dueComplete: done, closed: archived };
      if (Object.values(query).every((value) => value === undefined)) {
        api.refuse('list_id', 'Say what is to be changed.');
      }
      return toCard(await api.put(path`/cards/${card_id}`, trelloCard, { query }));
    },
  }),

  defineTool({
    name: 'trello_add_comment',
    title: 'Add comment',
    description: 'Comments on a card; members who watch it are told by Trello.',
    risk: 'write',
    input: { card_id: trelloId, text: longText.min(1) },
    example: { card_id: '64c1f3da5b0e2f9914c7d220', text: 'The customer agreed by phone.' },
    output: z.object({ id: z.string() }),
    async run({ card_id, text }, api) {
      const address = path`/cards/${card_id}/actions/comments`;
      return api.post(address, z.object({ id: z.string() }), { body: { text } });
    },
  }),

  defineTool({
    name: 'trello_add_checklist',
    title: 'Add checklist',
    description: 'Adds a checklist with its items to a card.',
    risk: 'write',
    input: { card_id: trelloId, name, items: z.array(name).min(1).max(50) },
    example: {
      card_id: '64c1f3da5b0e2f9914c7d220',
      name: 'Before the launch',
      items: ['Imprint', 'Backup', 'Redirects'],
    },
    output: z.object({ id: z.string(), items: z.array(z.string()) }),
    async run({ card_id, name: title, items }, api) {
      const made = await api.post(path`/cards/${card_id}/checklists`, named, { query: { name: title } });
      const ids: string[] = [];
      for (const item of items) {
        const added = await api.post(path`/checklists/${made.id}/checkItems`, named, {
          query: { name: item },
        });
        ids.push(added.id);
      }
      return { id: made.id, items: ids };
    },
  }),

  defineTool({
    name: 'trello_delete_card',
    title: 'Delete card',
    description: 'Deletes a card for good. To put it away, archive it instead.',
    risk: 'destructive',
    idempotent: true,
    input: { card_id: trelloId },
    example: { card_id: '64c1f3da5b0e2f9914c7d220' },
    output: z.object({ id: z.string() }),
    async run({ card_id }, api) {
      await api.delete(path`/cards/${card_id}`, z.unknown());
      return { id: card_id };
    },
  }),
];
