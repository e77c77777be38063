import * as z from 'zod';
import { graphPages } from '../../kit/graph.ts';
import { metricMoney } from '../../kit/micros.ts';
import { moneySchema } from '../../kit/money.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { accountId } from './account.ts';

/** The account statuses of Meta that determine whether ads can run. */
const states: Record<number, string> = {
  1: 'active',
  2: 'disabled',
  3: 'unsettled',
  9: 'grace_period',
  101: 'closed',
};

const count = z.coerce.number().nullish();
const text = z.string().nullish();

export const reportTools = [
  defineTool({
    name: 'meta_ads_list_accounts',
    title: 'List ad accounts',
    description: 'Ad accounts this connection reaches, with currency and state.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 25 },
    output: pageOutput(
      z.object({ id: z.string(), name: z.string().nullable(), currency: z.string(), status: z.string() }),
    ),
    async run(asked, api) {
      const account = z.object({
        account_id: z.string(),
        name: text,
        currency: z.string(),
        account_status: z.int(),
      });
      const page = await api.list('/me/adaccounts', account, graphPages, asked, {
        query: { fields: 'account_id,name,currency,account_status' },
      });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.account_id,
          name: one.name ?? null,
          currency: one.currency,
          status: states[one.account_status] ?? 'other',
        })),
      };
    },
  }),

  defineTool({
    name: 'meta_ads_report_results',
    title: 'What ads cost and bring',
    description:
      'Cost, reach, impressions, clicks and results for a span of days, for the account or for each campaign, ad set or ad. Results are counted by kind, such as lead or purchase.',
    risk: 'read',
    input: {
      account_id: accountId,
      from: z.iso.date(),
      to: z.iso.date(),
      per: z.enum(['account', 'campaign', 'adset', 'ad']).default('campaign'),
      ...pageInput(500, 50),
    },
    example: { account_id: '208841190355', from: '2026-10-01', to: '2026-10-31', per: 'campaign', limit: 50 },
    output: pageOutput(
      z.object({
        id: z.string().nullable(),
        name: z.string().nullable(),
        cost: moneySchema,
        reach: z.number(),
        impressions: z.number(),
        clicks: z.number(),
        results: z.array(z.object({ kind: z.string(), count: z.number() })),
      }),
    ),
    async run({ account_id, from, to, per, ...asked }, api) {
      if (from > to) api.refuse('to', 'The last day is before the first.');
      const row = z.looseObject({
        account_currency: z.string(),
        spend: text,
        reach: count,
        impressions: count,
        clicks: count,
        actions: z.array(z.object({ action_type: z.string(), value: z.coerce.number() })).nullish(),
      });
      const names = per === 'account' ? ['account_id', 'account_name'] : [`${per}_id`, `${per}_name`];
      const page = await api.list(path`/act_${account_id}/insights`, row, graphPages, asked, {
        query: {
          level: per,
          time_range: JSON.stringify({ since: from, until: to }),
          fields: [...names, 'account_currency', 'spend', 'reach', 'impressions', 'clicks', 'actions'].join(
            ',',
          ),
        },
      });
      const named = (value: unknown) => (typeof value === 'string' ? value : null);
      return {
        ...page,
        items: page.items.map((one) => ({
          id: named(one[`${per}_id`]),
          name: named(one[`${per}_name`]),
          cost: metricMoney(one.spend, one.account_currency),
          reach: one.reach ?? 0,
          impressions: one.impressions ?? 0,
          clicks: one.clicks ?? 0,
          results: (one.actions ?? []).map(({ action_type, value }) => ({ kind: action_type, count: value })),
        })),
      };
    },
  }),
];
