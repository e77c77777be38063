import {
  type Answering,
  defineContract,
  json,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import {
  anyText,
  anything,
  between,
  constant,
  email,
  list,
  matching,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const uuid: Shape = { type: 'string', format: 'uuid' };
const given = ({ body }: Recorded) => body as Record<string, unknown>;

const design = {
  uuid: '5d0f7f57-2f4a-4b0c-9a51-3a8b0b6f8e21',
  domain: 'agency-07.zipwp.example',
  is_premium: false,
  features: { ecommerce: 'no' },
};

/** Pages are numbered in the body, and no answer tells how many there are. */
const images: Answering = (request) => {
  const { page, per_page: size } = given(request) as { page: number; per_page: number };
  const from = (page - 1) * size;
  const count = Math.max(0, Math.min(size, size * 2 + 1 - from));
  return ok({
    images: Array.from({ length: count }, (_, index) => ({
      id: 189_296 + from + index,
      url: `https://images.example/${189_296 + from + index}.jpeg`,
      optimized_url: `https://images.example/${189_296 + from + index}-small.jpeg`,
      description: 'A house by the sea',
      author_name: 'A photographer',
      author_url: 'https://images.example/@photographer',
      engine: given(request)['engine'],
      sizes: [],
    })),
  });
};

/**
 * ZipWP publishes no API description: these are the requests that its own free WordPress plugin makes, and the members
 * of the answers that the plugin reads.
 */
export const contract = defineContract({
  name: 'zipwp',
  baseUrl: 'https://api.zipwp.com/api',
  credentials: { token: 'zip-token-0123456789abcdef', email: 'owner@example.com' },
  headers: { authorization: matching(/^Bearer \S+$/) },
  errors: {
    unauthorised: () => reply(401, { message: 'Unauthenticated.' }),
    rateLimited: (retryAfterS) =>
      reply(429, { message: 'Too Many Attempts.' }, { 'retry-after': String(retryAfterS) }),
    invalid: (field, message) =>
      reply(422, { message: 'The given data was invalid.', errors: { [field]: [`${field} ${message}`] } }),
    unavailable: (status) => reply(status, { message: 'Server Error' }),
  },
  operations: [
    operation({
      id: 'currentPlan',
      route: 'GET /api/plan/current-plan',
      answer: ok({
        active_plan: { name: 'Pro', slug: 'pro' },
        team: { name: 'Hara & Lee' },
        plan_data: {
          limit: { ai_sites_count: 30, all_sites_count: 100 },
          usage: { ai_sites_count: 4, all_sites_count: 9 },
          remaining: { ai_sites_count: 26, all_sites_count: 91 },
        },
      }),
    }),
    operation({
      id: 'creditUsage',
      route: 'POST /api/scs-usage/',
      reads: true,
      answer: ok({ total_used_credits: 12_000, total_credits: 100_000, free_user: false }),
    }),
    operation({
      id: 'searchBusiness',
      route: 'GET /api/sites/business/search',
      query: { q: text },
      answer: ok({ results: ['Hotel', 'Hostel'] }),
    }),
    operation({
      id: 'suggestDescription',
      route: 'POST /api/sites/suggest-description/',
      body: json(object({ business_name: text, business_desc: anyText, business_category: anyText })),
      reads: true,
      answer: ok({ description: 'Hara & Lee designs for small hotels on the coast.' }),
    }),
    operation({
      id: 'imageKeywords',
      route: 'POST /api/images/keyword/',
      body: json(object({ business_desc: text })),
      reads: true,
      answer: ok({ keywords: ['hotel', 'sea', 'coast'] }),
    }),
    operation({
      id: 'searchImages',
      route: 'POST /api/images/',
      body: json(
        object({
          keywords: list(text, 1),
          per_page: between(1, 80),
          page: between(1, 1_000),
          orientation: anyText,
          engine: anyText,
        }),
      ),
      reads: true,
      answer: images,
    }),
    operation({
      id: 'searchTemplates',
      route: 'POST /api/templates-search',
      query: { query: text },
      body: json(object({ business_name: anyText, email: anyText })),
      reads: true,
      answer: ok([
        { match: 'recommended', designs: [design] },
        { match: 'partial', designs: [design, { ...design, uuid: '0b6f3e0c-92d5-4c7e-8f7c-1f1b5a6f0c11' }] },
        { match: 'generic' },
      ]),
    }),
    operation({
      id: 'siteFeatures',
      route: 'GET /api/sites/features/',
      answer: ok({ data: [{ id: 'blog', title: 'Blog', description: '', compulsory: false }] }),
    }),
    operation({
      id: 'createSite',
      route: 'POST /api/starter-templates/site/',
      body: json(
        object({
          template: uuid,
          email,
          title: text,
          business_name: text,
          business_desc: upTo(10_000),
          business_email: anyText,
          business_phone: anyText,
          business_address: anyText,
          business_category: anyText,
          business_category_name: anyText,
          image_keyword: list(text),
          images: list(anything),
          social_profiles: list(anything),
          language: text,
          site_type: constant('ai'),
          site_source: text,
          site_features: list(text),
        }),
      ),
      answer: reply(201, {
        site: { uuid: '9c1f6d1e-7a52-4f0e-8a3e-0b6a3f1c2d44', url: 'https://hara.zipwp.example' },
      }),
    }),
    operation({
      id: 'importStatus',
      route: 'GET /api/sites/import-status/{uuid}/',
      path: { uuid },
      answer: ok({ code: 'A004' }),
    }),
    operation({
      id: 'exportSite',
      route: 'POST /api/starter-templates/export/{uuid}',
      path: { uuid },
      body: json(object({ template: uuid, business_name: anyText })),
      reads: true,
      answer: ok({
        data: {
          host: 'https://hara.zipwp.example',
          'required-plugins': [{ name: 'Spectra', slug: 'ultimate-addons-for-gutenberg', init: 'a/b.php' }],
        },
      }),
    }),
  ],
});
