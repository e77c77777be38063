import * as z from 'zod';
import { fromMajor, moneySchema, positiveMoneySchema, toMajorText } from '../../kit/money.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { currencyOf } from './ads.ts';
import { accountId, byPageToken, campaignId, list } from './restli.ts';

const one = { account_id: accountId, campaign_id: campaignId };
const example = { account_id: '508113942', campaign_id: '361188420' };

/** Changes some fields of a campaign and leaves the others. */
async function patch(
  api: VendorApi,
  { account_id, campaign_id }: { account_id: string; campaign_id: string },
  $set: Record<string, unknown>,
): Promise<void> {
  await api.post(path`/adAccounts/${account_id}/adCampaigns/${campaign_id}`, z.unknown(), {
    headers: { 'X-RestLi-Method': 'PARTIAL_UPDATE' },
    body: { patch: { $set } },
    repeatable: true,
  });
}

export const campaignTools = [
  defineTool({
    name: 'linkedin_list_campaigns',
    title: 'List campaigns',
    description: 'Campaigns of an ad account with state and daily budget.',
    risk: 'read',
    input: {
      account_id: accountId,
      status: z.enum(['active', 'paused', 'draft']).optional(),
      ...pageInput(1_000, 50),
    },
    example: { account_id: '508113942', status: 'active', limit: 50 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.string(),
        daily_budget: moneySchema.nullable(),
      }),
    ),
    async run({ account_id, status, ...asked }, api) {
      const campaign = z.object({
        id: z.number(),
        name: z.string(),
        status: z.string(),
        dailyBudget: z.object({ amount: z.string(), currencyCode: z.string() }).nullish(),
      });
      const search = status && `(status:(values:${list([status.toUpperCase()])}))`;
      const paging = byPageToken(path`/adAccounts/${account_id}/adCampaigns`, { q: 'search', search });
      const page = await api.list('', campaign, paging, asked);
      return {
        ...page,
        items: page.items.map(({ id, name, status: state, dailyBudget }) => ({
          id: String(id),
          name,
          status: state.toLowerCase(),
          daily_budget: dailyBudget ? fromMajor(dailyBudget.amount, dailyBudget.currencyCode) : null,
        })),
      };
    },
  }),

  defineTool({
    name: 'linkedin_pause_campaign',
    title: 'Pause campaign',
    description: 'Stops a campaign from showing ads and spending.',
    risk: 'write',
    idempotent: true,
    input: one,
    example,
    output: z.object({ campaign_id: z.string(), status: z.literal('paused') }),
    async run(input, api) {
      await patch(api, input, { status: 'PAUSED' });
      return { campaign_id: input.campaign_id, status: 'paused' as const };
    },
  }),

  defineTool({
    name: 'linkedin_start_campaign',
    title: 'Start campaign',
    description: 'Lets a campaign run; from now on it spends its budget.',
    risk: 'money',
    idempotent: true,
    input: one,
    example,
    output: z.object({ campaign_id: z.string(), status: z.literal('active') }),
    async run(input, api) {
      await patch(api, input, { status: 'ACTIVE' });
      return { campaign_id: input.campaign_id, status: 'active' as const };
    },
  }),

  defineTool({
    name: 'linkedin_set_daily_budget',
    title: 'Set daily budget',
    description: 'Changes what a campaign may cost a day; LinkedIn may go half as much over it on some days.',
    risk: 'money',
    idempotent: true,
    input: { ...one, amount: positiveMoneySchema.describe('In the currency of the ad account') },
    example: { ...example, amount: { minor: 4000, currency: 'EUR' } },
    output: z.object({ campaign_id: z.string(), daily_budget: moneySchema }),
    async run({ amount, ...campaign }, api) {
      const currency = await currencyOf(api, campaign.account_id);
      if (amount.currency !== currency) api.refuse('amount', `This ad account counts in ${currency}.`);
      await patch(api, campaign, { dailyBudget: { amount: toMajorText(amount), currencyCode: currency } });
      return { campaign_id: campaign.campaign_id, daily_budget: amount };
    },
  }),
];
