import * as z from 'zod';
import { fromMicros, microsSchema } from '../../kit/micros.ts';
import { moneySchema } from '../../kit/money.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { adGroupId, customerId, locationId, query } from './gaql.ts';

const words = z
  .string()
  .min(1)
  .max(80)
  .regex(/^\S+( \S+){0,9}$/, 'At most ten words');

export const keywordInput = z.strictObject({
  text: words,
  match: z.enum(['exact', 'phrase', 'broad']).default('phrase'),
});
type Keyword = z.output<typeof keywordInput>;

const same = (a: Keyword, b: Keyword) => a.text.toLowerCase() === b.text.toLowerCase() && a.match === b.match;

/** Keywords of an ad group, positive or negative. */
async function keywordsOf(
  api: VendorApi,
  customer: string,
  adGroup: string,
  negative: boolean,
): Promise<Keyword[]> {
  const rows = await query(
    api,
    customer,
    'SELECT ad_group_criterion.keyword.text, ad_group_criterion.keyword.match_type FROM ad_group_criterion ' +
      `WHERE ad_group.id = ${adGroup} AND ad_group_criterion.type = 'KEYWORD' ` +
      `AND ad_group_criterion.negative = ${negative ? 'TRUE' : 'FALSE'} AND ad_group_criterion.status != 'REMOVED'`,
    z.object({
      adGroupCriterion: z.object({ keyword: z.object({ text: z.string(), matchType: z.string() }) }),
    }),
  );
  return rows.map(({ adGroupCriterion: { keyword } }) => ({
    text: keyword.text,
    match: keyword.matchType.toLowerCase() as Keyword['match'],
  }));
}

export const keywordTools = [
  defineTool({
    name: 'google_ads_suggest_keywords',
    title: 'Suggest keywords',
    description:
      'What people search for around some words: searches a month, competition and what a click costs.',
    risk: 'read',
    input: {
      customer_id: customerId,
      words: z.array(words).min(1).max(20),
      language_id: z
        .string()
        .regex(/^\d{4,10}$/)
        .describe('Language constant; 1000 English, 1001 German'),
      location_ids: z.array(locationId).min(1).max(10),
      limit: z.int().min(1).max(1_000).default(50),
    },
    example: {
      customer_id: '7420158839',
      words: ['website care'],
      language_id: '1001',
      location_ids: ['2276'],
      limit: 20,
    },
    output: z.object({
      items: z.array(
        z.object({
          text: z.string(),
          monthly_searches: z.number().nullable(),
          competition: z.string().nullable(),
          lowest_bid: moneySchema.nullable(),
          highest_bid: moneySchema.nullable(),
        }),
      ),
    }),
    async run({ customer_id, words: seeds, language_id, location_ids, limit }, api) {
      const row = z.object({ customer: z.object({ currencyCode: z.string() }) });
      const gaql = 'SELECT customer.currency_code FROM customer LIMIT 1';
      const currency = (await query(api, customer_id, gaql, row))[0]?.customer.currencyCode;
      const metrics = z.object({
        avgMonthlySearches: z.coerce.number().nullish(),
        competition: z.string().nullish(),
        lowTopOfPageBidMicros: microsSchema.nullish(),
        highTopOfPageBidMicros: microsSchema.nullish(),
      });
      const answer = z.object({
        results: z.array(z.object({ text: z.string(), keywordIdeaMetrics: metrics.nullish() })).nullish(),
      });
      const { results } = await api.post(path`/customers/${customer_id}:generateKeywordIdeas`, answer, {
        repeatable: true,
        body: {
          keywordSeed: { keywords: seeds },
          language: `languageConstants/${language_id}`,
          geoTargetConstants: location_ids.map((id) => `geoTargetConstants/${id}`),
          keywordPlanNetwork: 'GOOGLE_SEARCH',
          pageSize: limit,
        },
      });
      const bid = (micros: string | number | null | undefined) =>
        micros && currency ? fromMicros(micros, currency) : null;
      return {
        items: (results ?? []).map(({ text, keywordIdeaMetrics: found }) => ({
          text,
          monthly_searches: found?.avgMonthlySearches ?? null,
          competition: found?.competition?.toLowerCase() ?? null,
          lowest_bid: bid(found?.lowTopOfPageBidMicros),
          highest_bid: bid(found?.highTopOfPageBidMicros),
        })),
      };
    },
  }),

  defineTool({
    name: 'google_ads_add_keywords',
    title: 'Add keywords',
    description:
      'Adds keywords to an ad group, or with negative the words for which its ads stay away. Those it has already are left as they are.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      customer_id: customerId,
      ad_group_id: adGroupId,
      keywords: z.array(keywordInput).min(1).max(200),
      negative: z.boolean().default(false),
    },
    example: {
      customer_id: '7420158839',
      ad_group_id: '160288417355',
      keywords: [{ text: 'free website', match: 'phrase' }],
      negative: true,
    },
    output: z.object({ keywords: z.int().describe('How many of them the ad group has now') }),
    async run({ customer_id, ad_group_id, keywords, negative }, api) {
      const adGroup = `customers/${customer_id}/adGroups/${ad_group_id}`;
      const missing = async () => {
        const there = await keywordsOf(api, customer_id, ad_group_id, negative);
        return keywords.filter((wanted) => !there.some((keyword) => same(keyword, wanted)));
      };
      let toAdd: Keyword[] = [];
      await api.createOnce({
        async find() {
          toAdd = await missing();
          return toAdd.length === 0 ? true : null;
        },
        async create() {
          await api.post(path`/customers/${customer_id}/adGroupCriteria:mutate`, z.object({}), {
            body: {
              operations: toAdd.map(({ text, match }) => ({
                create: {
                  adGroup,
                  keyword: { text, matchType: match.toUpperCase() },
                  ...(negative ? { negative } : { status: 'ENABLED' }),
                },
              })),
            },
          });
          return true;
        },
      });
      return { keywords: keywords.length };
    },
  }),
];
