import * as z from 'zod';
import { byPage, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { siteTools } from './site.ts';

const businessName = z.string().min(1).max(200);
const description = z.string().min(1).max(5_000);

const counts = z.object({ ai_sites_count: z.number().nullish(), all_sites_count: z.number().nullish() });
const planAnswer = z.object({
  active_plan: z.object({ name: z.string().nullish(), slug: z.string().nullish() }),
  plan_data: z.object({ limit: counts, usage: counts, remaining: counts }),
});

/** Images come in several sizes; the first URL is a small preview. */
const imageAnswer = z.object({
  id: z.union([z.string(), z.number()]),
  url: z.string(),
  optimized_url: z.string().nullish(),
  description: z.string().nullish(),
  author_name: z.string().nullish(),
  author_url: z.string().nullish(),
  engine: z.string(),
});
const image = z.object({
  id: z.string(),
  url: z.string(),
  preview_url: z.string(),
  description: z.string(),
  author: z.string().nullable(),
  author_url: z.string().nullable(),
  source: z.string(),
});

/** Designs come in groups by relevance. */
const groupAnswer = z.object({
  designs: z
    .array(z.object({ uuid: z.string(), domain: z.string().nullish(), is_premium: z.unknown() }))
    .nullish(),
});
const template = z.object({ uuid: z.string(), preview_url: z.string().nullable(), premium: z.boolean() });
function toTemplates(groups: z.output<typeof groupAnswer>[]) {
  const designs = groups.flatMap((group) => group.designs ?? []);
  const unique = new Map(designs.map((one) => [one.uuid, one]));
  return [...unique.values()].map((one) => ({
    uuid: one.uuid,
    preview_url: one.domain ? `https://${one.domain.replace(/^https?:\/\/|^\/\//, '')}` : null,
    premium: Boolean(one.is_premium),
  }));
}

const imagePages = byPage({ items: 'images', page: 'page', limit: 'per_page', inBody: true });

export const tools = [
  defineTool({
    name: 'zipwp_get_plan',
    title: 'Get plan',
    description: 'The plan of the account, and how many AI websites it may still make.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({
      plan: z.string(),
      ai_sites: z.object({
        limit: z.number().nullable(),
        used: z.number().nullable(),
        left: z.number().nullable(),
      }),
    }),
    async run(_input, api) {
      const { active_plan, plan_data } = await api.get('/plan/current-plan', planAnswer);
      return {
        plan: active_plan.name ?? active_plan.slug ?? '',
        ai_sites: {
          limit: plan_data.limit.ai_sites_count ?? null,
          used: plan_data.usage.ai_sites_count ?? null,
          left: plan_data.remaining.ai_sites_count ?? null,
        },
      };
    },
  }),

  defineTool({
    name: 'zipwp_get_credits',
    title: 'Get credits',
    description: 'How many AI credits the account has and has used.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ used: z.number(), total: z.number() }),
    async run(_input, api) {
      const answer = z.object({ total_used_credits: z.number().nullish(), total_credits: z.number() });
      const credits = await api.post('/scs-usage/', answer, { repeatable: true });
      return { used: credits.total_used_credits ?? 0, total: credits.total_credits };
    },
  }),

  defineTool({
    name: 'zipwp_search_categories',
    title: 'Search kinds of business',
    description: 'Kinds of business that ZipWP knows, by a word.',
    risk: 'read',
    input: { word: z.string().min(1).max(100) },
    example: { word: 'hotel' },
    output: z.object({ categories: z.array(z.string()) }),
    async run({ word }, api) {
      const result = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
      const answer = z.object({ results: result.array() });
      const { results } = await api.get('/sites/business/search', answer, { query: { q: word } });
      return { categories: results };
    },
  }),

  defineTool({
    name: 'zipwp_suggest_description',
    title: 'Suggest description',
    description: 'Writes a description of the business from its name, its kind and what is known so far.',
    risk: 'read',
    input: {
      business_name: businessName,
      description: description.default(''),
      category: z.string().max(200).default(''),
    },
    example: { business_name: 'Hara & Lee', description: 'Design for small hotels.', category: 'Agency' },
    output: z.object({ description: z.string() }),
    async run(input, api) {
      const body = {
        business_name: input.business_name,
        business_desc: input.description,
        business_category: input.category,
      };
      const answer = z.object({ description: z.string() });
      return api.post('/sites/suggest-description/', answer, { body, repeatable: true });
    },
  }),

  defineTool({
    name: 'zipwp_suggest_keywords',
    title: 'Suggest picture words',
    description: 'Words to search pictures by, from the description of the business.',
    risk: 'read',
    input: { description },
    example: { description: 'Design and texts for small hotels on the coast.' },
    output: z.object({ keywords: z.array(z.string()) }),
    async run(input, api) {
      const answer = z.object({ keywords: z.string().array() });
      const body = { business_desc: input.description };
      return api.post('/images/keyword/', answer, { body, repeatable: true });
    },
  }),

  defineTool({
    name: 'zipwp_search_images',
    title: 'Search pictures',
    description: 'Free pictures for a word, with author and source, who may have to be named.',
    risk: 'read',
    input: {
      keyword: z.string().min(1).max(100),
      orientation: z.enum(['all', 'landscape', 'portrait']).default('all'),
      source: z.enum(['pexels', 'pixabay']).default('pexels'),
      ...pageInput(50, 20),
    },
    example: { keyword: 'hotel by the sea', orientation: 'landscape' },
    output: pageOutput(image),
    async run({ keyword, orientation, source, ...asked }, api) {
      const body = { keywords: [keyword], orientation, engine: source };
      const page = await api.list('/images/', imageAnswer, imagePages, asked, { method: 'POST', body });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: String(one.id),
          url: one.url,
          preview_url: one.optimized_url ?? one.url,
          description: one.description ?? '',
          author: one.author_name ?? null,
          author_url: one.author_url ?? null,
          source: one.engine,
        })),
      };
    },
  }),

  defineTool({
    name: 'zipwp_search_templates',
    title: 'Search designs',
    description: 'Designs for a word, best match first; their previews can be opened in a browser.',
    risk: 'read',
    input: { business_name: businessName, keyword: z.string().min(1).max(100) },
    example: { business_name: 'Hara & Lee', keyword: 'agency' },
    output: z.object({ templates: z.array(template) }),
    async run({ business_name, keyword }, api) {
      const groups = await api.post('/templates-search', groupAnswer.array(), {
        query: { query: keyword },
        body: { business_name, email: api.account['email'] },
        repeatable: true,
      });
      return { templates: toTemplates(groups) };
    },
  }),

  defineTool({
    name: 'zipwp_list_features',
    title: 'List features',
    description: 'What a website can be made with: blog, shop, contact form and others.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ features: z.array(z.object({ id: z.string(), title: z.string() })) }),
    async run(_input, api) {
      const feature = z.object({ id: z.string(), title: z.string() });
      const { data } = await api.get('/sites/features/', z.object({ data: feature.array() }));
      return { features: data };
    },
  }),

  ...siteTools,
];
