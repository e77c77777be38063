import * as z from 'zod';
import { byOffset, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';

const base = 'https://searchconsole.googleapis.com';

const siteUrl = z
  .string()
  .max(500)
  .regex(
    /^(sc-domain:[a-z0-9.-]+|https?:\/\/\S+\/)$/,
    'Use "sc-domain:example.com" or an address with a slash at its end',
  )
  .describe('The site exactly as Search Console lists it');

/** Rows have no total: a short page is the last one. */
const rows = byOffset({ items: 'rows', offset: 'startRow', limit: 'rowLimit', inBody: true });

const small = (text: string | null | undefined) => text?.toLowerCase() ?? null;
const count = z.coerce.number().int().nullish();

export const gscTools = [
  defineTool({
    name: 'gsc_list_sites',
    title: 'List sites',
    description: 'Sites in Search Console and what this connection may see of them.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({
      items: z.array(z.object({ site_url: z.string(), permission: z.string().nullable() })),
    }),
    async run(_input, api) {
      const site = z.object({ siteUrl: z.string(), permissionLevel: z.string().nullish() });
      const { siteEntry } = await api.get(
        '/webmasters/v3/sites',
        z.object({ siteEntry: z.array(site).nullish() }),
        {
          base,
        },
      );
      return {
        items: (siteEntry ?? []).map((one) => ({
          site_url: one.siteUrl,
          permission: one.permissionLevel ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'gsc_query_performance',
    title: 'Search performance',
    description:
      'Clicks, impressions, click rate and position in Google Search for a span of days, by query, page, country, device or date. Totals need a call without query and page, since Google leaves rare queries out. Dates are in Pacific time; the last two or three days are missing.',
    risk: 'read',
    input: {
      site_url: siteUrl,
      from: z.iso.date(),
      to: z.iso.date(),
      dimensions: z
        .array(z.enum(['date', 'query', 'page', 'country', 'device']))
        .max(5)
        .default([]),
      filters: z
        .array(
          z.strictObject({
            dimension: z.enum(['query', 'page', 'country', 'device']),
            match: z.enum(['equals', 'not_equals', 'contains', 'not_contains']),
            value: z.string().min(1).max(500),
          }),
        )
        .max(10)
        .optional(),
      ...pageInput(25_000, 100),
    },
    example: {
      site_url: 'sc-domain:lovelace-care.example',
      from: '2026-10-01',
      to: '2026-10-31',
      dimensions: ['query'],
      filters: [{ dimension: 'country', match: 'equals', value: 'deu' }],
      limit: 50,
    },
    output: pageOutput(
      z.object({
        keys: z.array(z.string()).describe('Values in the order of the dimensions'),
        clicks: z.number(),
        impressions: z.number(),
        click_rate: z.number(),
        position: z.number(),
      }),
    ),
    async run({ site_url, from, to, dimensions, filters, ...asked }, api) {
      if (from > to) api.refuse('to', 'The last day is before the first.');
      const row = z.object({
        keys: z.array(z.string()).nullish(),
        clicks: z.number().nullish(),
        impressions: z.number().nullish(),
        ctr: z.number().nullish(),
        position: z.number().nullish(),
      });
      const upper = filters?.map(({ dimension, match, value }) => ({
        dimension: dimension.toUpperCase(),
        operator: match.toUpperCase(),
        expression: value,
      }));
      const page = await api.list(
        path`/webmasters/v3/sites/${site_url}/searchAnalytics/query`,
        row,
        rows,
        asked,
        {
          base,
          method: 'POST',
          body: {
            startDate: from,
            endDate: to,
            dimensions: dimensions.map((one) => one.toUpperCase()),
            dimensionFilterGroups: upper?.length ? [{ groupType: 'AND', filters: upper }] : undefined,
            dataState: 'FINAL',
          },
        },
      );
      return {
        ...page,
        items: page.items.map((one) => ({
          keys: one.keys ?? [],
          clicks: one.clicks ?? 0,
          impressions: one.impressions ?? 0,
          click_rate: one.ctr ?? 0,
          position: one.position ?? 0,
        })),
      };
    },
  }),

  defineTool({
    name: 'gsc_inspect_url',
    title: 'Inspect page',
    description: 'Whether Google knows and shows a page, when it last came by, and which address it prefers.',
    risk: 'read',
    input: { site_url: siteUrl, page_url: z.url({ protocol: /^https?$/ }).max(2_000) },
    example: {
      site_url: 'sc-domain:lovelace-care.example',
      page_url: 'https://lovelace-care.example/prices/',
    },
    output: z.object({
      verdict: z.string().nullable(),
      coverage: z.string().nullable(),
      robots: z.string().nullable(),
      fetched: z.string().nullable(),
      last_crawled_at: z.string().nullable(),
      own_canonical: z.string().nullable(),
      google_canonical: z.string().nullable(),
      sitemaps: z.array(z.string()),
    }),
    async run({ site_url, page_url }, api) {
      const text = z.string().nullish();
      const status = z.object({
        verdict: text,
        coverageState: text,
        robotsTxtState: text,
        pageFetchState: text,
        lastCrawlTime: text,
        userCanonical: text,
        googleCanonical: text,
        sitemap: z.array(z.string()).nullish(),
      });
      const answer = z.object({ inspectionResult: z.object({ indexStatusResult: status.nullish() }) });
      const { inspectionResult } = await api.post('/v1/urlInspection/index:inspect', answer, {
        base,
        repeatable: true,
        body: { inspectionUrl: page_url, siteUrl: site_url },
      });
      const found = inspectionResult.indexStatusResult;
      return {
        verdict: small(found?.verdict),
        coverage: found?.coverageState ?? null,
        robots: small(found?.robotsTxtState),
        fetched: small(found?.pageFetchState),
        last_crawled_at: found?.lastCrawlTime ?? null,
        own_canonical: found?.userCanonical ?? null,
        google_canonical: found?.googleCanonical ?? null,
        sitemaps: found?.sitemap ?? [],
      };
    },
  }),

  defineTool({
    name: 'gsc_list_sitemaps',
    title: 'List sitemaps',
    description: 'Sitemaps of a site with their errors and warnings and when Google last read them.',
    risk: 'read',
    input: { site_url: siteUrl },
    example: { site_url: 'https://lovelace-care.example/' },
    output: z.object({
      items: z.array(
        z.object({
          url: z.string(),
          pending: z.boolean(),
          errors: z.int(),
          warnings: z.int(),
          last_read_at: z.string().nullable(),
        }),
      ),
    }),
    async run({ site_url }, api) {
      const entry = z.object({
        path: z.string(),
        isPending: z.boolean().nullish(),
        errors: count,
        warnings: count,
        lastDownloaded: z.string().nullish(),
      });
      const { sitemap } = await api.get(
        path`/webmasters/v3/sites/${site_url}/sitemaps`,
        z.object({ sitemap: z.array(entry).nullish() }),
        { base },
      );
      return {
        items: (sitemap ?? []).map((one) => ({
          url: one.path,
          pending: one.isPending ?? false,
          errors: one.errors ?? 0,
          warnings: one.warnings ?? 0,
          last_read_at: one.lastDownloaded ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'gsc_submit_sitemap',
    title: 'Submit sitemap',
    description:
      'Tells Google where the sitemap of a site is. Doing it again only asks Google to read it again.',
    risk: 'write',
    idempotent: true,
    input: { site_url: siteUrl, sitemap_url: z.url({ protocol: /^https?$/ }).max(2_000) },
    example: {
      site_url: 'https://lovelace-care.example/',
      sitemap_url: 'https://lovelace-care.example/wp-sitemap.xml',
    },
    output: z.object({ submitted: z.literal(true) }),
    async run({ site_url, sitemap_url }, api) {
      await api.put(path`/webmasters/v3/sites/${site_url}/sitemaps/${sitemap_url}`, z.unknown(), { base });
      return { submitted: true as const };
    },
  }),
];
