import * as z from 'zod';
import { estimateFromMajor, moneySchema, toMajorNumber } from '../../kit/money.ts';
import { byToken, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import type { Query } from '../../kit/request.ts';

const pages = byToken({
  items: 'data',
  next: 'additional_data.next_cursor',
  param: 'cursor',
  limit: 'limit',
});
const searchPages = byToken({
  items: 'data.items',
  next: 'additional_data.next_cursor',
  param: 'cursor',
  limit: 'limit',
});

const text = (max: number) => z.string().min(1).max(max);
const number = z.int().positive();
const leadId = z.uuid();
const dataOf = <T extends z.ZodType>(data: T) => z.object({ data });

const pipedriveDeal = z.object({
  id: z.int(),
  title: z.string(),
  status: z.string(),
  value: z.number().nullish(),
  currency: z.string().nullish(),
  stage_id: z.int().nullish(),
  person_id: z.int().nullish(),
  org_id: z.int().nullish(),
  expected_close_date: z.string().nullish(),
});
const deal = z.object({
  id: z.int(),
  title: z.string(),
  status: z.string(),
  value: moneySchema.nullable(),
  stage_id: z.int().nullable(),
  person_id: z.int().nullable(),
  organization_id: z.int().nullable(),
  closes_on: z.string().nullable(),
});
const toDeal = (from: z.output<typeof pipedriveDeal>) => ({
  id: from.id,
  title: from.title,
  status: from.status,
  value: estimateFromMajor(from.value, from.currency),
  stage_id: from.stage_id ?? null,
  person_id: from.person_id ?? null,
  organization_id: from.org_id ?? null,
  closes_on: from.expected_close_date ?? null,
});
const idOnly = z.object({ id: z.int() });

/** The first match among the newest hundred, which include what an earlier attempt created. */
async function newest<T extends z.ZodType>(
  api: VendorApi,
  from: { at: string; item: T; query: Query },
  fits: (item: z.output<T>) => boolean,
): Promise<z.output<T> | null> {
  const { data } = await api.get(from.at, dataOf(from.item.array()), {
    query: { ...from.query, limit: 100 },
  });
  return data.find((item) => fits(item)) ?? null;
}
const newestFirst = { sort_by: 'add_time', sort_direction: 'desc' } as const;

export const tools = [
  defineTool({
    name: 'pipedrive_list_deals',
    title: 'List deals',
    description: 'Deals, last changed first; by status, stage, person or organisation when given.',
    risk: 'read',
    input: {
      status: z.enum(['open', 'won', 'lost']).optional(),
      stage_id: number.optional(),
      person_id: number.optional(),
      organization_id: number.optional(),
      updated_since: z.iso.datetime().optional(),
      ...pageInput(500),
    },
    example: { status: 'open', stage_id: 4, limit: 10 },
    output: pageOutput(deal),
    async run({ organization_id, limit, cursor, ...filters }, api) {
      const page = await api.list(
        '/v2/deals',
        pipedriveDeal,
        pages,
        { limit, cursor },
        {
          query: { ...filters, org_id: organization_id, sort_by: 'update_time', sort_direction: 'desc' },
        },
      );
      return { ...page, items: page.items.map(toDeal) };
    },
  }),

  defineTool({
    name: 'pipedrive_create_deal',
    title: 'Create deal',
    description:
      'Adds a deal. An open one with the same title, person and organisation is taken for the same.',
    risk: 'write',
    looksFirst: true,
    input: {
      title: text(255),
      value: moneySchema.optional(),
      stage_id: number.optional().describe('From pipedrive_list_stages; the first stage otherwise'),
      person_id: number.optional(),
      organization_id: number.optional(),
      closes_on: z.iso.date().optional(),
    },
    example: {
      title: 'Website for Lovelace & Co',
      value: { minor: 480_000, currency: 'EUR' },
      stage_id: 4,
      person_id: 3_117,
    },
    output: deal,
    async run(input, api) {
      const links = { person_id: input.person_id, org_id: input.organization_id };
      const body = {
        title: input.title,
        ...links,
        ...(input.value && { value: toMajorNumber(input.value), currency: input.value.currency }),
        stage_id: input.stage_id,
        expected_close_date: input.closes_on,
      };
      const made = await api.createOnce({
        find: () =>
          newest(
            api,
            { at: '/v2/deals', item: pipedriveDeal, query: { ...links, status: 'open', ...newestFirst } },
            (one) =>
              one.title === input.title &&
              (one.person_id ?? undefined) === links.person_id &&
              (one.org_id ?? undefined) === links.org_id,
          ),
        create: async () => (await api.post('/v2/deals', dataOf(pipedriveDeal), { body })).data,
      });
      return toDeal(made);
    },
  }),

  defineTool({
    name: 'pipedrive_update_deal',
    title: 'Update deal',
    description: 'Moves a deal to another stage, or marks it as won or lost.',
    risk: 'write',
    idempotent: true,
    input: {
      deal_id: number,
      stage_id: number.optional(),
      status: z.enum(['open', 'won', 'lost']).optional(),
      lost_reason: text(150).optional(),
    },
    example: { deal_id: 812, stage_id: 5 },
    output: deal,
    async run({ deal_id, ...body }, api) {
      if (!body.stage_id && !body.status) api.refuse('stage_id', 'Give a stage or a status.');
      if (body.lost_reason && body.status !== 'lost') api.refuse('lost_reason', 'Only lost deals have one.');
      const answer = await api.patch(path`/v2/deals/${deal_id}`, dataOf(pipedriveDeal), {
        body,
        repeatable: true,
      });
      return toDeal(answer.data);
    },
  }),

  defineTool({
    name: 'pipedrive_search_items',
    title: 'Search',
    description: 'Deals, people, organisations and leads in which the words occur, best match first.',
    risk: 'read',
    input: {
      words: z.string().min(2).max(200),
      kinds: z
        .array(z.enum(['deal', 'person', 'organization', 'lead']))
        .min(1)
        .max(4)
        .optional(),
      ...pageInput(100),
    },
    example: { words: 'lovelace', kinds: ['person', 'organization'], limit: 10 },
    output: pageOutput(z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() })),
    async run({ words, kinds = ['deal', 'person', 'organization', 'lead'], ...asked }, api) {
      const found = z.object({
        item: z.object({
          id: z.union([z.int(), z.string()]),
          type: z.string(),
          title: z.string().nullish(),
          name: z.string().nullish(),
        }),
      });
      const page = await api.list('/v2/itemSearch', found, searchPages, asked, {
        query: { term: words, item_types: kinds.join(',') },
      });
      const items = page.items.map(({ item }) => ({
        kind: item.type,
        id: String(item.id),
        name: item.name ?? item.title ?? null,
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'pipedrive_create_person',
    title: 'Create person',
    description: 'Adds a person, or returns the one who already has the email address.',
    risk: 'write',
    looksFirst: true,
    input: {
      name: text(255),
      email: z.email(),
      phone: text(50).optional(),
      organization_id: number.optional(),
    },
    example: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+44 1225 555 014' },
    output: idOnly,
    async run({ name, email, phone, organization_id }, api) {
      const body = {
        name,
        emails: [{ value: email, primary: true, label: 'work' }],
        phones: phone && [{ value: phone, primary: true, label: 'work' }],
        org_id: organization_id,
      };
      return api.createOnce({
        async find() {
          const answer = await api.get(
            '/v2/persons/search',
            dataOf(z.object({ items: z.array(z.object({ item: idOnly })) })),
            { query: { term: email, fields: 'email', exact_match: true, limit: 1 } },
          );
          return answer.data.items[0]?.item ?? null;
        },
        create: async () => (await api.post('/v2/persons', dataOf(idOnly), { body })).data,
      });
    },
  }),

  defineTool({
    name: 'pipedrive_create_lead',
    title: 'Create lead',
    description:
      'Adds a lead for a person or an organisation; one with the same title is taken for the same.',
    risk: 'write',
    looksFirst: true,
    input: {
      title: text(255),
      person_id: number.optional(),
      organization_id: number.optional(),
      value: moneySchema.optional(),
      expected_on: z.iso.date().optional(),
    },
    example: { title: 'Asked for an offer', person_id: 3_117, value: { minor: 250_000, currency: 'EUR' } },
    output: z.object({ id: z.string() }),
    async run({ title, person_id, organization_id, value, expected_on }, api) {
      const links = { person_id, organization_id };
      if (!person_id && !organization_id) api.refuse('person_id', 'A lead has a person or an organisation.');
      const body = {
        title,
        ...links,
        value: value && { amount: toMajorNumber(value), currency: value.currency },
        expected_close_date: expected_on,
      };
      const lead = z.object({ id: z.string(), title: z.string() });
      const { id } = await api.createOnce({
        find: () =>
          newest(
            api,
            { at: '/v1/leads', item: lead, query: { ...links, sort: 'add_time DESC' } },
            (one) => one.title === title,
          ),
        create: async () => (await api.post('/v1/leads', dataOf(lead), { body })).data,
      });
      return { id };
    },
  }),

  defineTool({
    name: 'pipedrive_create_activity',
    title: 'Create activity',
    description: 'Plans a call, meeting or task; the same subject on the same day is taken for the same.',
    risk: 'write',
    looksFirst: true,
    input: {
      subject: text(255),
      type: z.enum(['call', 'meeting', 'task', 'deadline', 'email', 'lunch']).default('task'),
      due_on: z.iso.date(),
      due_time: z.iso.time({ precision: -1 }).optional().describe('UTC, such as 09:30'),
      note: text(10_000).optional(),
      deal_id: number.optional(),
      person_id: number.optional(),
    },
    example: { subject: 'Call about the offer', type: 'call', due_on: '2026-11-27', deal_id: 812 },
    output: idOnly,
    async run({ due_on, person_id, deal_id, ...rest }, api) {
      const body = {
        ...rest,
        deal_id,
        due_date: due_on,
        participants: person_id && [{ person_id, primary: true }],
      };
      const activity = idOnly.extend({ subject: z.string(), due_date: z.string().nullish() });
      const { id } = await api.createOnce({
        find: () =>
          newest(
            api,
            { at: '/v2/activities', item: activity, query: { deal_id, person_id, ...newestFirst } },
            (one) => one.subject === rest.subject && one.due_date === due_on,
          ),
        create: async () => (await api.post('/v2/activities', dataOf(activity), { body })).data,
      });
      return { id };
    },
  }),

  defineTool({
    name: 'pipedrive_add_note',
    title: 'Add note',
    description: 'Writes a note on a deal, person, organisation or lead.',
    risk: 'write',
    input: {
      content: text(100_000).describe('Text; simple HTML is kept'),
      deal_id: number.optional(),
      person_id: number.optional(),
      organization_id: number.optional(),
      lead_id: leadId.optional(),
    },
    example: { content: 'Wants the offer in two parts, decides in December.', deal_id: 812 },
    output: idOnly,
    async run({ content, organization_id, ...links }, api) {
      const about = { ...links, org_id: organization_id };
      if (Object.values(about).every((id) => id === undefined)) {
        api.refuse('deal_id', 'Say whom or what the note is about.');
      }
      return (await api.post('/v1/notes', dataOf(idOnly), { body: { content, ...about } })).data;
    },
  }),

  defineTool({
    name: 'pipedrive_list_stages',
    title: 'List stages',
    description: 'The stages of the pipelines, in order.',
    risk: 'read',
    input: { pipeline_id: number.optional(), ...pageInput(500, 100) },
    example: { pipeline_id: 1, limit: 50 },
    output: pageOutput(z.object({ id: z.int(), name: z.string(), pipeline_id: z.int() })),
    async run({ pipeline_id, ...asked }, api) {
      const stage = z.object({ id: z.int(), name: z.string(), pipeline_id: z.int() });
      return api.list('/v2/stages', stage, pages, asked, {
        query: { pipeline_id, sort_by: 'order_nr', sort_direction: 'asc' },
      });
    },
  }),
];
