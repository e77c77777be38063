import * as z from 'zod';
import { defineTool } from '../../kit/server.ts';
import { business, newPassword, newSite, outline, siteOf, websiteId } from './shapes.ts';

const brief = {
  business_type: 'agency',
  business_name: 'Hara & Lee',
  business_description: 'Design and texts for small hotels on the coast.',
};
const site = {
  subdomain: 'hara-and-lee',
  region: 'us-central1-c',
  site_title: 'Hara & Lee',
  admin_username: 'hara',
};

/** From a brief to a website: in three steps with a review of the outline, or in one. */
export const building = [
  defineTool({
    name: 'tenweb_create_website',
    title: 'Create website',
    description: 'Sets up an empty WordPress website, or returns the one that has the subdomain already.',
    risk: 'write',
    looksFirst: true,
    slow: true,
    input: newSite,
    example: site,
    output: z.object({ website_id: z.number() }),
    async run(input, api) {
      const answer = z.object({ data: z.object({ website_id: z.number() }) });
      return api.createOnce({
        async find() {
          const found = await siteOf(input.subdomain, api);
          return found && { website_id: found.id };
        },
        async create() {
          const body = { ...input, admin_password: newPassword() };
          return (await api.post('/v1/hosting/website', answer, { body })).data;
        },
      });
    },
  }),

  defineTool({
    name: 'tenweb_generate_sitemap',
    title: 'Generate outline',
    description: 'Drafts pages, sections, colours and fonts from a brief. The website stays as it is.',
    risk: 'write',
    slow: true,
    input: { website_id: websiteId, ...business },
    example: { website_id: 18_925, ...brief },
    output: outline.extend({ unique_id: z.string() }),
    async run({ website_id, ...params }, api) {
      const answer = z.object({ data: outline.extend({ unique_id: z.string() }) });
      return (await api.post('/v1/ai/generate_sitemap', answer, { body: { website_id, params } })).data;
    },
  }),

  defineTool({
    name: 'tenweb_generate_site',
    title: 'Build from outline',
    description: 'Builds the pages of an outline on a website; what was there before is replaced.',
    risk: 'destructive',
    slow: true,
    input: {
      website_id: websiteId,
      unique_id: z.string().min(1).max(200).describe('Of the outline, from tenweb_generate_sitemap'),
      outline,
    },
    example: {
      website_id: 18_925,
      unique_id: 'ai2_unique_F405Pjih23f88mALR9DxPb1TQ0bld6g8M3uJ_JCH',
      outline: {
        ...brief,
        website_title: 'Hara & Lee: design for hotels',
        website_description: 'A small agency for hotels on the coast.',
        website_keyphrase: 'hotel design agency',
        website_type: 'basic',
        colors: { background_dark: '#212121', primary_color: '#0d6efd', secondary_color: '#ffd700' },
        fonts: { primary_font: 'Montserrat' },
        pages_meta: [
          {
            title: 'Home',
            description: 'What we do, for whom, and how to reach us.',
            sections: [{ section_title: 'Hero', section_description: 'One sentence and a picture.' }],
          },
        ],
      },
    },
    output: z.object({ url: z.string() }),
    async run({ website_id, unique_id, outline: params }, api) {
      const answer = z.object({ data: z.object({ url: z.string() }) });
      const body = { website_id, unique_id, params };
      return (await api.post('/v1/ai/generate_site_from_sitemap', answer, { body })).data;
    },
  }),

  defineTool({
    name: 'tenweb_create_ai_website',
    title: 'Create AI website',
    description:
      'Sets up a website and builds its pages from a brief in one go, or returns the one that has the subdomain already.',
    risk: 'write',
    looksFirst: true,
    slow: true,
    input: { ...newSite, ...business },
    example: { ...site, ...brief },
    output: z.object({
      website_id: z.number(),
      url: z.string().nullable(),
      problem: z.string().nullable().describe('Why the pages were not built, although the website is there'),
    }),
    async run(input, api) {
      const answer = z.object({
        website_id: z.number(),
        website_url: z.string().nullish(),
        error: z.string().nullish(),
      });
      return api.createOnce({
        async find() {
          const found = await siteOf(input.subdomain, api);
          return found && { website_id: found.id, url: found.site_url ?? null, problem: null };
        },
        async create() {
          const body = { ...input, admin_password: newPassword() };
          const made = await api.post('/v1/hosting/ai-website', answer, { body });
          return {
            website_id: made.website_id,
            url: made.website_url ?? null,
            problem: made.error ?? null,
          };
        },
      });
    },
  }),
];
