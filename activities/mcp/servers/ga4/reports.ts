import * as z from 'zod';
import { metricMoney } from '../../kit/micros.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { propertyId } from './properties.ts';

const fieldName = z.string().regex(/^[A-Za-z][\w:]{0,99}$/, 'Use the API name of a dimension or metric');
const named = (names: readonly string[]) => names.map((name) => ({ name }));

const matches = {
  is: 'EXACT',
  begins_with: 'BEGINS_WITH',
  ends_with: 'ENDS_WITH',
  contains: 'CONTAINS',
} as const;
const filterSchema = z.strictObject({
  dimension: fieldName,
  match: z.enum(['is', 'begins_with', 'ends_with', 'contains']),
  value: z.string().min(1).max(500),
});
const filtersInput = z.array(filterSchema).max(10).optional().describe('All of them have to hold');

function filterOf(filters: z.output<typeof filterSchema>[] | undefined) {
  if (!filters?.length) return undefined;
  const expressions = filters.map(({ dimension, match, value }) => ({
    filter: { fieldName: dimension, stringFilter: { matchType: matches[match], value } },
  }));
  return { andGroup: { expressions } };
}

const cell = z.object({ value: z.string().nullish() });
const quota = z.object({ remaining: z.int().nullish() }).nullish();
const report = z.object({
  metricHeaders: z.array(z.object({ name: z.string(), type: z.string().nullish() })).nullish(),
  rows: z
    .array(z.object({ dimensionValues: z.array(cell).nullish(), metricValues: z.array(cell).nullish() }))
    .nullish(),
  rowCount: z.int().nullish(),
  metadata: z
    .object({
      currencyCode: z.string().nullish(),
      timeZone: z.string().nullish(),
      dataLossFromOtherRow: z.boolean().nullish(),
      subjectToThresholding: z.boolean().nullish(),
      samplingMetadatas: z.array(z.unknown()).nullish(),
    })
    .nullish(),
  propertyQuota: z.object({ tokensPerDay: quota, tokensPerHour: quota }).nullish(),
});

const table = z.object({
  metrics: z
    .array(z.object({ name: z.string(), unit: z.enum(['number', 'seconds', 'money']) }))
    .describe('Columns of the values; money is in minor units of the currency'),
  currency: z.string().nullable(),
  rows: z.array(z.object({ dimensions: z.array(z.string()), values: z.array(z.number()) })),
  total_rows: z.int(),
  quota_left: z.object({ day: z.int().nullable(), hour: z.int().nullable() }),
});

function toTable(from: z.output<typeof report>): z.output<typeof table> {
  const currency = from.metadata?.currencyCode ?? null;
  const metrics = (from.metricHeaders ?? []).map(({ name, type }) => ({
    name,
    unit:
      type === 'TYPE_CURRENCY' && currency
        ? ('money' as const)
        : type === 'TYPE_SECONDS'
          ? ('seconds' as const)
          : ('number' as const),
  }));
  return {
    metrics,
    currency,
    rows: (from.rows ?? []).map(({ dimensionValues, metricValues }) => ({
      dimensions: (dimensionValues ?? []).map(({ value }) => value ?? ''),
      values: (metricValues ?? []).map(({ value }, i) =>
        metrics[i]?.unit === 'money' ? metricMoney(value, currency!).minor : Number(value ?? 0),
      ),
    })),
    total_rows: from.rowCount ?? 0,
    quota_left: {
      day: from.propertyQuota?.tokensPerDay?.remaining ?? null,
      hour: from.propertyQuota?.tokensPerHour?.remaining ?? null,
    },
  };
}

export const reportTools = [
  defineTool({
    name: 'ga4_run_report',
    title: 'Analytics report',
    description:
      'Numbers of a property for a span of days, such as sessions, activeUsers, keyEvents or totalRevenue, by dimensions such as date, country or sessionDefaultChannelGroup. The last two days still change.',
    risk: 'read',
    input: {
      property_id: propertyId,
      from: z.iso.date().describe('First day'),
      to: z.iso.date().describe('Last day'),
      metrics: z.array(fieldName).min(1).max(10),
      dimensions: z.array(fieldName).max(9).default([]),
      filters: filtersInput,
      order_by_metric: fieldName.optional().describe('Largest first'),
      limit: z.int().min(1).max(10_000).default(100),
      offset: z.int().min(0).max(1_000_000).default(0),
    },
    example: {
      property_id: '318204417',
      from: '2026-10-01',
      to: '2026-10-31',
      metrics: ['sessions', 'totalRevenue'],
      dimensions: ['sessionDefaultChannelGroup'],
      filters: [{ dimension: 'country', match: 'is', value: 'Germany' }],
      order_by_metric: 'sessions',
      limit: 20,
    },
    output: table.extend({
      time_zone: z.string().nullable(),
      exact: z.boolean().describe('False when Google sampled, withheld or lumped rows'),
    }),
    async run(input, api) {
      if (input.from > input.to) api.refuse('to', 'The last day is before the first.');
      const answer = await api.post(path`/properties/${input.property_id}:runReport`, report, {
        repeatable: true,
        body: {
          dateRanges: [{ startDate: input.from, endDate: input.to }],
          metrics: named(input.metrics),
          dimensions: named(input.dimensions),
          dimensionFilter: filterOf(input.filters),
          orderBys: input.order_by_metric
            ? [{ metric: { metricName: input.order_by_metric }, desc: true }]
            : undefined,
          limit: String(input.limit),
          offset: String(input.offset),
          returnPropertyQuota: true,
        },
      });
      const { metadata } = answer;
      return {
        ...toTable(answer),
        time_zone: metadata?.timeZone ?? null,
        exact:
          !metadata?.dataLossFromOtherRow &&
          !metadata?.subjectToThresholding &&
          !metadata?.samplingMetadatas?.length,
      };
    },
  }),

  defineTool({
    name: 'ga4_run_realtime_report',
    title: 'Visitors now',
    description: 'Who is on the site now: numbers of the last 30 minutes, such as activeUsers by country.',
    risk: 'read',
    input: {
      property_id: propertyId,
      metrics: z.array(fieldName).min(1).max(10).default(['activeUsers']),
      dimensions: z.array(fieldName).max(9).default([]),
      filters: filtersInput,
      limit: z.int().min(1).max(1_000).default(50),
    },
    example: { property_id: '318204417', metrics: ['activeUsers'], dimensions: ['country'], limit: 10 },
    output: table,
    async run(input, api) {
      const answer = await api.post(path`/properties/${input.property_id}:runRealtimeReport`, report, {
        repeatable: true,
        body: {
          metrics: named(input.metrics),
          dimensions: named(input.dimensions),
          dimensionFilter: filterOf(input.filters),
          limit: String(input.limit),
          returnPropertyQuota: true,
        },
      });
      return toTable(answer);
    },
  }),
];
