import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { listOf, project, text } from './project.ts';

const flags = listOf('feature_flags');

const posthogFlag = z.object({
  id: z.number(),
  key: z.string(),
  name: text,
  active: z.boolean().nullish(),
  rollout_percentage: z.number().nullish(),
});
const flag = z.object({
  id: z.string(),
  key: z.string(),
  description: z.string().nullable(),
  active: z.boolean(),
  percentage: z.number().nullable().describe('Of how many people it is on for, where it is simple'),
});
const toFlag = (from: z.output<typeof posthogFlag>) => ({
  id: String(from.id),
  key: from.key,
  description: from.name || null,
  active: from.active ?? false,
  percentage: from.rollout_percentage ?? null,
});

const flagKey = z
  .string()
  .max(400)
  .regex(/^[A-Za-z0-9_-]+$/, 'Use letters, digits, hyphens and underscores');

export const flagTools = [
  defineTool({
    name: 'posthog_list_feature_flags',
    title: 'List feature flags',
    description: 'Switches of features, with whether they are on and for how many people.',
    risk: 'read',
    input: {
      search: z.string().min(1).max(200).optional(),
      active: z.boolean().optional(),
      ...pageInput(100),
    },
    example: { active: true, limit: 20 },
    output: pageOutput(flag),
    async run({ search, active, ...asked }, api) {
      const page = await api.list(flags.address(api), posthogFlag, flags.pages, asked, {
        query: { search, active },
      });
      return { ...page, items: page.items.map(toFlag) };
    },
  }),

  defineTool({
    name: 'posthog_create_feature_flag',
    title: 'Create feature flag',
    description:
      'Adds a switch for a feature, off unless said otherwise. A flag of this key that is there comes back.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      key: flagKey,
      description: z.string().min(1).max(400),
      percentage: z.int().min(0).max(100).default(100).describe('Of the people who get it while it is on'),
      active: z.boolean().default(false),
    },
    example: { key: 'new-quote-page', description: 'The shorter quote page', percentage: 20, active: false },
    output: flag,
    async run({ key, description, percentage, active }, api) {
      const made = await api.createOnce({
        // A key exists once in a project.
        async find() {
          const asked = { limit: 100 };
          const page = await api.list(flags.address(api), posthogFlag, flags.pages, asked, {
            query: { search: key },
          });
          return page.items.find((one) => one.key === key) ?? null;
        },
        create: () =>
          api.post(flags.address(api), posthogFlag, {
            body: {
              key,
              name: description,
              active,
              filters: { groups: [{ properties: [], rollout_percentage: percentage }] },
            },
          }),
      });
      return toFlag(made);
    },
  }),

  defineTool({
    name: 'posthog_switch_feature_flag',
    title: 'Switch feature flag',
    description: 'Turns a feature on or off for the people its flag is meant for, at once.',
    risk: 'write',
    idempotent: true,
    input: { flag_id: z.string().regex(/^\d{1,15}$/, 'Use the number of a flag'), active: z.boolean() },
    example: { flag_id: '48112', active: true },
    output: flag,
    async run({ flag_id, active }, api) {
      const address = path`/api/projects/${project(api)}/feature_flags/${flag_id}/`;
      return toFlag(await api.patch(address, posthogFlag, { body: { active }, repeatable: true }));
    },
  }),
];
