import { defineContract, json, ok, operation, reply } from '../upstream/contract.ts';
import { byOffset, byToken } from '../upstream/pages.ts';
import {
  among,
  between,
  commaSeparated,
  constant,
  flag,
  list,
  majorMoney,
  matching,
  object,
  objectWithAny,
  upTo,
  url,
} from '../upstream/shapes.ts';

const id = matching(/^\d+$/);
const tokens = { 'pageSize?': between(1, 1_000), 'pageToken?': matching(/^\S+$/) };
const offsets = { 'start?': between(0, 1_000_000), 'count?': between(1, 1_000) };

const byPageToken = byToken({
  param: 'pageToken',
  size: 'pageSize',
  standard: 100,
  answer: (elements, nextPageToken) => ({ elements, metadata: nextPageToken ? { nextPageToken } : {} }),
});
const byStart = byOffset({
  param: 'start',
  size: 'count',
  standard: 10,
  answer: (elements, total) => ({ elements, paging: { start: 0, count: 10, total, links: [] } }),
});

const day = '\\(year:\\d{4},month:([1-9]|1[0-2]),day:([1-9]|[12]\\d|3[01])\\)';
const failure = (status: number, code: string, message: string, more: object = {}) =>
  reply(status, { status, code, serviceErrorCode: 100, message, ...more }, { 'x-li-uuid': 'AAYcontract' });

const signs = (text: string) => new RegExp(`^(${text})$`);

/** LinkedIn's Marketing API: Rest.li 2.0, a version by month, ids of what was made in a header. */
export const contract = defineContract({
  name: 'linkedin',
  baseUrl: 'https://api.linkedin.com/rest',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: '78contract',
    clientSecret: 'linkedin-secret-contract',
  },
  headers: {
    authorization: matching(/^Bearer \S+$/),
    'linkedin-version': matching(/^20\d\d(0[1-9]|1[0-2])$/),
    'x-restli-protocol-version': constant('2.0.0'),
  },
  oauth: {
    route: 'POST /oauth/v2/accessToken',
    clientAuth: 'body',
    grants: {
      authorization_code: {
        code: matching(/./),
        redirect_uri: matching(/./),
        'code_verifier?': matching(/./),
      },
      refresh_token: { refresh_token: matching(/./) },
    },
    rotates: false,
    lifeS: 5_184_000,
    answer: { refresh_token_expires_in: 31_536_000 },
  },
  errors: {
    unauthorised: () => failure(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired'),
    rateLimited: () =>
      failure(
        429,
        'TOO_MANY_REQUESTS',
        'Resource level throttle limit for calls to this resource is reached.',
      ),
    invalid: (fieldPath, description) =>
      failure(400, 'ILLEGAL_ARGUMENT', 'Invalid argument', {
        errorDetailType: 'com.linkedin.common.error.BadRequest',
        errorDetails: {
          inputErrors: [{ code: 'INVALID', description, input: { inputPath: { fieldPath } } }],
        },
      }),
    unavailable: (status) => failure(status, 'SERVICE_UNAVAILABLE', 'Service is unavailable'),
  },
  operations: [
    operation({
      id: 'listAcls',
      route: 'GET /rest/organizationAcls?q=roleAssignee',
      query: { 'state?': among('APPROVED', 'REQUESTED'), 'role?': matching(/^[A-Z_]+$/), ...offsets },
      answer: byStart((n) => ({
        organization: `urn:li:organization:${90_000 + n}`,
        role: 'ADMINISTRATOR',
        roleAssignee: 'urn:li:person:x1',
        state: 'APPROVED',
      })),
    }),
    operation({
      id: 'createPost',
      route: 'POST /rest/posts',
      body: json(
        object({
          author: matching(/^urn:li:organization:\d+$/),
          commentary: upTo(6_000),
          visibility: among('PUBLIC', 'LOGGED_IN'),
          distribution: object({
            feedDistribution: among('MAIN_FEED', 'NONE'),
            targetEntities: list({}, 0, 0),
            thirdPartyDistributionChannels: list({}, 0, 0),
          }),
          'content?': object({
            article: object({
              source: url,
              title: upTo(400),
              'description?': upTo(4_086),
              'thumbnail?': matching(/^urn:/),
            }),
          }),
          lifecycleState: among('PUBLISHED', 'DRAFT'),
          'isReshareDisabledByAuthor?': flag,
        }),
      ),
      answer: (_request, memory) =>
        reply(201, undefined, { 'x-restli-id': `urn:li:share:70${memory.number()}` }),
    }),
    operation({
      id: 'shareStatistics',
      route: 'GET /rest/organizationalEntityShareStatistics?q=organizationalEntity',
      query: { organizationalEntity: matching(/^urn:li:organization:\d+$/) },
      answer: ok({
        elements: [
          {
            organizationalEntity: 'urn:li:organization:90418833',
            totalShareStatistics: {
              impressionCount: 4100,
              uniqueImpressionsCount: 2900,
              clickCount: 120,
              likeCount: 44,
              commentCount: 6,
              shareCount: 3,
              engagement: 0.04,
            },
          },
        ],
        paging: { start: 0, count: 10, links: [] },
      }),
    }),
    operation({
      id: 'listAccounts',
      route: 'GET /rest/adAccounts?q=search',
      query: { 'search?': matching(/^\(.+\)$/), ...tokens },
      answer: byPageToken((n) => ({
        id: 508_113_000 + n,
        name: 'Lovelace Care',
        currency: 'EUR',
        status: 'ACTIVE',
        type: 'BUSINESS',
      })),
    }),
    operation({
      id: 'getAccount',
      route: 'GET /rest/adAccounts/{account}',
      path: { account: id },
      answer: ok({ id: 508_113_942, name: 'Lovelace Care', currency: 'EUR', status: 'ACTIVE' }),
    }),
    operation({
      id: 'listCampaigns',
      route: 'GET /rest/adAccounts/{account}/adCampaigns?q=search',
      path: { account: id },
      query: {
        'search?': matching(signs(String.raw`\(status:\(values:List\([A-Z]+(,[A-Z]+)*\)\)\)`)),
        'sortOrder?': among('ASCENDING', 'DESCENDING'),
        ...tokens,
      },
      answer: byPageToken((n) => ({
        id: 361_188_000 + n,
        name: 'Website care',
        status: 'ACTIVE',
        account: 'urn:li:sponsoredAccount:508113942',
        dailyBudget: { amount: '40.00', currencyCode: 'EUR' },
      })),
    }),
    operation({
      id: 'updateCampaign',
      route: 'POST /rest/adAccounts/{account}/adCampaigns/{campaign}',
      path: { account: id, campaign: id },
      headers: { 'x-restli-method': constant('PARTIAL_UPDATE') },
      body: json(
        object({
          patch: object({
            $set: objectWithAny(['status', 'dailyBudget'], {
              'status?': among('ACTIVE', 'PAUSED', 'ARCHIVED'),
              'dailyBudget?': majorMoney('amount', 'currencyCode', 'text'),
            }),
          }),
        }),
      ),
      sameWhen: (request) => request.path + request.raw.toString(),
      answer: reply(204),
    }),
    operation({
      id: 'adAnalytics',
      route: 'GET /rest/adAnalytics?q=analytics',
      query: {
        pivot: among('ACCOUNT', 'CAMPAIGN', 'CAMPAIGN_GROUP', 'CREATIVE'),
        timeGranularity: among('ALL', 'DAILY', 'MONTHLY'),
        dateRange: matching(signs(`\\(start:${day}(,end:${day})?\\)`)),
        accounts: matching(signs(String.raw`List\(urn:li:sponsoredAccount:\d+\)`)),
        'fields?': commaSeparated(
          among(
            'pivotValues',
            'costInLocalCurrency',
            'costInUsd',
            'impressions',
            'clicks',
            'externalWebsiteConversions',
            'oneClickLeads',
            'dateRange',
          ),
        ),
      },
      answer: ok({
        elements: [
          {
            pivotValues: ['urn:li:sponsoredCampaign:361188420'],
            costInLocalCurrency: '212.4400000000',
            impressions: 9120,
            clicks: 88,
            externalWebsiteConversions: 3,
            oneClickLeads: 5,
          },
        ],
        paging: { start: 0, count: 10, links: [] },
      }),
    }),
    operation({
      id: 'listLeads',
      route: 'GET /rest/leadFormResponses?q=owner',
      query: {
        owner: matching(signs(String.raw`\((sponsoredAccount|organization):urn:li:\w+:\d+\)`)),
        leadType: matching(signs(String.raw`\(leadType:(SPONSORED|COMPANY|EVENT)\)`)),
        'limitedToTestLeads?': flag,
        ...offsets,
      },
      answer: byStart((n) => ({
        id: `lead-${n}`,
        submittedAt: 1_793_611_800_000 + n,
        leadType: 'SPONSORED',
        versionedLeadGenFormUrn: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)',
        formResponse: {
          answers: [{ questionId: 1, answerDetails: { textQuestionAnswer: { answer: 'ada@example.com' } } }],
        },
      })),
    }),
  ],
});
