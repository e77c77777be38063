import * as z from 'zod';
import { toMicros } from '../../kit/micros.ts';
import { moneySchema, positiveMoneySchema, type ToolMoney } from '../../kit/money.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { campaignId, customerId, query } from './gaql.ts';

const currency = z.object({ currencyCode: z.string() });

function sameCurrency(api: VendorApi, field: string, amount: ToolMoney, accountCurrency: string): void {
  if (amount.currency !== accountCurrency) api.refuse(field, `This account counts in ${accountCurrency}.`);
}

/** Google takes amounts without their currency: they are always in the account's. */
export async function checkCurrency(
  api: VendorApi,
  customer: string,
  amount: ToolMoney,
  field: string,
): Promise<void> {
  const gaql = 'SELECT customer.currency_code FROM customer LIMIT 1';
  const [row] = await query(api, customer, gaql, z.object({ customer: currency }));
  if (row) sameCurrency(api, field, amount, row.customer.currencyCode);
}

const results = z.object({ results: z.array(z.object({ resourceName: z.string() })) });
const one = { customer_id: customerId, campaign_id: campaignId };
const example = { customer_id: '7420158839', campaign_id: '21904417733' };

async function setStatus(
  api: VendorApi,
  { customer_id, campaign_id }: { customer_id: string; campaign_id: string },
  status: 'ENABLED' | 'PAUSED',
): Promise<void> {
  const resourceName = `customers/${customer_id}/campaigns/${campaign_id}`;
  await api.post(path`/customers/${customer_id}/campaigns:mutate`, results, {
    body: { operations: [{ update: { resourceName, status }, updateMask: 'status' }] },
    repeatable: true,
  });
}

export const campaignTools = [
  defineTool({
    name: 'google_ads_pause_campaign',
    title: 'Pause campaign',
    description: 'Stops a campaign from showing ads and spending.',
    risk: 'write',
    idempotent: true,
    input: one,
    example,
    output: z.object({ campaign_id: z.string(), status: z.literal('paused') }),
    async run(input, api) {
      await setStatus(api, input, 'PAUSED');
      return { campaign_id: input.campaign_id, status: 'paused' as const };
    },
  }),

  defineTool({
    name: 'google_ads_start_campaign',
    title: 'Start campaign',
    description: 'Lets a paused campaign show ads; from now on it spends its budget.',
    risk: 'money',
    idempotent: true,
    input: one,
    example,
    output: z.object({ campaign_id: z.string(), status: z.literal('enabled') }),
    async run(input, api) {
      await setStatus(api, input, 'ENABLED');
      return { campaign_id: input.campaign_id, status: 'enabled' as const };
    },
  }),

  defineTool({
    name: 'google_ads_set_daily_budget',
    title: 'Set daily budget',
    description: 'Changes what a campaign may cost on a day on average; some days can cost twice as much.',
    risk: 'money',
    idempotent: true,
    input: { ...one, amount: positiveMoneySchema.describe('In the currency of the account') },
    example: { ...example, amount: { minor: 2500, currency: 'EUR' } },
    output: z.object({ campaign_id: z.string(), daily_budget: moneySchema }),
    async run({ customer_id, campaign_id, amount }, api) {
      const budget = z.object({ resourceName: z.string(), explicitlyShared: z.boolean().nullish() });
      const [row] = await query(
        api,
        customer_id,
        'SELECT campaign_budget.resource_name, campaign_budget.explicitly_shared, customer.currency_code ' +
          `FROM campaign WHERE campaign.id = ${campaign_id}`,
        z.object({ campaignBudget: budget, customer: currency }),
      );
      if (!row) return api.refuse('campaign_id', 'There is no such campaign in this account.');
      sameCurrency(api, 'amount', amount, row.customer.currencyCode);
      if (row.campaignBudget.explicitlyShared) {
        api.refuse('campaign_id', 'Other campaigns live on this budget too. Change it in Google Ads.');
      }
      const { resourceName } = row.campaignBudget;
      await api.post(path`/customers/${customer_id}/campaignBudgets:mutate`, results, {
        body: {
          operations: [
            { update: { resourceName, amountMicros: toMicros(amount) }, updateMask: 'amountMicros' },
          ],
        },
        repeatable: true,
      });
      return { campaign_id, daily_budget: amount };
    },
  }),
];
