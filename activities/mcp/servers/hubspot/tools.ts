import * as z from 'zod';
import { moneySchema, toMajorText } from '../../kit/money.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import {
  about,
  associationsOf,
  contact,
  contactProperties,
  deal,
  dealProperties,
  hubspotRecord,
  objects,
  pages,
  recordId,
  searchPages,
  toContact,
  toDeal,
} from './objects.ts';

const created = z.object({ id: z.string() });
const text = (max: number) => z.string().min(1).max(max);

export const tools = [
  defineTool({
    name: 'hubspot_search_contacts',
    title: 'Search contacts',
    description: 'Contacts whose name, email address, phone or company fits the words, newest change first.',
    risk: 'read',
    input: { words: text(200), ...pageInput(200) },
    example: { words: 'lovelace', limit: 10 },
    output: pageOutput(contact),
    async run({ words, ...asked }, api) {
      const page = await api.list(`${objects}/contacts/search`, hubspotRecord, searchPages, asked, {
        method: 'POST',
        body: {
          query: words,
          properties: contactProperties,
          sorts: [{ propertyName: 'lastmodifieddate', direction: 'DESCENDING' }],
        },
      });
      return { ...page, items: page.items.map(toContact) };
    },
  }),

  defineTool({
    name: 'hubspot_upsert_contacts',
    title: 'Add or update contacts',
    description: 'Adds contacts, or updates existing ones by email address.',
    risk: 'write',
    idempotent: true,
    input: {
      contacts: z
        .array(
          z.strictObject({
            email: z.email().max(320),
            first_name: text(200).optional(),
            last_name: text(200).optional(),
            phone: text(50).optional(),
            company: text(200).optional(),
            lifecycle_stage: text(100).optional().describe('Such as subscriber, lead, opportunity, customer'),
          }),
        )
        .min(1)
        .max(100),
    },
    example: {
      contacts: [
        { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', lifecycle_stage: 'lead' },
      ],
    },
    output: z.object({ contacts: z.array(contact) }),
    async run({ contacts }, api) {
      const inputs = contacts.map((one) => ({
        id: one.email,
        idProperty: 'email',
        properties: {
          email: one.email,
          firstname: one.first_name,
          lastname: one.last_name,
          phone: one.phone,
          company: one.company,
          lifecyclestage: one.lifecycle_stage,
        },
      }));
      const answer = await api.post(
        `${objects}/contacts/batch/upsert`,
        z.object({ results: z.array(hubspotRecord) }),
        { body: { inputs }, repeatable: true },
      );
      return { contacts: answer.results.map(toContact) };
    },
  }),

  defineTool({
    name: 'hubspot_list_deals',
    title: 'List deals',
    description: 'Deals, newest change first; of one pipeline, stage or owner when given.',
    risk: 'read',
    input: {
      pipeline_id: text(100).optional(),
      stage_id: text(100).optional(),
      owner_id: recordId.optional(),
      ...pageInput(200),
    },
    example: { stage_id: 'contractsent', limit: 10 },
    output: pageOutput(deal),
    async run({ pipeline_id, stage_id, owner_id, ...asked }, api) {
      const wanted = { pipeline: pipeline_id, dealstage: stage_id, hubspot_owner_id: owner_id };
      const filters = Object.entries(wanted).flatMap(([propertyName, value]) =>
        value ? [{ propertyName, operator: 'EQ', value }] : [],
      );
      const page = await api.list(`${objects}/deals/search`, hubspotRecord, searchPages, asked, {
        method: 'POST',
        body: {
          filterGroups: filters.length > 0 ? [{ filters }] : [],
          properties: dealProperties,
          sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'DESCENDING' }],
        },
      });
      return { ...page, items: page.items.map((record) => toDeal(record, api)) };
    },
  }),

  defineTool({
    name: 'hubspot_create_deal',
    title: 'Create deal',
    description: 'Adds a deal to a stage of a pipeline, linked to a contact and a company when given.',
    risk: 'write',
    input: {
      name: text(250),
      pipeline_id: text(100).default('default'),
      stage_id: text(100).describe('From hubspot_list_pipelines'),
      amount: moneySchema.optional(),
      closes_on: z.iso.date().optional(),
      owner_id: recordId.optional(),
      contact_id: recordId.optional(),
      company_id: recordId.optional(),
    },
    example: {
      name: 'Website for Lovelace & Co',
      stage_id: 'appointmentscheduled',
      amount: { minor: 480_000, currency: 'EUR' },
      closes_on: '2026-12-15',
      contact_id: '8801472',
    },
    output: deal,
    async run(input, api) {
      const properties = {
        dealname: input.name,
        pipeline: input.pipeline_id,
        dealstage: input.stage_id,
        ...(input.amount && {
          amount: toMajorText(input.amount),
          deal_currency_code: input.amount.currency,
        }),
        closedate: input.closes_on && `${input.closes_on}T00:00:00Z`,
        hubspot_owner_id: input.owner_id,
      };
      const body = { properties, associations: associationsOf('deal', input) };
      return toDeal(await api.post(`${objects}/deals`, hubspotRecord, { body }), api);
    },
  }),

  defineTool({
    name: 'hubspot_update_deal_stage',
    title: 'Move deal',
    description: 'Moves a deal to another stage, such as won or lost.',
    risk: 'write',
    idempotent: true,
    input: { deal_id: recordId, stage_id: text(100), pipeline_id: text(100).optional() },
    example: { deal_id: '7300215', stage_id: 'closedwon' },
    output: z.object({ id: z.string() }),
    async run({ deal_id, stage_id, pipeline_id }, api) {
      const body = { properties: { dealstage: stage_id, pipeline: pipeline_id } };
      const { id } = await api.patch(path`/crm/objects/2026-09/deals/${deal_id}`, created, {
        body,
        repeatable: true,
      });
      return { id };
    },
  }),

  defineTool({
    name: 'hubspot_list_pipelines',
    title: 'List pipelines',
    description: 'The pipelines for deals or tickets with their stages in order.',
    risk: 'read',
    input: { of: z.enum(['deals', 'tickets']).default('deals') },
    example: { of: 'deals' },
    output: z.object({
      pipelines: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          stages: z.array(z.object({ id: z.string(), name: z.string() })),
        }),
      ),
    }),
    async run({ of }, api) {
      const named = z.object({ id: z.string(), label: z.string(), displayOrder: z.number() });
      const answer = await api.get(
        path`/crm/pipelines/2026-09/${of}`,
        z.object({ results: z.array(named.extend({ stages: z.array(named) })) }),
      );
      const inOrder = <T extends { displayOrder: number }>(list: T[]) =>
        list.toSorted((a, b) => a.displayOrder - b.displayOrder);
      return {
        pipelines: inOrder(answer.results).map(({ id, label, stages }) => ({
          id,
          name: label,
          stages: inOrder(stages).map((stage) => ({ id: stage.id, name: stage.label })),
        })),
      };
    },
  }),

  defineTool({
    name: 'hubspot_create_ticket',
    title: 'Create ticket',
    description: 'Opens a support ticket in a stage of a ticket pipeline.',
    risk: 'write',
    input: {
      subject: text(250),
      content: text(5_000).optional(),
      pipeline_id: text(100).default('0'),
      stage_id: text(100).default('1'),
      priority: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional(),
      contact_id: recordId.optional(),
      company_id: recordId.optional(),
    },
    example: { subject: 'The contact form sends nothing', priority: 'HIGH', contact_id: '8801472' },
    output: created,
    async run(input, api) {
      const properties = {
        subject: input.subject,
        content: input.content,
        hs_pipeline: input.pipeline_id,
        hs_pipeline_stage: input.stage_id,
        hs_ticket_priority: input.priority,
      };
      const body = { properties, associations: associationsOf('ticket', input) };
      return api.post(`${objects}/tickets`, created, { body });
    },
  }),

  defineTool({
    name: 'hubspot_log_note',
    title: 'Log note',
    description: 'Writes a note into the history of a contact, company, deal or ticket.',
    risk: 'write',
    input: { note: text(65_536), at: z.iso.datetime().describe('When it happened'), ...about },
    example: {
      note: 'Wants the offer in two parts, decides in December.',
      at: '2026-11-23T09:30:00Z',
      deal_id: '7300215',
    },
    output: created,
    async run({ note, at, ...links }, api) {
      const associations = associationsOf('note', links);
      if (associations.length === 0) api.refuse('contact_id', 'Say whom or what the note is about.');
      const properties = { hs_note_body: note, hs_timestamp: at };
      return api.post(`${objects}/notes`, created, { body: { properties, associations } });
    },
  }),

  defineTool({
    name: 'hubspot_create_task',
    title: 'Create task',
    description: 'Creates a task with a due time, linked to a contact, company, deal or ticket.',
    risk: 'write',
    input: {
      subject: text(250),
      details: text(65_536).optional(),
      due_at: z.iso.datetime(),
      kind: z.enum(['TODO', 'CALL', 'EMAIL']).default('TODO'),
      priority: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional(),
      owner_id: recordId.optional(),
      ...about,
    },
    example: { subject: 'Send the offer', due_at: '2026-11-27T16:00:00Z', deal_id: '7300215' },
    output: created,
    async run(input, api) {
      const properties = {
        hs_task_subject: input.subject,
        hs_task_body: input.details,
        hs_timestamp: input.due_at,
        hs_task_type: input.kind,
        hs_task_status: 'NOT_STARTED',
        hs_task_priority: input.priority,
        hubspot_owner_id: input.owner_id,
      };
      const body = { properties, associations: associationsOf('task', input) };
      return api.post(`${objects}/tasks`, created, { body });
    },
  }),

  defineTool({
    name: 'hubspot_list_owners',
    title: 'List owners',
    description: 'The people of the account to whom records can belong.',
    risk: 'read',
    input: { email: z.email().optional(), ...pageInput(500) },
    example: { limit: 10 },
    output: pageOutput(z.object({ id: z.string(), email: z.string().nullable(), name: z.string() })),
    async run({ email, ...asked }, api) {
      const owner = z.object({
        id: z.string(),
        email: z.string().nullish(),
        firstName: z.string().nullish(),
        lastName: z.string().nullish(),
      });
      const page = await api.list('/crm/owners/2026-09', owner, pages, asked, { query: { email } });
      const items = page.items.map((one) => ({
        id: one.id,
        email: one.email ?? null,
        name: [one.firstName, one.lastName].filter(Boolean).join(' '),
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'hubspot_add_to_list',
    title: 'Add to list',
    description: 'Puts contacts on a list that is filled by hand.',
    risk: 'write',
    idempotent: true,
    input: { list_id: recordId, contact_ids: z.array(recordId).min(1).max(1_000) },
    example: { list_id: '42', contact_ids: ['8801472'] },
    output: z.object({ added: z.array(z.string()) }),
    async run({ list_id, contact_ids }, api) {
      const ids = z.array(z.union([z.string(), z.number()]));
      const answer = await api.put(
        path`/crm/lists/2026-09/${list_id}/memberships/add`,
        z.object({ recordsIdsAdded: ids.nullish(), recordIdsAdded: ids.nullish() }),
        { body: contact_ids },
      );
      return { added: (answer.recordIdsAdded ?? answer.recordsIdsAdded ?? []).map(String) };
    },
  }),
];
