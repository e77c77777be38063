import * as z from 'zod';
import { graphPages } from '../../kit/graph.ts';
import { moneySchema } from '../../kit/money.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { accountId, currencyOf, fromBudget, labelledByCall, labelsOf } from './account.ts';

const goals = {
  awareness: 'OUTCOME_AWARENESS',
  traffic: 'OUTCOME_TRAFFIC',
  engagement: 'OUTCOME_ENGAGEMENT',
  leads: 'OUTCOME_LEADS',
  sales: 'OUTCOME_SALES',
} as const;
const goalNames = Object.keys(goals) as [keyof typeof goals, ...(keyof typeof goals)[]];

const special = [
  'housing',
  'employment',
  'financial_products_services',
  'issues_elections_politics',
] as const;

export const campaignTools = [
  defineTool({
    name: 'meta_ads_list_campaigns',
    title: 'List campaigns',
    description:
      'Campaigns of an ad account with state, goal and budget; budgets may also lie in the ad sets.',
    risk: 'read',
    input: {
      account_id: accountId,
      status: z.enum(['active', 'paused', 'archived']).optional(),
      ...pageInput(200, 50),
    },
    example: { account_id: '208841190355', status: 'active', limit: 50 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.string(),
        goal: z.string().nullable(),
        daily_budget: moneySchema.nullable(),
        lifetime_budget: moneySchema.nullable(),
      }),
    ),
    async run({ account_id, status, ...asked }, api) {
      const text = z.string().nullish();
      const campaign = z.object({
        id: z.string(),
        name: z.string(),
        effective_status: z.string(),
        objective: text,
        daily_budget: text,
        lifetime_budget: text,
      });
      const currency = await currencyOf(api, account_id);
      const page = await api.list(path`/act_${account_id}/campaigns`, campaign, graphPages, asked, {
        query: {
          fields: 'id,name,effective_status,objective,daily_budget,lifetime_budget',
          effective_status: status && JSON.stringify([status.toUpperCase()]),
        },
      });
      const budget = (amount: string | null | undefined) =>
        amount && amount !== '0' ? fromBudget(amount, currency) : null;
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          name: one.name,
          status: one.effective_status.toLowerCase(),
          goal: one.objective?.replace(/^OUTCOME_/, '').toLowerCase() ?? null,
          daily_budget: budget(one.daily_budget),
          lifetime_budget: budget(one.lifetime_budget),
        })),
      };
    },
  }),

  defineTool({
    name: 'meta_ads_create_campaign',
    title: 'Create campaign',
    description:
      'Opens a paused campaign. Its ad sets hold the budgets; nothing is spent until it is started.',
    risk: 'write',
    looksFirst: true,
    input: {
      account_id: accountId,
      name: z.string().min(1).max(200),
      goal: z.enum(goalNames),
      special_categories: z
        .array(z.enum(special))
        .max(4)
        .default([])
        .describe('What the law treats apart; say so when it advertises such things'),
    },
    example: { account_id: '208841190355', name: 'Website care, autumn', goal: 'leads' },
    output: z.object({ campaign_id: z.string(), status: z.literal('paused') }),
    async run({ account_id, name, goal, special_categories }, api) {
      const edge = path`/act_${account_id}/campaigns`;
      const { id } = await api.createOnce({
        find: () => labelledByCall(api, edge),
        create: () =>
          api.post(edge, z.object({ id: z.string() }), {
            body: {
              name,
              objective: goals[goal],
              status: 'PAUSED',
              special_ad_categories:
                special_categories.length > 0 ? special_categories.map((one) => one.toUpperCase()) : ['NONE'],
              is_adset_budget_sharing_enabled: false,
              adlabels: labelsOf(api),
            },
          }),
      });
      return { campaign_id: id, status: 'paused' as const };
    },
  }),
];
