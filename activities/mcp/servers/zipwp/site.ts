import * as z from 'zod';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';

const uuid = z.uuid();
const address = z.string().max(500);

/** Progress codes: A001 to A010 in progress, A011 done, R… restarted, F… failed. */
function standingOf(code: string): 'building' | 'again' | 'done' | 'failed' {
  if (code === 'A011') return 'done';
  if (code.startsWith('F')) return 'failed';
  return code.startsWith('R') ? 'again' : 'building';
}

export const siteTools = [
  defineTool({
    name: 'zipwp_create_site',
    title: 'Create website',
    description:
      'Starts building a website from a brief and a design; uses one AI website of the plan. Progress by zipwp_get_site_status.',
    risk: 'write',
    slow: true,
    input: {
      template: uuid.describe('Of a design, from zipwp_search_templates'),
      business_name: z.string().min(1).max(200),
      business_description: z.string().min(1).max(5_000),
      business_category: z.string().min(1).max(200),
      business_email: z.email().optional(),
      business_phone: z.string().max(50).optional(),
      business_address: address.optional(),
      language: z
        .string()
        .regex(/^[a-z]{2}(_[A-Z]{2})?$/, 'Use a code such as en or de_DE')
        .default('en'),
      image_keywords: z.array(z.string().min(1).max(100)).max(20).default([]),
      images: z
        .array(z.object({ id: z.string(), url: z.url(), engine: z.string() }))
        .max(30)
        .default([])
        .describe('Pictures from zipwp_search_images; ZipWP chooses where there are none'),
      social_profiles: z
        .array(z.object({ type: z.string(), url: z.url() }))
        .max(20)
        .default([]),
      features: z.array(z.string().min(1).max(60)).max(20).default([]).describe('Ids of zipwp_list_features'),
    },
    example: {
      template: '5d0f7f57-2f4a-4b0c-9a51-3a8b0b6f8e21',
      business_name: 'Hara & Lee',
      business_description: 'Design and texts for small hotels on the coast.',
      business_category: 'Agency',
      business_email: 'hello@haraandlee.example',
      language: 'en',
      image_keywords: ['hotel by the sea'],
      images: [{ id: '189296', url: 'https://images.example/189296.jpeg', engine: 'pexels' }],
      social_profiles: [{ type: 'instagram', url: 'https://instagram.com/haraandlee' }],
      features: ['blog', 'contact-form'],
    },
    output: z.object({ uuid: z.string(), url: z.string().nullable() }),
    async run(input, api) {
      const answer = z.object({ site: z.object({ uuid: z.string(), url: z.string().nullish() }) });
      const { site } = await api.post('/starter-templates/site/', answer, {
        body: {
          template: input.template,
          email: api.account['email'],
          title: input.business_name,
          business_name: input.business_name,
          business_desc: input.business_description,
          business_category: input.business_category,
          business_category_name: input.business_category,
          business_email: input.business_email ?? '',
          business_phone: input.business_phone ?? '',
          business_address: input.business_address ?? '',
          image_keyword: input.image_keywords,
          images: input.images,
          social_profiles: input.social_profiles,
          language: input.language,
          site_type: 'ai',
          site_source: 'starter-templates',
          site_features: input.features,
        },
      });
      return { uuid: site.uuid, url: site.url ?? null };
    },
  }),

  defineTool({
    name: 'zipwp_get_site_status',
    title: 'Get progress of a website',
    description:
      'How far the building of a website is: building, again, done or failed, and the step of eleven.',
    risk: 'read',
    input: { uuid },
    example: { uuid: '9c1f6d1e-7a52-4f0e-8a3e-0b6a3f1c2d44' },
    output: z.object({
      standing: z.enum(['building', 'again', 'done', 'failed']),
      step: z.number(),
      code: z.string(),
    }),
    async run(input, api) {
      const answer = z.object({ code: z.string() });
      const { code } = await api.get(path`/sites/import-status/${input.uuid}/`, answer);
      return { standing: standingOf(code), step: Number(/\d+/.exec(code)?.[0] ?? 0), code };
    },
  }),

  defineTool({
    name: 'zipwp_export_site',
    title: 'Get finished website',
    description: 'Where a finished website can be seen and taken over from, and which plugins it wants.',
    risk: 'read',
    slow: true,
    input: {
      uuid,
      template: z.uuid().describe('The design it was made with'),
      business_name: z.string().min(1).max(200),
    },
    example: {
      uuid: '9c1f6d1e-7a52-4f0e-8a3e-0b6a3f1c2d44',
      template: '5d0f7f57-2f4a-4b0c-9a51-3a8b0b6f8e21',
      business_name: 'Hara & Lee',
    },
    output: z.object({ url: z.string(), plugins: z.array(z.string()) }),
    async run({ uuid: site, ...body }, api) {
      const plugin = z.object({ slug: z.string() });
      const answer = z.object({
        data: z.object({ host: z.string(), 'required-plugins': plugin.array().nullish() }),
      });
      const { data } = await api.post(path`/starter-templates/export/${site}`, answer, {
        body,
        repeatable: true,
      });
      return { url: data.host, plugins: (data['required-plugins'] ?? []).map(({ slug }) => slug) };
    },
  }),
];
