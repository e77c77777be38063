import { type Answering, defineContract, ok, operation, reply } from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  between,
  commaSeparated,
  either,
  flag,
  matching,
  number,
  text,
  upTo,
} from '../upstream/shapes.ts';

const root = '/res/v1';
const freshness = either(among('pd', 'pw', 'pm', 'py'), matching(/^\d{4}-\d{2}-\d{2}to\d{4}-\d{2}-\d{2}$/));
const question = {
  q: upTo(400),
  'country?': matching(/^([A-Z]{2}|ALL)$/),
  'search_lang?': matching(/^[a-z]{2}(-[a-z]+)?$/),
  'spellcheck?': flag,
  'safesearch?': among('off', 'moderate', 'strict'),
};
const page = (count: number) => ({ 'count?': between(1, count), 'offset?': between(0, 9) });

/** Offsets count pages, not results. */
const pages =
  (
    standard: number,
    answer: (results: unknown[], more: boolean) => unknown,
    item: (n: number) => object,
  ): Answering =>
  (request, memory) => {
    const count = Number(request.query['count'] ?? standard);
    const offset = Number(request.query['offset'] ?? 0) * count;
    const divided = byOffset({
      param: 'offset',
      size: 'count',
      standard,
      answer: (results, total) => answer(results, offset + results.length < total),
    });
    return divided(item)({ ...request, query: { ...request.query, offset } }, memory);
  };

const result = (n: number) => ({
  type: 'search_result',
  title: `Page ${n}`,
  url: `https://example.com/pages/${n}`,
  description: 'About invoices.',
  page_age: '2026-10-11T08:00:00',
  age: 'October 11, 2026',
});

const failure = (status: number, code: string, detail: string, meta: object = {}) => ({
  type: 'ErrorResponse',
  id: '3f1c2b1e-8f0e-4b6d-9b1a-2a1f0e9d8c7b',
  status,
  code,
  detail,
  meta,
});
const wrapped = (status: number, ...facts: [string, string, object?]) => ({
  type: 'ErrorResponse',
  error: failure(status, ...facts),
  time: 1_793_520_000,
});

/** Search API of Brave: reads only, a token in a header. */
export const contract = defineContract({
  name: 'brave-search',
  baseUrl: 'https://api.search.brave.com/res/v1',
  credentials: { subscriptionToken: 'BSAtokenOfTheContract' },
  headers: { 'x-subscription-token': matching(/^BSA\w+$/) },
  vendor: {
    kind: 'openapi',
    files: ['brave-search/brave-search-mcp-server-2.1.4.requests.openapi.json'],
  },
  errors: {
    // A wrong token is told as a wrong parameter.
    unauthorised: () =>
      reply(422, wrapped(422, 'SUBSCRIPTION_TOKEN_INVALID', 'The provided subscription token is invalid.')),
    // One window for a second, one for a month.
    rateLimited: (retryAfterS) =>
      reply(429, wrapped(429, 'RATE_LIMITED', 'Request rate limit exceeded for plan.'), {
        'x-ratelimit-limit': '1, 15000',
        'x-ratelimit-remaining': '0, 14523',
        'x-ratelimit-reset': `${retryAfterS}, 1419704`,
      }),
    invalid: (field, message) =>
      reply(
        422,
        wrapped(422, 'VALIDATION', 'Unable to validate request parameter(s)', {
          errors: [{ type: 'value_error', loc: ['query', field], msg: message }],
        }),
      ),
  },
  operations: [
    operation({
      id: 'searchWeb',
      route: `GET ${root}/web/search`,
      query: {
        ...question,
        ...page(20),
        'freshness?': freshness,
        'text_decorations?': flag,
        'result_filter?': commaSeparated(
          among('discussions', 'faq', 'infobox', 'news', 'query', 'videos', 'web', 'locations'),
        ),
        'extra_snippets?': flag,
      },
      answer: pages(
        20,
        (results, more_results_available) => ({
          type: 'search',
          query: { original: 'asked', more_results_available },
          web: { type: 'search', results },
        }),
        result,
      ),
    }),
    operation({
      id: 'searchNews',
      route: `GET ${root}/news/search`,
      query: { ...question, ...page(50), 'freshness?': freshness, 'extra_snippets?': flag },
      answer: pages(20, (results) => ({ type: 'news', query: { original: 'asked' }, results }), result),
    }),
    operation({
      id: 'searchVideos',
      route: `GET ${root}/videos/search`,
      query: { ...question, ...page(50), 'freshness?': freshness },
      answer: pages(
        20,
        (results) => ({ type: 'videos', query: { original: 'asked' }, results }),
        (n) => ({ ...result(n), video: { duration: '04:12', publisher: 'YouTube', views: 12 } }),
      ),
    }),
    operation({
      id: 'searchImages',
      route: `GET ${root}/images/search`,
      query: { ...question, 'count?': between(1, 200), 'safesearch?': among('off', 'strict') },
      answer: ok({
        type: 'images',
        results: [
          {
            type: 'image_result',
            title: 'An engine',
            url: 'https://example.com/engines',
            source: 'example.com',
            thumbnail: { src: 'https://imgs.search.brave.com/contract' },
            properties: { url: 'https://example.com/engine.jpg' },
          },
        ],
      }),
    }),
    operation({
      id: 'searchPlaces',
      route: `GET ${root}/local/place_search`,
      query: {
        ...question,
        'location?': text,
        'latitude?': number,
        'longitude?': number,
        'radius?': number,
        'count?': between(1, 50),
        'units?': among('metric', 'imperial'),
      },
      answer: ok({
        type: 'locations',
        results: [
          {
            type: 'location_result',
            title: 'Print shop at the corner',
            url: 'https://example.com/print',
            provider_url: 'https://example.com/print',
            is_source_local: true,
            is_source_both: false,
            zoom_level: 14,
            postal_address: { type: 'PostalAddress', displayAddress: 'Rua Nova 1, Lisbon' },
            contact: { telephone: '+351 210 000 000' },
            rating: { ratingValue: 4.5, bestRating: 5, reviewCount: 31 },
          },
        ],
      }),
    }),
    operation({
      id: 'getContext',
      route: `GET ${root}/llm/context`,
      query: {
        q: question.q,
        'country?': question['country?'],
        'search_lang?': question['search_lang?'],
        'freshness?': freshness,
        'count?': between(1, 50),
        'maximum_number_of_urls?': between(1, 50),
        'maximum_number_of_tokens?': between(1_024, 32_768),
        'maximum_number_of_snippets?': between(1, 256),
      },
      answer: ok({
        grounding: {
          generic: [
            {
              url: 'https://example.com/invoices',
              title: 'What invoices contain',
              snippets: ['A number that is used once.', 'The day of the service.'],
            },
          ],
          poi: null,
          map: [],
        },
        sources: {
          'https://example.com/invoices': { title: 'What invoices contain', hostname: 'example.com' },
        },
      }),
    }),
  ],
});
