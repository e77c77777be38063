import * as z from 'zod';
import { byOffset, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { hookPath } from './manifest.ts';

const pages = byOffset({ items: 'data', offset: 'offset', limit: 'limit', total: 'meta.count' });

const appId = z.uuid('Use the id of an app from the list of apps');
const actionId = z.string().regex(/^[A-Za-z0-9_-]+:[A-Za-z0-9_-]+$/, 'Use the id of an action from its list');
const connectionId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'Use the id of a connected account');
const inputs = z
  .record(z.string().min(1).max(200), z.json())
  .refine((given) => JSON.stringify(given).length <= 100_000, 'Use less than 100,000 characters');

export const tools = [
  defineTool({
    name: 'zapier_list_zaps',
    title: 'List Zaps',
    description: 'Zaps of the account: whether each is on, and when it last ran well.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 10 },
    output: pageOutput(
      z.object({
        id: z.string(),
        title: z.string(),
        is_on: z.boolean(),
        last_success_at: z.string().nullable(),
        edit_url: z.string().nullable(),
      }),
    ),
    async run(asked, api) {
      const stored = z.object({
        id: z.string(),
        title: z.string(),
        is_enabled: z.boolean(),
        last_successful_run_date: z.string().nullish(),
        links: z.object({ html_editor: z.string().nullish() }).nullish(),
      });
      const page = await api.list('/v2/zaps', stored, pages, asked);
      const items = page.items.map((one) => ({
        id: one.id,
        title: one.title,
        is_on: one.is_enabled,
        last_success_at: one.last_successful_run_date ?? null,
        edit_url: one.links?.html_editor ?? null,
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'zapier_list_zap_runs',
    title: 'List runs of Zaps',
    description: 'How runs of Zaps ended, newest first; of the last 30 days unless told otherwise.',
    risk: 'read',
    input: {
      statuses: z
        .array(z.enum(['success', 'error', 'halted', 'held', 'throttled', 'filtered', 'delayed', 'pending']))
        .max(8)
        .optional(),
      since: z.iso.datetime().optional(),
      ...pageInput(100),
    },
    example: { statuses: ['error', 'halted'], since: '2026-10-01T00:00:00Z', limit: 10 },
    output: pageOutput(
      z.object({
        id: z.string(),
        zap_title: z.string().nullable(),
        status: z.string(),
        started_at: z.string().nullable(),
        ended_at: z.string().nullable(),
      }),
    ),
    async run({ statuses, since, ...asked }, api) {
      const stored = z.object({
        id: z.string(),
        zap_title: z.string().nullish(),
        status: z.string(),
        start_time: z.string().nullish(),
        end_time: z.string().nullish(),
      });
      const query = { statuses: statuses?.join(','), from_date: since };
      const page = await api.list('/v2/zap-runs', stored, pages, asked, { query });
      const items = page.items.map((one) => ({
        id: one.id,
        zap_title: one.zap_title ?? null,
        status: one.status,
        started_at: one.start_time ?? null,
        ended_at: one.end_time ?? null,
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'zapier_list_apps',
    title: 'List apps',
    description: 'Apps that Zapier reaches, by a part of their name when given.',
    risk: 'read',
    input: { search: z.string().min(1).max(100).optional(), ...pageInput(100) },
    example: { search: 'sheets', limit: 10 },
    output: pageOutput(z.object({ id: z.string(), title: z.string(), description: z.string() })),
    async run({ search, ...asked }, api) {
      const stored = z.object({ id: z.string(), title: z.string(), description: z.string().nullish() });
      const page = await api.list('/v2/apps', stored, pages, asked, { query: { query: search } });
      return {
        ...page,
        items: page.items.map((one) => ({ ...one, description: one.description ?? '' })),
      };
    },
  }),

  defineTool({
    name: 'zapier_list_actions',
    title: 'List actions of an app',
    description: 'What can be looked up or done in one app, with the ids that running an action needs.',
    risk: 'read',
    input: { app_id: appId, kind: z.enum(['search', 'write']).default('write') },
    example: { app_id: '868f9d3c-2ea0-4f19-a32d-a61b276ab8de', kind: 'write' },
    output: z.object({
      actions: z.array(z.object({ id: z.string(), title: z.string(), description: z.string() })),
    }),
    async run({ app_id, kind }, api) {
      const stored = z.object({ id: z.string(), title: z.string(), description: z.string().nullish() });
      const query = { app: app_id, action_type: kind.toUpperCase() };
      const { data } = await api.get('/v2/actions', z.object({ data: z.array(stored) }), { query });
      return { actions: data.map((one) => ({ ...one, description: one.description ?? '' })) };
    },
  }),

  defineTool({
    name: 'zapier_list_connected_accounts',
    title: 'List connected accounts',
    description:
      'Accounts of an app that are connected in Zapier, with the ids that running an action needs.',
    risk: 'read',
    input: { app_id: appId, ...pageInput(100) },
    example: { app_id: '868f9d3c-2ea0-4f19-a32d-a61b276ab8de', limit: 10 },
    output: pageOutput(z.object({ id: z.string(), title: z.string(), is_expired: z.boolean() })),
    async run({ app_id, ...asked }, api) {
      const stored = z.object({ id: z.string(), title: z.string(), is_expired: z.boolean() });
      return api.list('/v2/authentications', stored, pages, asked, { query: { app: app_id } });
    },
  }),

  defineTool({
    name: 'zapier_list_input_fields',
    title: 'List input fields of an action',
    description: 'What an action asks for with one connected account; some fields depend on others.',
    risk: 'read',
    input: { action_id: actionId, account_id: connectionId.optional(), inputs: inputs.default({}) },
    example: {
      action_id: 'uag:87b1c14e-ef30-43d5-9395-6c6514dbb123',
      account_id: 'QVaPP2O1',
      inputs: { spreadsheet: 'prices' },
    },
    output: z.object({
      fields: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          description: z.string(),
          is_required: z.boolean(),
          value_type: z.string().nullable(),
        }),
      ),
    }),
    async run({ action_id, account_id, inputs: given }, api) {
      const stored = z.object({
        id: z.string().nullish(),
        title: z.string().nullish(),
        description: z.string().nullish(),
        is_required: z.boolean().nullish(),
        value_type: z.string().nullish(),
      });
      const { data } = await api.post(
        path`/v2/actions/${action_id}/inputs`,
        z.object({ data: z.array(stored) }),
        { body: { data: { authentication: account_id ?? null, inputs: given } }, repeatable: true },
      );
      // Headings between the fields have no id.
      const fields = data.flatMap((one) =>
        one.id
          ? {
              id: one.id,
              title: one.title ?? one.id,
              description: one.description ?? '',
              is_required: one.is_required ?? false,
              value_type: one.value_type ?? null,
            }
          : [],
      );
      return { fields };
    },
  }),

  defineTool({
    name: 'zapier_run_action',
    title: 'Run action',
    description:
      'Runs one action in an app, which may reach people there. Its outcome is asked for by the id.',
    risk: 'send',
    input: { action_id: actionId, account_id: connectionId.optional(), inputs },
    example: {
      action_id: 'uag:87b1c14e-ef30-43d5-9395-6c6514dbb123',
      account_id: 'QVaPP2O1',
      inputs: { spreadsheet: 'prices', row: { product: 'Care', price: '49' } },
    },
    output: z.object({ run_id: z.string() }),
    async run({ action_id, account_id, inputs: given }, api) {
      const answer = z.object({ data: z.object({ id: z.string() }) });
      const body = { data: { action: action_id, authentication: account_id ?? null, inputs: given } };
      const { data } = await api.post('/v2/action-runs', answer, { body });
      return { run_id: data.id };
    },
  }),

  defineTool({
    name: 'zapier_get_action_run',
    title: 'Outcome of action',
    description: 'Whether an action that was run has ended, and what came of it.',
    risk: 'read',
    input: { run_id: z.uuid() },
    example: { run_id: '6d1f0c52-7b7e-4a0b-9a53-1f0d2c3b4a59' },
    output: z.object({ status: z.string(), results: z.array(z.json()), errors: z.array(z.string()) }),
    async run({ run_id }, api) {
      const stored = z.object({
        status: z.string(),
        results: z.array(z.json()).nullish(),
        errors: z.array(z.object({ detail: z.string().nullish(), title: z.string().nullish() })).nullish(),
      });
      const { data } = await api.get(path`/v2/action-runs/${run_id}`, z.object({ data: stored }));
      const errors = (data.errors ?? []).map(({ detail, title }) => detail ?? title ?? 'It failed.');
      return { status: data.status, results: data.results ?? [], errors };
    },
  }),

  defineTool({
    name: 'zapier_suggest_zap',
    title: 'Suggest a Zap',
    description: 'From a wish in plain words: the steps of a Zap, and the page where a person finishes it.',
    risk: 'read',
    input: { wish: z.string().min(10).max(1_000) },
    example: { wish: 'Save every new lead of our form in a spreadsheet and tell the team in chat' },
    output: z.object({ title: z.string(), steps: z.array(z.string()), url: z.string().nullable() }),
    async run({ wish }, api) {
      const stored = z.object({
        title: z.string(),
        steps: z.array(z.object({ step: z.object({ title: z.string().nullish(), app: z.string() }) })),
        url: z.string().nullish(),
      });
      const { title, steps, url } = await api.post('/v2/guess', stored, {
        query: { client_id: api.account['clientId'] },
        body: { description: wish },
        repeatable: true,
      });
      return { title, steps: steps.map(({ step }) => step.title ?? step.app), url: url ?? null };
    },
  }),

  defineTool({
    name: 'zapier_start_zap',
    title: 'Start Zap by hook',
    description: 'Gives data to the Zap of the catch hook in the connection; what follows is up to that Zap.',
    risk: 'send',
    input: { data: inputs },
    example: { data: { event: 'invoice_overdue', customer: 'Hara Bakery', amount: '49.00 EUR' } },
    output: z.object({ request_id: z.string() }),
    async run({ data }, api) {
      const answer = z.object({ status: z.literal('success'), request_id: z.string() });
      const request = { base: 'https://hooks.zapier.com', body: data };
      return { request_id: (await api.post(hookPath, answer, request)).request_id };
    },
  }),
];
