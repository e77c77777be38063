import {
  defineContract,
  json,
  type Memory,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import {
  among,
  between,
  constant,
  either,
  flag,
  list,
  majorMoney,
  matching,
  object,
  type Shape,
  text,
  upTo,
  url,
} from '../upstream/shapes.ts';
import { googleCredentials, googleErrors, googleHeaders, googleOAuth } from './google-basics.ts';

const customer = { customer: matching(/^\d{10}$/) };
const name = (kind: string): Shape => matching(new RegExp(`^customers/\\d{10}/${kind}/-?\\d+$`));
const micros = matching(/^[1-9]\d*$/);
const field = '[a-z_]+\\.[a-z_.]+';
const gaql: Shape = {
  type: 'string',
  pattern: `^SELECT ${field}(, ${field})* FROM [a-z_]+( WHERE [^;]+?)?( ORDER BY ${field}( ASC| DESC)?)?( LIMIT \\d+)?$`,
};
const keyword = object({ text: upTo(80), matchType: among('EXACT', 'PHRASE', 'BROAD') });
const asset = (longest: number) => object({ text: upTo(longest), 'pinnedField?': text });

const criterion = object({
  adGroup: name('adGroups'),
  'status?': among('ENABLED', 'PAUSED'),
  'negative?': flag,
  keyword,
});
const budget = object({
  resourceName: name('campaignBudgets'),
  'name?': text,
  amountMicros: micros,
  'deliveryMethod?': constant('STANDARD'),
  'explicitlyShared?': flag,
});
const campaign = object({
  resourceName: name('campaigns'),
  name: upTo(256),
  status: among('PAUSED', 'ENABLED'),
  advertisingChannelType: constant('SEARCH'),
  campaignBudget: name('campaignBudgets'),
  'networkSettings?': object({
    targetGoogleSearch: flag,
    targetSearchNetwork: flag,
    targetContentNetwork: flag,
  }),
  containsEuPoliticalAdvertising: among(
    'CONTAINS_EU_POLITICAL_ADVERTISING',
    'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
  ),
  'urlCustomParameters?': list(object({ key: matching(/^[A-Za-z0-9]{1,16}$/), value: upTo(200) }), 1, 8),
  'targetSpend?': object({ 'cpcBidCeilingMicros?': micros }),
  'maximizeConversions?': object({ 'targetCpaMicros?': micros }),
});
const adGroup = object({
  resourceName: name('adGroups'),
  name: upTo(255),
  campaign: name('campaigns'),
  'status?': among('ENABLED', 'PAUSED'),
  'type?': constant('SEARCH_STANDARD'),
});
const ad = object({
  adGroup: name('adGroups'),
  'status?': among('ENABLED', 'PAUSED'),
  ad: object({
    finalUrls: list(url, 1),
    responsiveSearchAd: object({ headlines: list(asset(30), 3, 15), descriptions: list(asset(90), 2, 4) }),
  }),
});
const place = object({
  campaign: name('campaigns'),
  location: object({ geoTargetConstant: matching(/^geoTargetConstants\/\d+$/) }),
});
const made = (kind: string, create: Shape) => object({ [`${kind}Operation`]: object({ create }) });

const names = (request: Recorded, kind: string, id: number) =>
  `customers/${String(request.params['customer'])}/${kind}/${id}`;
const body = <Body>(request: Recorded) => request.body as Body;

interface Drawn {
  mutateOperations: {
    campaignOperation?: { create: { urlCustomParameters?: { key: string; value: string }[] } };
  }[];
}
interface Added {
  operations: { create: { keyword: unknown; negative?: boolean } }[];
}

/** Rows by what is asked; what was made before is found again. */
function rows(request: Recorded, memory: Memory): unknown[] {
  const { query } = body<{ query: string }>(request);
  const account = { customer: { resourceName: 'customers/7420158839', currencyCode: 'EUR' } };
  if (/ FROM customer( |$)/.test(query)) return [account];
  if (/ FROM ad_group_criterion /.test(query)) {
    return memory
      .effects('addKeywords')
      .flatMap((effect) => body<Added>(effect.request).operations)
      .map(({ create }) => ({
        adGroupCriterion: { resourceName: 'customers/1/adGroupCriteria/1~1', ...create },
      }));
  }
  if (/ FROM ad_group( |$)/.test(query)) return [{ adGroup: { id: '1', name: 'Care' } }];
  if (query.includes('campaign.url_custom_parameters')) {
    return memory.effects('mutateAll').map((effect) => {
      const parts = body<Drawn>(effect.request).mutateOperations;
      const created = parts.find(({ campaignOperation }) => campaignOperation)?.campaignOperation?.create;
      return {
        campaign: {
          resourceName: names(effect.request, 'campaigns', 5512),
          urlCustomParameters: created?.urlCustomParameters,
        },
      };
    });
  }
  return [
    {
      ...account,
      campaign: {
        resourceName: 'customers/7420158839/campaigns/21904417733',
        id: '21904417733',
        name: 'Website care',
        status: 'ENABLED',
        advertisingChannelType: 'SEARCH',
      },
      campaignBudget: {
        resourceName: 'customers/7420158839/campaignBudgets/118',
        amountMicros: '15000000',
        explicitlyShared: false,
      },
      metrics: { costMicros: '48123456', impressions: '9120', clicks: '212', conversions: 7.5 },
    },
  ];
}

const again = (request: Recorded) => request.path + request.raw.toString();
const mutation = (operations: Shape, most = 10_000) =>
  json(
    object({
      operations: list(operations, 1, most),
      'partialFailure?': flag,
      'validateOnly?': flag,
    }),
  );
const results = (request: Recorded, kind: string) => {
  const { operations } = body<{ operations: unknown[] }>(request);
  return ok({ results: operations.map((_, n) => ({ resourceName: names(request, kind, n + 1) })) });
};

/** Google Ads over REST: int64 values are texts, amounts are micros without a currency. */
export const contract = defineContract({
  name: 'google-ads',
  baseUrl: 'https://googleads.googleapis.com/v25',
  credentials: { ...googleCredentials, managerId: '1102003040' },
  headers: { ...googleHeaders, 'login-customer-id?': matching(/^\d{10}$/) },
  oauth: googleOAuth,
  errors: {
    ...googleErrors,
    invalid: (path, message) =>
      reply(
        400,
        {
          error: {
            code: 400,
            message: 'Request contains an invalid argument.',
            status: 'INVALID_ARGUMENT',
            details: [
              {
                '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure',
                errors: [
                  {
                    errorCode: { fieldError: 'INVALID_VALUE' },
                    message,
                    location: { fieldPathElements: [{ fieldName: path }] },
                  },
                ],
                requestId: 'k3Qz8',
              },
            ],
          },
        },
        { 'request-id': 'k3Qz8' },
      ),
  },
  vendor: { kind: 'discovery', files: ['google-ads/googleads.v25.json'] },
  operations: [
    operation({
      id: 'listCustomers',
      route: 'GET /v25/customers:listAccessibleCustomers',
      answer: ok({ resourceNames: ['customers/7420158839', 'customers/9900112233'] }),
    }),
    operation({
      id: 'search',
      route: 'POST /v25/customers/{customer}/googleAds:search',
      path: customer,
      reads: true,
      body: json(object({ query: gaql, 'pageToken?': text, 'validateOnly?': flag })),
      answer: (request, memory) => ok({ results: rows(request, memory), fieldMask: 'campaign.id' }),
    }),
    operation({
      id: 'mutateAll',
      route: 'POST /v25/customers/{customer}/googleAds:mutate',
      path: customer,
      body: json(
        object({
          mutateOperations: list(
            either(
              made('campaignBudget', budget),
              made('campaign', campaign),
              made('campaignCriterion', place),
              made('adGroup', adGroup),
              made('adGroupAd', ad),
              made('adGroupCriterion', criterion),
            ),
            1,
            10_000,
          ),
          'partialFailure?': flag,
          'validateOnly?': flag,
        }),
      ),
      answer: (request) =>
        ok({
          mutateOperationResponses: body<Drawn>(request).mutateOperations.map((one) => {
            const [kind = ''] = Object.keys(one);
            const result = kind.replace(/Operation$/, 'Result');
            return { [result]: { resourceName: names(request, 'campaigns', 5512) } };
          }),
        }),
    }),
    operation({
      id: 'mutateCampaigns',
      route: 'POST /v25/customers/{customer}/campaigns:mutate',
      path: customer,
      body: mutation(
        object({
          update: object({ resourceName: name('campaigns'), status: among('ENABLED', 'PAUSED') }),
          updateMask: constant('status'),
        }),
      ),
      sameWhen: again,
      answer: (request) => results(request, 'campaigns'),
    }),
    operation({
      id: 'mutateBudgets',
      route: 'POST /v25/customers/{customer}/campaignBudgets:mutate',
      path: customer,
      body: mutation(
        object({
          update: object({ resourceName: name('campaignBudgets'), amountMicros: micros }),
          updateMask: among('amountMicros', 'amount_micros'),
        }),
      ),
      sameWhen: again,
      answer: (request) => results(request, 'campaignBudgets'),
    }),
    operation({
      id: 'addKeywords',
      route: 'POST /v25/customers/{customer}/adGroupCriteria:mutate',
      path: customer,
      body: mutation(object({ create: criterion })),
      answer: (request) => results(request, 'adGroupCriteria'),
    }),
    operation({
      id: 'uploadConversions',
      route: 'POST /v25/customers/{customer}:uploadClickConversions',
      path: customer,
      body: json(
        object({
          conversions: list(
            majorMoney('conversionValue', 'currencyCode', 'number', {
              gclid: text,
              conversionAction: name('conversionActions'),
              conversionDateTime: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
              'orderId?': upTo(100),
            }),
            1,
            2_000,
          ),
          partialFailure: constant(true),
          'validateOnly?': flag,
        }),
      ),
      // The same order counts once.
      sameWhen: again,
      answer: (request) =>
        ok({ results: body<{ conversions: unknown[] }>(request).conversions, jobId: '120099' }),
    }),
    operation({
      id: 'keywordIdeas',
      route: 'POST /v25/customers/{customer}:generateKeywordIdeas',
      path: customer,
      reads: true,
      body: json(
        object({
          keywordSeed: object({ keywords: list(text, 1, 20) }),
          language: matching(/^languageConstants\/\d+$/),
          geoTargetConstants: list(matching(/^geoTargetConstants\/\d+$/), 1, 10),
          'keywordPlanNetwork?': among('GOOGLE_SEARCH', 'GOOGLE_SEARCH_AND_PARTNERS'),
          'pageSize?': between(1, 10_000),
          'pageToken?': text,
          'includeAdultKeywords?': flag,
        }),
      ),
      answer: ok({
        results: [
          {
            text: 'website maintenance',
            keywordIdeaMetrics: {
              avgMonthlySearches: '1900',
              competition: 'MEDIUM',
              lowTopOfPageBidMicros: '1234567',
              highTopOfPageBidMicros: '5210000',
            },
          },
        ],
        totalSize: '1',
      }),
    }),
  ],
});
