import * as z from 'zod';
import { estimateFromMajor, moneySchema, toMajorNumber, type ToolMoney } from '../../kit/money.ts';
import { byAddress, at, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { literal, readingOnly, searchWords, where } from './query.ts';

const pages = byAddress({
  items: 'records',
  next: (reply) => at(reply.body, 'nextRecordsUrl') as string | undefined,
  within: /^\/services\/data\/v\d+\.\d+\/query\/[A-Za-z0-9-]+$/,
});
/** Salesforce divides results into batches of 200 to 2,000. */
const batches = { ...pageInput(2_000), limit: z.int().min(200).max(2_000).default(200) };
const batchOf = (limit: number) => ({ 'Sforce-Query-Options': `batchSize=${limit}` });

const text = (max: number) => z.string().min(1).max(max);
const recordId = z
  .string()
  .regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/, 'Use the id of a record: 15 or 18 letters and digits');
const apiName = z.string().regex(/^[A-Za-z]\w{0,79}$/, 'Use an API name such as Account or Region__c');
const saved = z.object({ id: z.string() });

/**
 * Creates a record; where the organisation has a field for the call's key, a repeated attempt finds the same record.
 */
function create(api: VendorApi, object: string, body: Record<string, unknown>) {
  const { keyField } = api.account;
  return keyField
    ? api.patch(path`/sobjects/${object}/${keyField}/${api.key}`, saved, { body, repeatable: true })
    : api.post(path`/sobjects/${object}`, saved, { body });
}

/** With a single currency, amounts come without one and must be in it; with several, each record names its own. */
function amountFields(api: VendorApi, amount: ToolMoney | undefined) {
  const { currency } = api.account;
  if (!amount) return {};
  if (currency && currency !== amount.currency)
    api.refuse('amount', `This organisation counts in ${currency}.`);
  return { Amount: toMajorNumber(amount), ...(!currency && { CurrencyIsoCode: amount.currency }) };
}

const record = z.record(z.string(), z.unknown());
const withoutAttributes = ({ attributes: _type, ...fields }: z.output<typeof record>) => fields;

const salesforceOpportunity = z.object({
  Id: z.string(),
  Name: z.string(),
  StageName: z.string(),
  Amount: z.number().nullish(),
  CurrencyIsoCode: z.string().nullish(),
  CloseDate: z.string(),
  AccountId: z.string().nullish(),
  OwnerId: z.string(),
  IsClosed: z.boolean(),
});
const opportunity = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.string(),
  amount: moneySchema.nullable(),
  closes_on: z.string(),
  account_id: z.string().nullable(),
  owner_id: z.string(),
  closed: z.boolean(),
});
const toOpportunity = (from: z.output<typeof salesforceOpportunity>, currency: string | undefined) => ({
  id: from.Id,
  name: from.Name,
  stage: from.StageName,
  amount: estimateFromMajor(from.Amount, from.CurrencyIsoCode ?? currency),
  closes_on: from.CloseDate,
  account_id: from.AccountId ?? null,
  owner_id: from.OwnerId,
  closed: from.IsClosed,
});

export const tools = [
  defineTool({
    name: 'salesforce_run_query',
    title: 'Run query',
    description:
      'Reads records by a SOQL query that begins with SELECT. Field names come from describe_object.',
    risk: 'read',
    input: { soql: text(10_000), ...batches },
    example: { soql: "SELECT Id, Name, Email FROM Contact WHERE Account.Name = 'Lovelace & Co'", limit: 200 },
    output: pageOutput(record),
    async run({ soql, ...asked }, api) {
      const page = await api.list('/query', record, pages, asked, {
        query: { q: readingOnly(soql, api) },
        headers: batchOf(asked.limit),
      });
      return { ...page, items: page.items.map(withoutAttributes) };
    },
  }),

  defineTool({
    name: 'salesforce_search_records',
    title: 'Search records',
    description: 'Accounts, contacts, leads and opportunities in which the words occur.',
    risk: 'read',
    input: {
      words: z.string().min(2).max(200),
      objects: z
        .array(z.enum(['Account', 'Contact', 'Lead', 'Opportunity']))
        .min(1)
        .max(4)
        .optional(),
      limit: z.int().min(1).max(200).default(20).describe('How many of each kind at most'),
    },
    example: { words: 'Lovelace', objects: ['Account', 'Contact'], limit: 10 },
    output: z.object({
      records: z.array(z.object({ id: z.string(), object: z.string(), name: z.string().nullable() })),
    }),
    async run({ words, objects = ['Account', 'Contact', 'Lead', 'Opportunity'], limit }, api) {
      const returning = objects.map((object) => `${object}(Id, Name LIMIT ${limit})`).join(', ');
      const found = z.object({
        Id: z.string(),
        Name: z.string().nullish(),
        attributes: z.object({ type: z.string() }),
      });
      const answer = await api.get('/search', z.object({ searchRecords: z.array(found) }), {
        query: { q: `FIND {${searchWords(words)}} IN ALL FIELDS RETURNING ${returning}` },
      });
      return {
        records: answer.searchRecords.map(({ Id, Name, attributes }) => ({
          id: Id,
          object: attributes.type,
          name: Name ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'salesforce_describe_object',
    title: 'Describe object',
    description:
      'The fields of a kind of record: names, types, which may be written and which values they take.',
    risk: 'read',
    input: { object: apiName },
    example: { object: 'Opportunity' },
    output: z.object({
      label: z.string(),
      fields: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          type: z.string(),
          required: z.boolean(),
          writable: z.boolean(),
          values: z.array(z.string()),
        }),
      ),
    }),
    async run({ object }, api) {
      const field = z.object({
        name: z.string(),
        label: z.string(),
        type: z.string(),
        nillable: z.boolean(),
        createable: z.boolean(),
        updateable: z.boolean(),
        defaultedOnCreate: z.boolean(),
        picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })).nullish(),
      });
      const { label, fields } = await api.get(
        path`/sobjects/${object}/describe`,
        z.object({ label: z.string(), fields: z.array(field) }),
      );
      return {
        label,
        fields: fields.map((one) => ({
          name: one.name,
          label: one.label,
          type: one.type,
          required: one.createable && !one.nillable && !one.defaultedOnCreate,
          writable: one.createable || one.updateable,
          values: (one.picklistValues ?? []).filter(({ active }) => active).map(({ value }) => value),
        })),
      };
    },
  }),

  defineTool({
    name: 'salesforce_create_lead',
    title: 'Create lead',
    description: 'Adds a lead: a person who showed interest, with their company.',
    risk: 'write',
    input: {
      last_name: text(80),
      first_name: text(40).optional(),
      company: text(255),
      email: z.email().max(80).optional(),
      phone: text(40).optional(),
      source: text(255).optional().describe('One of the lead sources of the organisation, such as Web'),
      description: text(32_000).optional(),
    },
    example: { last_name: 'Lovelace', first_name: 'Ada', company: 'Lovelace & Co', email: 'ada@example.com' },
    output: saved,
    async run(input, api) {
      return create(api, 'Lead', {
        LastName: input.last_name,
        FirstName: input.first_name,
        Company: input.company,
        Email: input.email,
        Phone: input.phone,
        LeadSource: input.source,
        Description: input.description,
      });
    },
  }),

  defineTool({
    name: 'salesforce_list_opportunities',
    title: 'List opportunities',
    description: 'Opportunities, newest change first; open ones, of a stage or of an account when asked.',
    risk: 'read',
    input: {
      open_only: z.boolean().default(false),
      stage: text(255).optional(),
      account_id: recordId.optional(),
      ...batches,
    },
    example: { open_only: true, stage: 'Negotiation/Review', limit: 200 },
    output: pageOutput(opportunity),
    async run({ open_only, stage, account_id, ...asked }, api) {
      const { currency } = api.account;
      const fields = ['Id', 'Name', 'StageName', 'Amount', 'CloseDate', 'AccountId', 'OwnerId', 'IsClosed'];
      const conditions = where(
        open_only && 'IsClosed = false',
        stage && `StageName = ${literal(stage)}`,
        account_id && `AccountId = ${literal(account_id)}`,
      );
      const columns = [...fields, ...(currency ? [] : ['CurrencyIsoCode'])].join(', ');
      const q = `SELECT ${columns} FROM Opportunity${conditions} ORDER BY LastModifiedDate DESC`;
      const page = await api.list('/query', salesforceOpportunity, pages, asked, {
        query: { q },
        headers: batchOf(asked.limit),
      });
      return { ...page, items: page.items.map((one) => toOpportunity(one, currency)) };
    },
  }),

  defineTool({
    name: 'salesforce_update_opportunity',
    title: 'Update opportunity',
    description: 'Changes stage, amount, closing day or next step of an opportunity.',
    risk: 'write',
    idempotent: true,
    input: {
      opportunity_id: recordId,
      stage: text(255).optional(),
      amount: moneySchema.optional(),
      closes_on: z.iso.date().optional(),
      next_step: text(255).optional(),
    },
    example: {
      opportunity_id: '006Qy00000Kp3aBIAR',
      stage: 'Closed Won',
      amount: { minor: 480_000, currency: 'EUR' },
    },
    output: saved,
    async run({ opportunity_id, stage, amount, closes_on, next_step }, api) {
      const body = {
        StageName: stage,
        CloseDate: closes_on,
        NextStep: next_step,
        ...amountFields(api, amount),
      };
      if (Object.values(body).every((value) => value === undefined)) {
        api.refuse('stage', 'Say what is to be changed.');
      }
      await api.patch(path`/sobjects/Opportunity/${opportunity_id}`, z.unknown(), { body, repeatable: true });
      return { id: opportunity_id };
    },
  }),

  defineTool({
    name: 'salesforce_upsert_record',
    title: 'Add or update record',
    description: 'Writes a record that is known by an id of your own, in a field marked as external id.',
    risk: 'write',
    idempotent: true,
    input: {
      object: apiName,
      id_field: apiName.describe('Field marked as external id'),
      id_value: text(255),
      fields: z
        .record(apiName, z.union([z.string().max(32_000), z.number(), z.boolean(), z.null()]))
        .describe('Values by API name of the field; null empties it'),
    },
    example: {
      object: 'Account',
      id_field: 'Customer_Number__c',
      id_value: 'C-1042',
      fields: { Name: 'Lovelace & Co', BillingCity: 'Bath' },
    },
    output: z.object({ id: z.string(), created: z.boolean() }),
    async run({ object, id_field, id_value, fields }, api) {
      const answer = await api.patch(
        path`/sobjects/${object}/${id_field}/${id_value}`,
        saved.extend({ created: z.boolean().nullish() }),
        { body: fields, repeatable: true },
      );
      return { id: answer.id, created: answer.created ?? false };
    },
  }),

  defineTool({
    name: 'salesforce_log_task',
    title: 'Log task',
    description: 'Adds a task, to do or done, about a person and a record.',
    risk: 'write',
    input: {
      subject: text(255),
      details: text(32_000).optional(),
      due_on: z.iso.date().optional(),
      done: z.boolean().default(false),
      person_id: recordId.optional().describe('A lead or contact'),
      about_id: recordId.optional().describe('An account, opportunity or other record'),
    },
    example: { subject: 'Send the offer', due_on: '2026-11-27', about_id: '006Qy00000Kp3aBIAR' },
    output: saved,
    async run(input, api) {
      return create(api, 'Task', {
        Subject: input.subject,
        Description: input.details,
        ActivityDate: input.due_on,
        Status: input.done ? 'Completed' : 'Not Started',
        WhoId: input.person_id,
        WhatId: input.about_id,
      });
    },
  }),

  defineTool({
    name: 'salesforce_get_limits',
    title: 'Limits',
    description: 'How many calls the organisation has per day and how many are left.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ calls_per_day: z.int(), calls_left: z.int() }),
    async run(_input, api) {
      const limit = z.object({ Max: z.int(), Remaining: z.int() });
      const { DailyApiRequests } = await api.get('/limits', z.object({ DailyApiRequests: limit }));
      return { calls_per_day: DailyApiRequests.Max, calls_left: DailyApiRequests.Remaining };
    },
  }),
];
