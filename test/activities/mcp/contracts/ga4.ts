import { defineContract, json, type Memory, ok, operation, type Recorded } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import { among, between, flag, list, matching, object, objectWithAny, text } from '../upstream/shapes.ts';
import { searchConsole } from './ga4-search-console.ts';
import { digits, tagManager } from './ga4-tag-manager.ts';
import { googleCredentials, googleErrors, googleHeaders, googleOAuth } from './google-basics.ts';

const named = list(object({ name: matching(/^[A-Za-z]\w*(:[\w ]+)?$/) }), 1, 10);
const day = matching(/^(\d{4}-\d{2}-\d{2}|\d+daysAgo|yesterday|today)$/);
const matchType = among('EXACT', 'BEGINS_WITH', 'ENDS_WITH', 'CONTAINS', 'FULL_REGEXP', 'PARTIAL_REGEXP');
const oneFilter = object({
  filter: object({
    fieldName: text,
    stringFilter: object({ 'matchType?': matchType, value: text, 'caseSensitive?': flag }),
  }),
});
const filter = objectWithAny(['andGroup', 'orGroup', 'filter'], {
  'andGroup?': object({ expressions: list(oneFilter, 1) }),
  'orGroup?': object({ expressions: list(oneFilter, 1) }),
  'filter?': oneFilter,
});
/** The documentation wants a metric or a dimension; the description of the API requires neither. */
const report = {
  'dimensions?': list(object({ name: matching(/^[A-Za-z]\w*(:[\w ]+)?$/) }), 0, 9),
  metrics: named,
  'dimensionFilter?': filter,
  'metricFilter?': filter,
  'limit?': matching(/^([1-9]\d{0,4}|1\d{5}|2[0-4]\d{4}|250000)$/),
  'returnPropertyQuota?': flag,
  'orderBys?': list(
    object({
      'metric?': object({ metricName: text }),
      'dimension?': object({ dimensionName: text }),
      'desc?': flag,
    }),
  ),
};

interface Asked {
  metrics: { name: string }[];
  dimensions?: { name: string }[];
}
const quota = (consumed: number, remaining: number) => ({ consumed, remaining });

/** Two rows with as many columns as were asked for; revenue is money, the rest are counts. */
function answerTo({ body }: Recorded) {
  const { metrics, dimensions = [] } = body as Asked;
  const isMoney = (name: string) => /revenue/i.test(name);
  const row = (n: number) => ({
    dimensionValues: dimensions.map(({ name }) => ({ value: `${name} ${n}` })),
    metricValues: metrics.map(({ name }) => ({ value: isMoney(name) ? `${n}234.5` : `${n}0` })),
  });
  return {
    dimensionHeaders: dimensions,
    metricHeaders: metrics.map(({ name }) => ({
      name,
      type: isMoney(name) ? 'TYPE_CURRENCY' : 'TYPE_INTEGER',
    })),
    rows: [row(1), row(2)],
    rowCount: 2,
    propertyQuota: {
      tokensPerDay: quota(5, 199_995),
      tokensPerHour: quota(5, 39_995),
      concurrentRequests: quota(0, 10),
    },
  };
}

const adminPaging = { 'pageSize?': between(1, 200), 'pageToken?': text };
const adminPages = (items: string) =>
  byToken({
    param: 'pageToken',
    size: 'pageSize',
    standard: 50,
    answer: (page, nextPageToken) => ({ [items]: page, ...(nextPageToken && { nextPageToken }) }),
  });
const keyEvent = (id: number, eventName: unknown, countingMethod: unknown) => ({
  name: `properties/318204417/keyEvents/${id}`,
  eventName,
  countingMethod,
  createTime: '2026-03-01T09:00:00Z',
  deletable: true,
  custom: true,
});
const madeKeyEvents = (memory: Memory) => memory.effects('createKeyEvent').map(({ answer }) => answer.body);

/** Google Analytics (Data and Admin API), Tag Manager and Search Console: one sign-in, four hosts. */
export const contract = defineContract({
  name: 'ga4',
  baseUrl: 'https://analyticsdata.googleapis.com/v1beta',
  credentials: googleCredentials,
  headers: googleHeaders,
  oauth: googleOAuth,
  errors: googleErrors,
  vendor: {
    kind: 'discovery',
    files: [
      'ga4/analyticsdata.v1beta.json',
      'ga4/analyticsadmin.v1beta.json',
      'gtm/tagmanager.v2.json',
      'search-console/searchconsole.v1.json',
    ],
  },
  operations: [
    operation({
      id: 'runReport',
      route: 'POST /v1beta/properties/{property}:runReport',
      reads: true,
      path: { property: digits },
      body: json(
        object({
          ...report,
          dateRanges: list(object({ startDate: day, endDate: day, 'name?': text }), 1, 4),
          'offset?': digits,
          'keepEmptyRows?': flag,
          'currencyCode?': matching(/^[A-Z]{3}$/),
        }),
      ),
      answer: (request) =>
        ok({
          ...answerTo(request),
          metadata: { currencyCode: 'EUR', timeZone: 'Europe/Berlin', subjectToThresholding: false },
          kind: 'analyticsData#runReport',
        }),
    }),
    operation({
      id: 'runRealtimeReport',
      route: 'POST /v1beta/properties/{property}:runRealtimeReport',
      reads: true,
      path: { property: digits },
      body: json(
        object({
          ...report,
          'minuteRanges?': list(
            object({ 'startMinutesAgo?': between(0, 59), 'endMinutesAgo?': between(0, 59) }),
          ),
        }),
      ),
      answer: (request) => ok({ ...answerTo(request), kind: 'analyticsData#runRealtimeReport' }),
    }),
    operation({
      id: 'getMetadata',
      route: 'GET /v1beta/properties/{property}/metadata',
      path: { property: digits },
      answer: ok({
        name: 'properties/318204417/metadata',
        dimensions: [{ apiName: 'country', uiName: 'Country', category: 'Geography' }],
        metrics: [{ apiName: 'sessions', uiName: 'Sessions', category: 'Session', type: 'TYPE_INTEGER' }],
      }),
    }),
    operation({
      id: 'listAccountSummaries',
      route: 'GET /v1beta/accountSummaries',
      query: adminPaging,
      answer: adminPages('accountSummaries')((n) => ({
        name: `accountSummaries/${100 + n}`,
        account: `accounts/${100 + n}`,
        displayName: `Account ${n}`,
        propertySummaries: [
          {
            property: `properties/${318_204_417 + n}`,
            displayName: 'Website',
            propertyType: 'PROPERTY_TYPE_ORDINARY',
            parent: `accounts/${100 + n}`,
          },
        ],
      })),
    }),
    operation({
      id: 'listDataStreams',
      route: 'GET /v1beta/properties/{property}/dataStreams',
      path: { property: digits },
      query: adminPaging,
      answer: adminPages('dataStreams')((n) => ({
        name: `properties/318204417/dataStreams/${n + 1}`,
        type: 'WEB_DATA_STREAM',
        displayName: `Site ${n}`,
        createTime: '2026-01-10T10:00:00Z',
        webStreamData: { measurementId: `G-ABC${1000 + n}`, defaultUri: 'https://lovelace-care.example' },
      })),
    }),
    operation({
      id: 'listKeyEvents',
      route: 'GET /v1beta/properties/{property}/keyEvents',
      path: { property: digits },
      query: adminPaging,
      answer: (_, memory) =>
        ok({ keyEvents: [keyEvent(1, 'purchase', 'ONCE_PER_EVENT'), ...madeKeyEvents(memory)] }),
    }),
    operation({
      id: 'createKeyEvent',
      route: 'POST /v1beta/properties/{property}/keyEvents',
      path: { property: digits },
      body: json(
        object({
          eventName: matching(/^[A-Za-z]\w{0,39}$/),
          countingMethod: among('ONCE_PER_EVENT', 'ONCE_PER_SESSION'),
          'defaultValue?': object({ numericValue: { type: 'number' }, currencyCode: matching(/^[A-Z]{3}$/) }),
        }),
      ),
      answer({ body }, memory) {
        const { eventName, countingMethod } = body as Record<string, unknown>;
        return ok(keyEvent(10 + memory.number(), eventName, countingMethod));
      },
    }),
    ...tagManager,
    ...searchConsole,
  ],
});
