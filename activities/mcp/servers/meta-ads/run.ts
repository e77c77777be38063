import * as z from 'zod';
import { moneySchema, positiveMoneySchema } from '../../kit/money.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { objectId, toBudget } from './account.ts';

const id = objectId.describe('Of a campaign, an ad set or an ad');
const done = z.object({ success: z.boolean().nullish() });

const setStatus = (api: VendorApi, object: string, status: 'ACTIVE' | 'PAUSED') =>
  api.post(path`/${object}`, done, { body: { status }, repeatable: true });

export const runTools = [
  defineTool({
    name: 'meta_ads_pause',
    title: 'Pause',
    description: 'Stops a campaign, an ad set or an ad from showing and spending.',
    risk: 'write',
    idempotent: true,
    input: { id },
    example: { id: '120210554410990' },
    output: z.object({ id: z.string(), status: z.literal('paused') }),
    async run(input, api) {
      await setStatus(api, input.id, 'PAUSED');
      return { id: input.id, status: 'paused' as const };
    },
  }),

  defineTool({
    name: 'meta_ads_start',
    title: 'Start',
    description: 'Lets a paused campaign, ad set or ad run; from now on it spends its budget.',
    risk: 'money',
    idempotent: true,
    input: { id },
    example: { id: '120210554410990' },
    output: z.object({ id: z.string(), status: z.literal('active') }),
    async run(input, api) {
      await setStatus(api, input.id, 'ACTIVE');
      return { id: input.id, status: 'active' as const };
    },
  }),

  defineTool({
    name: 'meta_ads_set_daily_budget',
    title: 'Set daily budget',
    description:
      'Changes what a campaign or an ad set may cost on a day on average; it has to have a daily budget.',
    risk: 'money',
    idempotent: true,
    input: { id: objectId.describe('Of a campaign or an ad set'), amount: positiveMoneySchema },
    example: { id: '120210554410991', amount: { minor: 2500, currency: 'EUR' } },
    output: z.object({ id: z.string(), daily_budget: moneySchema }),
    async run({ id: object, amount }, api) {
      const answer = z.object({ account_id: z.string(), daily_budget: z.string().nullish() });
      const now = await api.get(path`/${object}`, answer, { query: { fields: 'account_id,daily_budget' } });
      if (!now.daily_budget || now.daily_budget === '0') {
        api.refuse('id', 'It has no daily budget. The budget lies in its campaign or its ad sets.');
      }
      const daily_budget = await toBudget(api, now.account_id, amount, 'amount');
      await api.post(path`/${object}`, done, { body: { daily_budget }, repeatable: true });
      return { id: object, daily_budget: amount };
    },
  }),
];
