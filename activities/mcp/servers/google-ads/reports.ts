import * as z from 'zod';
import { fromMicros, microsSchema } from '../../kit/micros.ts';
import { moneySchema } from '../../kit/money.ts';
import { defineTool } from '../../kit/server.ts';
import { customerId, numberOf, query } from './gaql.ts';

const count = z.coerce.number().nullish();
const currency = z.object({ currencyCode: z.string() });
const campaign = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  advertisingChannelType: z.string().nullish(),
});

export const reportTools = [
  defineTool({
    name: 'google_ads_list_accounts',
    title: 'List ad accounts',
    description: 'Numbers of the ad accounts this connection reaches; all other tools need one.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ items: z.array(z.object({ id: z.string() })) }),
    async run(_input, api) {
      const answer = z.object({ resourceNames: z.array(z.string()).nullish() });
      const { resourceNames } = await api.get('/customers:listAccessibleCustomers', answer);
      return { items: (resourceNames ?? []).map((name) => ({ id: numberOf(name) })) };
    },
  }),

  defineTool({
    name: 'google_ads_list_campaigns',
    title: 'List campaigns',
    description: 'Campaigns with their state and what they may cost on a day on average.',
    risk: 'read',
    input: {
      customer_id: customerId,
      status: z.enum(['enabled', 'paused']).optional(),
      limit: z.int().min(1).max(1_000).default(100),
    },
    example: { customer_id: '7420158839', status: 'enabled', limit: 50 },
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          status: z.string(),
          channel: z.string().nullable(),
          daily_budget: moneySchema.nullable(),
        }),
      ),
    }),
    async run({ customer_id, status, limit }, api) {
      const where = status ? `campaign.status = '${status.toUpperCase()}'` : `campaign.status != 'REMOVED'`;
      const rows = await query(
        api,
        customer_id,
        'SELECT campaign.id, campaign.name, campaign.status, campaign.advertising_channel_type, ' +
          'campaign_budget.amount_micros, customer.currency_code ' +
          `FROM campaign WHERE ${where} ORDER BY campaign.id DESC LIMIT ${limit}`,
        z.object({
          campaign,
          customer: currency,
          campaignBudget: z.object({ amountMicros: microsSchema.nullish() }).nullish(),
        }),
      );
      return {
        items: rows.map((row) => {
          const micros = row.campaignBudget?.amountMicros;
          return {
            id: row.campaign.id,
            name: row.campaign.name,
            status: row.campaign.status.toLowerCase(),
            channel: row.campaign.advertisingChannelType?.toLowerCase() ?? null,
            daily_budget: micros ? fromMicros(micros, row.customer.currencyCode) : null,
          };
        }),
      };
    },
  }),

  defineTool({
    name: 'google_ads_report_campaigns',
    title: 'What campaigns cost and bring',
    description:
      'Cost, impressions, clicks and conversions of each campaign for a span of days, dearest first.',
    risk: 'read',
    input: {
      customer_id: customerId,
      from: z.iso.date(),
      to: z.iso.date(),
      limit: z.int().min(1).max(1_000).default(100),
    },
    example: { customer_id: '7420158839', from: '2026-10-01', to: '2026-10-31', limit: 50 },
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          status: z.string(),
          cost: moneySchema,
          impressions: z.number(),
          clicks: z.number(),
          conversions: z.number(),
        }),
      ),
    }),
    async run({ customer_id, from, to, limit }, api) {
      if (from > to) api.refuse('to', 'The last day is before the first.');
      const rows = await query(
        api,
        customer_id,
        'SELECT campaign.id, campaign.name, campaign.status, customer.currency_code, metrics.cost_micros, ' +
          'metrics.impressions, metrics.clicks, metrics.conversions ' +
          `FROM campaign WHERE segments.date BETWEEN '${from}' AND '${to}' ` +
          `ORDER BY metrics.cost_micros DESC LIMIT ${limit}`,
        z.object({
          campaign,
          customer: currency,
          metrics: z.object({
            costMicros: microsSchema.nullish(),
            impressions: count,
            clicks: count,
            conversions: count,
          }),
        }),
      );
      return {
        items: rows.map((row) => ({
          id: row.campaign.id,
          name: row.campaign.name,
          status: row.campaign.status.toLowerCase(),
          cost: fromMicros(row.metrics.costMicros ?? 0, row.customer.currencyCode),
          impressions: row.metrics.impressions ?? 0,
          clicks: row.metrics.clicks ?? 0,
          conversions: row.metrics.conversions ?? 0,
        })),
      };
    },
  }),

  defineTool({
    name: 'google_ads_run_query',
    title: 'Ask in the query language',
    description:
      'Runs one SELECT of the Google Ads Query Language, which can only read. Rows come as Google writes them; amounts called micros are millionths of the currency.',
    risk: 'read',
    input: {
      customer_id: customerId,
      query: z
        .string()
        .max(10_000)
        .regex(/^SELECT\s[^;]+\sFROM\s[^;]+$/i, 'Begin with SELECT, name a resource with FROM')
        .refine((text) => !/\s(LIMIT|PARAMETERS)\s/i.test(text), 'Say how many rows by limit instead'),
      limit: z.int().min(1).max(10_000).default(200),
    },
    example: {
      customer_id: '7420158839',
      query: "SELECT ad_group.id, ad_group.name FROM ad_group WHERE ad_group.status = 'ENABLED'",
      limit: 100,
    },
    output: z.object({ rows: z.array(z.record(z.string(), z.unknown())) }),
    async run({ customer_id, query: gaql, limit }, api) {
      const row = z.record(z.string(), z.unknown());
      return { rows: await query(api, customer_id, `${gaql.trim()} LIMIT ${limit}`, row) };
    },
  }),
];
