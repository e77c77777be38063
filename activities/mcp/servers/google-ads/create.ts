import * as z from 'zod';
import { toMicros } from '../../kit/micros.ts';
import { positiveMoneySchema } from '../../kit/money.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { checkCurrency } from './campaigns.ts';
import { customerId, locationId, numberOf, query, quoted } from './gaql.ts';
import { keywordInput } from './keywords.ts';

const input = {
  customer_id: customerId,
  name: z.string().min(1).max(255),
  daily_budget: positiveMoneySchema.describe('In the currency of the account'),
  goal: z.enum(['clicks', 'conversions']).default('clicks').describe('What Google bids for'),
  location_ids: z.array(locationId).min(1).max(50).describe('Geo target constants; 2276 is Germany'),
  political_in_eu: z.boolean().describe('Whether it advertises politics in the EU; Google asks for it'),
  landing_page: z.url({ protocol: /^https?$/ }).max(2_000),
  headlines: z.array(z.string().min(1).max(30)).min(3).max(15),
  descriptions: z.array(z.string().min(1).max(90)).min(2).max(4),
  keywords: z.array(keywordInput).min(1).max(200),
};
type Input = z.output<z.ZodObject<typeof input>>;

/** Name of the custom parameter that holds the key of the call that created a campaign. */
const mark = 'madeby';

/** All parts in one request, all or nothing; negative ids refer to objects of the same request. */
function operationsOf(from: Input, key: string) {
  const own = `customers/${from.customer_id}`;
  const [budget, campaign, adGroup] = [
    `${own}/campaignBudgets/-1`,
    `${own}/campaigns/-2`,
    `${own}/adGroups/-3`,
  ];
  const texts = (list: string[]) => list.map((text) => ({ text }));
  return [
    {
      campaignBudgetOperation: {
        create: {
          resourceName: budget,
          amountMicros: toMicros(from.daily_budget),
          deliveryMethod: 'STANDARD',
          explicitlyShared: false,
        },
      },
    },
    {
      campaignOperation: {
        create: {
          resourceName: campaign,
          name: from.name,
          status: 'PAUSED',
          advertisingChannelType: 'SEARCH',
          campaignBudget: budget,
          networkSettings: {
            targetGoogleSearch: true,
            targetSearchNetwork: false,
            targetContentNetwork: false,
          },
          containsEuPoliticalAdvertising: from.political_in_eu
            ? 'CONTAINS_EU_POLITICAL_ADVERTISING'
            : 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
          urlCustomParameters: [{ key: mark, value: key }],
          ...(from.goal === 'clicks' ? { targetSpend: {} } : { maximizeConversions: {} }),
        },
      },
    },
    ...from.location_ids.map((id) => ({
      campaignCriterionOperation: {
        create: { campaign, location: { geoTargetConstant: `geoTargetConstants/${id}` } },
      },
    })),
    {
      adGroupOperation: {
        create: {
          resourceName: adGroup,
          campaign,
          name: from.name,
          status: 'ENABLED',
          type: 'SEARCH_STANDARD',
        },
      },
    },
    {
      adGroupAdOperation: {
        create: {
          adGroup,
          status: 'ENABLED',
          ad: {
            finalUrls: [from.landing_page],
            responsiveSearchAd: { headlines: texts(from.headlines), descriptions: texts(from.descriptions) },
          },
        },
      },
    },
    ...from.keywords.map(({ text, match }) => ({
      adGroupCriterionOperation: {
        create: { adGroup, status: 'ENABLED', keyword: { text, matchType: match.toUpperCase() } },
      },
    })),
  ];
}

/** The campaign an earlier attempt of this call created. */
async function made(api: VendorApi, { customer_id, name }: Input): Promise<string | null> {
  const parameters = z.array(z.object({ key: z.string(), value: z.string() }));
  const rows = await query(
    api,
    customer_id,
    'SELECT campaign.resource_name, campaign.url_custom_parameters ' +
      `FROM campaign WHERE campaign.name = ${quoted(name)} AND campaign.status != 'REMOVED'`,
    z.object({
      campaign: z.object({ resourceName: z.string(), urlCustomParameters: parameters.nullish() }),
    }),
  );
  const own = rows.find((row) =>
    row.campaign.urlCustomParameters?.some(({ key, value }) => key === mark && value === api.key),
  );
  return own?.campaign.resourceName ?? null;
}

export const createTools = [
  defineTool({
    name: 'google_ads_create_search_campaign',
    title: 'Create search campaign',
    description:
      'Draws up a search campaign with budget, places, one ad and its keywords. It is paused: nothing is spent until it is started.',
    risk: 'money',
    looksFirst: true,
    input,
    example: {
      customer_id: '7420158839',
      name: 'Website care, autumn',
      daily_budget: { minor: 1500, currency: 'EUR' },
      goal: 'clicks',
      location_ids: ['2276'],
      political_in_eu: false,
      landing_page: 'https://lovelace-care.example/prices/',
      headlines: ['Website care', 'From 49 euros a month', 'Updates and backups'],
      descriptions: ['We keep your website safe and fast.', 'Ask for a quote and hear from us today.'],
      keywords: [{ text: 'website maintenance', match: 'phrase' }],
    },
    output: z.object({ campaign_id: z.string(), status: z.literal('paused') }),
    async run(from, api) {
      await checkCurrency(api, from.customer_id, from.daily_budget, 'daily_budget');
      const answer = z.object({
        mutateOperationResponses: z.array(
          z.object({ campaignResult: z.object({ resourceName: z.string() }).nullish() }),
        ),
      });
      const campaign = await api.createOnce({
        find: () => made(api, from),
        async create() {
          const { mutateOperationResponses } = await api.post(
            path`/customers/${from.customer_id}/googleAds:mutate`,
            answer,
            { body: { mutateOperations: operationsOf(from, api.key) } },
          );
          return (
            mutateOperationResponses.map((one) => one.campaignResult?.resourceName).find(Boolean) ?? null
          );
        },
      });
      return { campaign_id: numberOf(campaign ?? ''), status: 'paused' as const };
    },
  }),
];
