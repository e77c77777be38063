import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { listOf, project, text } from './project.ts';

const insights = listOf('insights');
const dashboards = listOf('dashboards');

export const insightTools = [
  defineTool({
    name: 'posthog_get_project',
    title: 'Project',
    description: 'The project this connection is for, with its time zone.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ id: z.string(), name: z.string(), time_zone: z.string().nullable() }),
    async run(_input, api) {
      const answer = z.object({ id: z.number(), name: z.string(), timezone: text });
      const found = await api.get(path`/api/projects/${project(api)}/`, answer);
      return { id: String(found.id), name: found.name, time_zone: found.timezone ?? null };
    },
  }),

  defineTool({
    name: 'posthog_run_query',
    title: 'Ask with HogQL',
    description:
      'Runs one SELECT over events, persons and sessions, such as: SELECT event, count() FROM events WHERE timestamp > now() - INTERVAL 7 DAY GROUP BY event. Values go into the query as {name}.',
    risk: 'read',
    input: {
      query: z
        .string()
        .max(10_000)
        .regex(/^\s*(SELECT|WITH)\s[^;]+$/i, 'Begin with SELECT, and ask one thing'),
      values: z
        .record(z.string().regex(/^[a-z_]{1,40}$/), z.union([z.string().max(500), z.number(), z.boolean()]))
        .optional(),
      limit: z.int().min(1).max(1_000).default(100),
    },
    example: {
      query: 'SELECT event, count() FROM events WHERE event = {event} GROUP BY event',
      values: { event: 'quote_requested' },
      limit: 20,
    },
    output: z.object({
      columns: z.array(z.string()),
      rows: z.array(z.array(z.unknown())),
      more: z.boolean(),
    }),
    async run({ query, values, limit }, api) {
      const answer = z.object({
        columns: z.array(z.string()).nullish(),
        results: z.array(z.array(z.unknown())).nullish(),
        hasMore: z.boolean().nullish(),
      });
      const found = await api.post(path`/api/environments/${project(api)}/query/`, answer, {
        repeatable: true,
        body: { query: { kind: 'HogQLQuery', query, values } },
      });
      const rows = found.results ?? [];
      return {
        columns: found.columns ?? [],
        rows: rows.slice(0, limit),
        more: rows.length > limit || found.hasMore === true,
      };
    },
  }),

  defineTool({
    name: 'posthog_list_insights',
    title: 'List insights',
    description: 'Saved charts of the project, with what they show in words.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 20 },
    output: pageOutput(
      z.object({ id: z.string(), name: z.string().nullable(), description: z.string().nullable() }),
    ),
    async run(asked, api) {
      const insight = z.object({ id: z.number(), name: text, derived_name: text, description: text });
      const page = await api.list(insights.address(api), insight, insights.pages, asked, {
        query: { basic: true },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: String(one.id),
          name: one.name || one.derived_name || null,
          description: one.description || null,
        })),
      };
    },
  }),

  defineTool({
    name: 'posthog_list_dashboards',
    title: 'List dashboards',
    description: 'Dashboards of the project.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 20 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        description: z.string().nullable(),
        pinned: z.boolean(),
      }),
    ),
    async run(asked, api) {
      const dashboard = z.object({
        id: z.number(),
        name: text,
        description: text,
        pinned: z.boolean().nullish(),
      });
      const page = await api.list(dashboards.address(api), dashboard, dashboards.pages, asked);
      return {
        ...page,
        items: page.items.map((one) => ({
          id: String(one.id),
          name: one.name ?? null,
          description: one.description || null,
          pinned: one.pinned ?? false,
        })),
      };
    },
  }),
];
