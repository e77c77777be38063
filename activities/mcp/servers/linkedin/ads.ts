import * as z from 'zod';
import { metricMoney } from '../../kit/micros.ts';
import { moneySchema } from '../../kit/money.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { accountId, address, byPageToken, day, list, numberOf, urn } from './restli.ts';

/** Amounts are in the currency of the ad account. */
export async function currencyOf(api: VendorApi, account: string): Promise<string> {
  return (await api.get(path`/adAccounts/${account}`, z.object({ currency: z.string() }))).currency;
}

export const adTools = [
  defineTool({
    name: 'linkedin_list_ad_accounts',
    title: 'List ad accounts',
    description: 'Ad accounts this connection reaches, with currency and state.',
    risk: 'read',
    input: pageInput(1_000, 50),
    example: { limit: 50 },
    output: pageOutput(
      z.object({ id: z.string(), name: z.string(), currency: z.string().nullable(), status: z.string() }),
    ),
    async run(asked, api) {
      const account = z.object({
        id: z.number(),
        name: z.string(),
        currency: z.string().nullish(),
        status: z.string(),
      });
      const page = await api.list('', account, byPageToken('/adAccounts', { q: 'search' }), asked);
      return {
        ...page,
        items: page.items.map((one) => ({
          id: String(one.id),
          name: one.name,
          currency: one.currency ?? null,
          status: one.status.toLowerCase(),
        })),
      };
    },
  }),

  defineTool({
    name: 'linkedin_report_ads',
    title: 'What ads cost and bring',
    description:
      'Cost, impressions, clicks, conversions and leads of each campaign of an account for a span of days.',
    risk: 'read',
    input: { account_id: accountId, from: z.iso.date(), to: z.iso.date() },
    example: { account_id: '508113942', from: '2026-10-01', to: '2026-10-31' },
    output: z.object({
      items: z.array(
        z.object({
          campaign_id: z.string().nullable(),
          cost: moneySchema,
          impressions: z.number(),
          clicks: z.number(),
          conversions: z.number(),
          leads: z.number(),
        }),
      ),
    }),
    async run({ account_id, from, to }, api) {
      if (from > to) api.refuse('to', 'The last day is before the first.');
      const count = z.number().nullish();
      const row = z.object({
        pivotValues: z.array(z.string()).nullish(),
        costInLocalCurrency: z.union([z.string(), z.number()]).nullish(),
        impressions: count,
        clicks: count,
        externalWebsiteConversions: count,
        oneClickLeads: count,
      });
      const currency = await currencyOf(api, account_id);
      const { elements } = await api.get('', z.object({ elements: row.array() }), {
        address: address('/adAnalytics', {
          q: 'analytics',
          pivot: 'CAMPAIGN',
          timeGranularity: 'ALL',
          dateRange: `(start:${day(from)},end:${day(to)})`,
          accounts: list([urn('sponsoredAccount', account_id)]),
          fields:
            'pivotValues,costInLocalCurrency,impressions,clicks,externalWebsiteConversions,oneClickLeads',
        }),
      });
      return {
        items: elements.map((one) => ({
          campaign_id: one.pivotValues?.[0] ? numberOf(one.pivotValues[0]) : null,
          cost: metricMoney(one.costInLocalCurrency, currency),
          impressions: one.impressions ?? 0,
          clicks: one.clicks ?? 0,
          conversions: one.externalWebsiteConversions ?? 0,
          leads: one.oneClickLeads ?? 0,
        })),
      };
    },
  }),
];
