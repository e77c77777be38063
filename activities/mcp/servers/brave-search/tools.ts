import * as z from 'zod';
import { at, pageInput, pageOutput, type Paging } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';

const lastOffset = 9;

/** Offsets count pages from 0 to 9; without `more_results_available`, a full page means more. */
const pagesOf = (list: string): Paging => ({
  ask: ({ mark, limit }) => ({ query: { count: limit, offset: Number(mark ?? 0) } }),
  items: (reply) => at(reply.body, list),
  next(reply, { mark, limit }, items) {
    const flag = at(reply.body, 'query.more_results_available');
    const more = typeof flag === 'boolean' ? flag : items.length >= limit;
    const next = Number(mark ?? 0) + 1;
    return more && next <= lastOffset ? String(next) : null;
  },
});

const asked = {
  query: z
    .string()
    .min(1)
    .max(400)
    .refine((text) => text.trim().split(/\s+/).length <= 50, 'Use 50 words or fewer'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Use a two-letter country code')
    .optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]{2,4})?$/, 'Use a language code such as de')
    .optional(),
};
const recent = { age: z.enum(['day', 'week', 'month', 'year']).optional().describe('Not older than this') };
const ages = { day: 'pd', week: 'pw', month: 'pm', year: 'py' } as const;
interface Question {
  query: string;
  country?: string | undefined;
  language?: string | undefined;
  age?: keyof typeof ages | undefined;
}
const toQuery = ({ query, country, language, age }: Question) => ({
  q: query,
  country,
  search_lang: language,
  freshness: age && ages[age],
});

const storedResult = z.object({
  title: z.string(),
  url: z.string(),
  description: z.string().nullish(),
  page_age: z.string().nullish(),
  age: z.string().nullish(),
});
const result = z.object({
  title: z.string(),
  url: z.string(),
  description: z.string().nullable(),
  age: z.string().nullable(),
});
const toResult = ({ title, url, description, page_age, age }: z.output<typeof storedResult>) => ({
  title,
  url,
  description: description ?? null,
  age: page_age ?? age ?? null,
});

export const tools = [
  defineTool({
    name: 'brave_search_web',
    title: 'Search the web',
    description: 'Web pages on a question, best first, up to ten pages of them.',
    risk: 'read',
    input: { ...asked, ...recent, ...pageInput(20, 10) },
    example: {
      query: 'invoice rules for small businesses',
      country: 'DE',
      language: 'en',
      age: 'year',
      limit: 10,
    },
    output: pageOutput(result),
    async run({ limit, cursor, ...question }, api) {
      // Other kinds of results have their own tools; matched words stay unmarked.
      const query = { ...toQuery(question), result_filter: 'web', text_decorations: false };
      const page = await api.list(
        '/web/search',
        storedResult,
        pagesOf('web.results'),
        { limit, cursor },
        { query },
      );
      return { ...page, items: page.items.map(toResult) };
    },
  }),

  defineTool({
    name: 'brave_search_news',
    title: 'Search news',
    description: 'News articles on a question, with when they appeared.',
    risk: 'read',
    input: { ...asked, ...recent, ...pageInput(50, 20) },
    example: { query: 'e-invoicing', country: 'DE', language: 'en', age: 'week', limit: 10 },
    output: pageOutput(result),
    async run({ limit, cursor, ...question }, api) {
      const query = toQuery(question);
      const page = await api.list(
        '/news/search',
        storedResult,
        pagesOf('results'),
        { limit, cursor },
        { query },
      );
      return { ...page, items: page.items.map(toResult) };
    },
  }),

  defineTool({
    name: 'brave_search_videos',
    title: 'Search videos',
    description: 'Videos on a question, with length and publisher where they are known.',
    risk: 'read',
    input: { ...asked, ...recent, ...pageInput(50, 20) },
    example: { query: 'how to repair a bicycle chain', language: 'en', limit: 10 },
    output: pageOutput(result.extend({ duration: z.string().nullable(), publisher: z.string().nullable() })),
    async run({ limit, cursor, ...question }, api) {
      const stored = storedResult.extend({
        video: z.object({ duration: z.string().nullish(), publisher: z.string().nullish() }).nullish(),
      });
      const query = toQuery(question);
      const page = await api.list('/videos/search', stored, pagesOf('results'), { limit, cursor }, { query });
      const items = page.items.map(({ video, ...one }) => ({
        ...toResult(one),
        duration: video?.duration ?? null,
        publisher: video?.publisher ?? null,
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'brave_search_images',
    title: 'Search pictures',
    description: 'Pictures on a question with the pages they are on. Their rights stay with their owners.',
    risk: 'read',
    input: { ...asked, limit: z.int().min(1).max(200).default(20) },
    example: { query: 'analytical engine', language: 'en', limit: 10 },
    output: z.object({
      images: z.array(
        z.object({
          title: z.string(),
          page_url: z.string().nullable(),
          image_url: z.string().nullable(),
          preview_url: z.string().nullable(),
        }),
      ),
    }),
    async run({ limit, ...question }, api) {
      const stored = z.object({
        title: z.string().nullish(),
        url: z.string().nullish(),
        thumbnail: z.object({ src: z.string().nullish() }).nullish(),
        properties: z.object({ url: z.string().nullish() }).nullish(),
      });
      const { q, country, search_lang } = toQuery(question);
      const query = { q, country, search_lang, count: limit, safesearch: 'strict' };
      const { results } = await api.get('/images/search', z.object({ results: z.array(stored).nullish() }), {
        query,
      });
      const images = (results ?? []).map((one) => ({
        title: one.title ?? '',
        page_url: one.url ?? null,
        image_url: one.properties?.url ?? null,
        preview_url: one.thumbnail?.src ?? null,
      }));
      return { images };
    },
  }),

  defineTool({
    name: 'brave_search_places',
    title: 'Search places',
    description: 'Shops, offices and sights in or around a place, with address, telephone and rating.',
    risk: 'read',
    input: {
      ...asked,
      near: z.string().min(1).max(200).describe('Town or address, such as "Lisbon, Portugal"'),
      radius_m: z.int().min(1).max(100_000).optional(),
      limit: z.int().min(1).max(50).default(20),
    },
    example: { query: 'print shop', near: 'Lisbon, Portugal', radius_m: 5_000, limit: 10 },
    output: z.object({
      places: z.array(
        z.object({
          name: z.string(),
          url: z.string().nullable(),
          address: z.string().nullable(),
          telephone: z.string().nullable(),
          rating: z.number().nullable(),
          reviews: z.number().nullable(),
        }),
      ),
    }),
    async run({ near, radius_m, limit, ...question }, api) {
      const stored = z.object({
        title: z.string(),
        url: z.string().nullish(),
        postal_address: z.object({ displayAddress: z.string().nullish() }).nullish(),
        contact: z.object({ telephone: z.string().nullish() }).nullish(),
        rating: z.object({ ratingValue: z.number().nullish(), reviewCount: z.number().nullish() }).nullish(),
      });
      const { q, country, search_lang } = toQuery(question);
      const query = { q, country, search_lang, location: near, radius: radius_m, count: limit };
      const answer = z.object({ results: z.array(stored).nullish() });
      const { results } = await api.get('/local/place_search', answer, { query });
      const places = (results ?? []).map((one) => ({
        name: one.title,
        url: one.url ?? null,
        address: one.postal_address?.displayAddress ?? null,
        telephone: one.contact?.telephone ?? null,
        rating: one.rating?.ratingValue ?? null,
        reviews: one.rating?.reviewCount ?? null,
      }));
      return { places };
    },
  }),

  defineTool({
    name: 'brave_search_passages',
    title: 'Search passages',
    description: 'The passages of web pages that answer a question, for texts that must name their sources.',
    risk: 'read',
    input: {
      ...asked,
      ...recent,
      pages: z.int().min(1).max(50).default(10).describe('From how many pages at most'),
      tokens: z.int().min(1_024).max(32_768).default(8_192).describe('How long all passages are at most'),
    },
    example: {
      query: 'what must an invoice contain',
      country: 'DE',
      language: 'en',
      pages: 5,
      tokens: 4_096,
    },
    output: z.object({
      sources: z.array(z.object({ title: z.string(), url: z.string(), passages: z.array(z.string()) })),
    }),
    async run({ pages, tokens, ...question }, api) {
      const passage = z.object({ url: z.string(), title: z.string(), snippets: z.array(z.string()) });
      const answer = z.object({ grounding: z.object({ generic: z.array(passage).nullish() }) });
      const { grounding } = await api.get('/llm/context', answer, {
        query: {
          ...toQuery(question),
          maximum_number_of_urls: pages,
          maximum_number_of_tokens: tokens,
        },
      });
      const sources = (grounding.generic ?? []).map(({ title, url, snippets }) => ({
        title,
        url,
        passages: snippets,
      }));
      return { sources };
    },
  }),
];
