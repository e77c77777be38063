import { json, ok, operation, type Operation, reply } from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  between,
  constant,
  date,
  list,
  matching,
  object,
  text,
  upTo,
  url,
} from '../upstream/shapes.ts';

const site = matching(/^(sc-domain:[a-z0-9.-]+|https?:\/\/[^\s]+\/)$/);
const dimensions = ['QUERY', 'PAGE', 'COUNTRY', 'DEVICE', 'SEARCH_APPEARANCE'] as const;
const sitemap = {
  path: 'https://lovelace-care.example/wp-sitemap.xml',
  lastSubmitted: '2026-11-01T08:00:00.000Z',
  isPending: false,
  isSitemapsIndex: true,
  lastDownloaded: '2026-11-20T02:11:00.000Z',
  warnings: '1',
  errors: '0',
  contents: [{ type: 'web', submitted: '41', indexed: '0' }],
};
export const searchConsole: readonly Operation[] = [
  operation({
    id: 'listSites',
    route: 'GET /webmasters/v3/sites',
    answer: ok({
      siteEntry: [
        { siteUrl: 'sc-domain:lovelace-care.example', permissionLevel: 'SITE_OWNER' },
        { siteUrl: 'https://lovelace-care.example/', permissionLevel: 'SITE_FULL_USER' },
      ],
    }),
  }),
  operation({
    id: 'querySearchAnalytics',
    route: 'POST /webmasters/v3/sites/{site}/searchAnalytics/query',
    reads: true,
    path: { site },
    body: json(
      object({
        startDate: date,
        endDate: date,
        'dimensions?': list(among('DATE', 'HOUR', ...dimensions)),
        'type?': among('WEB', 'IMAGE', 'VIDEO', 'NEWS', 'DISCOVER', 'GOOGLE_NEWS'),
        'dimensionFilterGroups?': list(
          object({
            'groupType?': constant('AND'),
            filters: list(
              object({
                dimension: among(...dimensions),
                'operator?': among(
                  'EQUALS',
                  'NOT_EQUALS',
                  'CONTAINS',
                  'NOT_CONTAINS',
                  'INCLUDING_REGEX',
                  'EXCLUDING_REGEX',
                ),
                expression: upTo(4_096),
              }),
            ),
          }),
        ),
        'aggregationType?': among('AUTO', 'BY_PROPERTY', 'BY_PAGE', 'BY_NEWS_SHOWCASE_PANEL'),
        'rowLimit?': between(1, 25_000),
        'startRow?': { type: 'integer', minimum: 0 },
        'dataState?': among('FINAL', 'ALL', 'HOURLY_ALL'),
      }),
    ),
    answer: byOffset({
      param: 'startRow',
      size: 'rowLimit',
      standard: 1_000,
      inBody: true,
      answer: (rows) => ({ ...(rows.length > 0 && { rows }), responseAggregationType: 'BY_PROPERTY' }),
    })((n) => ({ keys: [`query ${n}`], clicks: 3 + n, impressions: 60 + n, ctr: 0.05, position: 7.4 })),
  }),
  operation({
    id: 'inspectUrl',
    route: 'POST /v1/urlInspection/index:inspect',
    reads: true,
    body: json(object({ inspectionUrl: url, siteUrl: site, 'languageCode?': text })),
    answer: ({ body }) =>
      ok({
        inspectionResult: {
          inspectionResultLink: 'https://search.google.com/search-console/inspect?id=1',
          indexStatusResult: {
            verdict: 'PASS',
            coverageState: 'Submitted and indexed',
            robotsTxtState: 'ALLOWED',
            indexingState: 'INDEXING_ALLOWED',
            lastCrawlTime: '2026-11-18T04:12:00Z',
            pageFetchState: 'SUCCESSFUL',
            googleCanonical: (body as { inspectionUrl: string }).inspectionUrl,
            crawledAs: 'MOBILE',
            sitemap: [sitemap.path],
          },
        },
      }),
  }),
  operation({
    id: 'listSitemaps',
    route: 'GET /webmasters/v3/sites/{site}/sitemaps',
    path: { site },
    query: { 'sitemapIndex?': url },
    answer: ok({ sitemap: [sitemap] }),
  }),
  operation({
    id: 'submitSitemap',
    route: 'PUT /webmasters/v3/sites/{site}/sitemaps/{feed}',
    path: { site, feed: url },
    sameWhen: ({ params }) => `${String(params['site'])} ${String(params['feed'])}`,
    answer: reply(204),
  }),
];
