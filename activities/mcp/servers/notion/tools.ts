import * as z from 'zod';
import { byToken, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import {
  cell,
  cellsOf,
  columnValues,
  notionThing,
  plainText,
  propertiesOf,
  richText,
  thing,
  toThing,
} from './properties.ts';

const style = { items: 'results', next: 'next_cursor', param: 'start_cursor', limit: 'page_size' };
const pages = byToken(style);
const searchPages = byToken({ ...style, inBody: true });

const notionId = z
  .string()
  .regex(/^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i, 'Use an id of Notion: 32 letters and digits');
const title = z.string().min(1).max(2_000);
const markdown = z.string().min(1).max(100_000).describe('Markdown as Notion writes it');

const condition = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['title', 'rich_text', 'select', 'status']),
    column: z.string().min(1).max(200),
    equals: z.string().min(1).max(2_000),
  }),
  z.strictObject({
    type: z.literal('checkbox'),
    column: z.string().min(1).max(200),
    equals: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('date'),
    column: z.string().min(1).max(200),
    on_or_before: z.iso.date(),
  }),
]);
const toFilter = ({ type, column, ...test }: z.output<typeof condition>) => ({
  property: column,
  [type]: test,
});

export const tools = [
  defineTool({
    name: 'notion_search_workspace',
    title: 'Search workspace',
    description:
      'Pages and tables whose title holds the words, last edited first. Only what is shared with us.',
    risk: 'read',
    input: {
      words: z.string().max(200).default(''),
      kind: z.enum(['page', 'data_source']).optional(),
      ...pageInput(100),
    },
    example: { words: 'offers', kind: 'data_source', limit: 10 },
    output: pageOutput(thing),
    async run({ words, kind, ...asked }, api) {
      const page = await api.list('/v1/search', notionThing, searchPages, asked, {
        method: 'POST',
        body: {
          query: words,
          filter: kind && { property: 'object', value: kind },
          sort: { timestamp: 'last_edited_time', direction: 'descending' },
        },
      });
      return { ...page, items: page.items.map(toThing) };
    },
  }),

  defineTool({
    name: 'notion_describe_data_source',
    title: 'Describe table',
    description: 'The columns of a table with their types and the options they offer.',
    risk: 'read',
    input: { data_source_id: notionId },
    example: { data_source_id: '6f1c0a52-93be-4d07-a1f4-2b8e75d09c31' },
    output: z.object({
      title: z.string().nullable(),
      columns: z.array(z.object({ name: z.string(), type: z.string(), options: z.array(z.string()) })),
    }),
    async run({ data_source_id }, api) {
      const table = await api.get(path`/v1/data_sources/${data_source_id}`, notionThing);
      const offers = z.object({ options: z.array(z.object({ name: z.string() })) });
      const columns = Object.entries(table.properties ?? {}).map(([name, property]) => {
        const offered = offers.safeParse(property[property.type]);
        const options = offered.success ? offered.data.options.map((option) => option.name) : [];
        return { name, type: property.type, options };
      });
      return { title: plainText(table.title), columns };
    },
  }),

  defineTool({
    name: 'notion_query_data_source',
    title: 'Query table',
    description: 'Rows of a table that meet all conditions, last edited first, with their cells.',
    risk: 'read',
    input: {
      data_source_id: notionId,
      conditions: z.array(condition).max(10).default([]),
      ...pageInput(100),
    },
    example: {
      data_source_id: '6f1c0a52-93be-4d07-a1f4-2b8e75d09c31',
      conditions: [{ type: 'status', column: 'Status', equals: 'Sent' }],
      limit: 10,
    },
    output: pageOutput(thing.extend({ cells: z.record(z.string(), cell) })),
    async run({ data_source_id, conditions, ...asked }, api) {
      const address = path`/v1/data_sources/${data_source_id}/query`;
      const page = await api.list(address, notionThing, searchPages, asked, {
        method: 'POST',
        body: {
          ...(conditions.length > 0 && { filter: { and: conditions.map(toFilter) } }),
          sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }],
        },
      });
      return { ...page, items: page.items.map((row) => ({ ...toThing(row), cells: cellsOf(row) })) };
    },
  }),

  defineTool({
    name: 'notion_create_page',
    title: 'Create page',
    description: 'Adds a page below a page, or a row to a table; give one of both as its place.',
    risk: 'write',
    input: {
      page_id: notionId.optional(),
      data_source_id: notionId.optional(),
      title,
      columns: columnValues.optional(),
      content: markdown.optional(),
    },
    example: {
      data_source_id: '6f1c0a52-93be-4d07-a1f4-2b8e75d09c31',
      title: 'Offer for Lovelace & Co',
      columns: {
        Status: { type: 'status', value: 'Draft' },
        Due: { type: 'date', value: '2026-12-01' },
      },
      content: '## Scope\n\n- Website in two languages',
    },
    output: thing,
    async run({ page_id, data_source_id, title: name, columns, content }, api) {
      if ((page_id === undefined) === (data_source_id === undefined)) {
        api.refuse('page_id', 'Give either a page or a table as its place.');
      }
      if (page_id && columns) api.refuse('columns', 'Only rows of a table have columns.');
      const parent = page_id ? { type: 'page_id', page_id } : { type: 'data_source_id', data_source_id };
      return toThing(
        await api.post('/v1/pages', notionThing, {
          body: { parent, properties: propertiesOf(name, columns), markdown: content },
        }),
      );
    },
  }),

  defineTool({
    name: 'notion_update_page',
    title: 'Update page',
    description: 'Changes the title of a page or the cells of a row.',
    risk: 'write',
    idempotent: true,
    input: { page_id: notionId, title: title.optional(), columns: columnValues.optional() },
    example: {
      page_id: '0d9b7e14-58a2-4c6f-bb03-7e1f42a86d95',
      columns: { Status: { type: 'status', value: 'Sent' } },
    },
    output: thing,
    async run({ page_id, title: name, columns }, api) {
      if (name === undefined && !columns) api.refuse('title', 'Say what is to be changed.');
      return toThing(
        await api.patch(path`/v1/pages/${page_id}`, notionThing, {
          body: { properties: propertiesOf(name, columns) },
          repeatable: true,
        }),
      );
    },
  }),

  defineTool({
    name: 'notion_read_page',
    title: 'Read page',
    description: 'The content of a page as Markdown.',
    risk: 'read',
    input: { page_id: notionId },
    example: { page_id: '0d9b7e14-58a2-4c6f-bb03-7e1f42a86d95' },
    output: z.object({ content: z.string(), complete: z.boolean() }),
    async run({ page_id }, api) {
      const answer = await api.get(
        path`/v1/pages/${page_id}/markdown`,
        z.object({ markdown: z.string(), truncated: z.boolean().nullish() }),
      );
      return { content: answer.markdown, complete: !answer.truncated };
    },
  }),

  defineTool({
    name: 'notion_append_to_page',
    title: 'Append to page',
    description: 'Adds content at the end of a page.',
    risk: 'write',
    input: { page_id: notionId, content: markdown },
    example: { page_id: '0d9b7e14-58a2-4c6f-bb03-7e1f42a86d95', content: '- [ ] Call back on Friday' },
    output: z.object({ id: z.string() }),
    async run({ page_id, content }, api) {
      await api.patch(path`/v1/pages/${page_id}/markdown`, z.unknown(), {
        body: { type: 'insert_content', insert_content: { content, position: { type: 'end' } } },
      });
      return { id: page_id };
    },
  }),

  defineTool({
    name: 'notion_add_comment',
    title: 'Add comment',
    description: 'Comments on a page; people who follow it are told by Notion.',
    risk: 'write',
    input: { page_id: notionId, text: z.string().min(1).max(2_000) },
    example: { page_id: '0d9b7e14-58a2-4c6f-bb03-7e1f42a86d95', text: 'The customer agreed by phone.' },
    output: z.object({ id: z.string() }),
    async run({ page_id, text }, api) {
      return api.post('/v1/comments', z.object({ id: z.string() }), {
        body: { parent: { page_id }, rich_text: richText(text) },
      });
    },
  }),

  defineTool({
    name: 'notion_trash_page',
    title: 'Move page to trash',
    description: 'Takes a page or row away. It can be restored from the trash of Notion for a while.',
    risk: 'destructive',
    idempotent: true,
    input: { page_id: notionId },
    example: { page_id: '0d9b7e14-58a2-4c6f-bb03-7e1f42a86d95' },
    output: thing,
    async run({ page_id }, api) {
      return toThing(
        await api.patch(path`/v1/pages/${page_id}`, notionThing, {
          body: { in_trash: true },
          repeatable: true,
        }),
      );
    },
  }),

  defineTool({
    name: 'notion_list_users',
    title: 'List users',
    description: 'People and connections of the workspace.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 10 },
    output: pageOutput(
      z.object({
        id: z.string(),
        kind: z.string(),
        name: z.string().nullable(),
        email: z.string().nullable(),
      }),
    ),
    async run(asked, api) {
      const user = z.object({
        id: z.string(),
        type: z.string().nullish(),
        name: z.string().nullish(),
        person: z.object({ email: z.string().nullish() }).nullish(),
      });
      const page = await api.list('/v1/users', user, pages, asked);
      const items = page.items.map(({ id, type, name, person }) => ({
        id,
        kind: type ?? 'unknown',
        name: name ?? null,
        email: person?.email ?? null,
      }));
      return { ...page, items };
    },
  }),
];
