import { defineContract, json, type Memory, ok, operation, type Recorded } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  among,
  between,
  commaSeparated,
  constant,
  date,
  either,
  jsonText,
  list,
  matching,
  minor,
  object,
  objectWithAny,
  text,
  upTo,
  url,
} from '../upstream/shapes.ts';
import { graphCredentials, graphErrors, graphHeaders, graphPage, graphQuery } from './graph-basics.ts';

const id = matching(/^\d+$/);
const fields = (...names: string[]) => ({ 'fields?': commaSeparated(among(...names)) });
const paging = { 'limit?': between(1, 1_000), 'after?': text, 'before?': text };
const pages = byToken({ param: 'after', size: 'limit', standard: 25, answer: graphPage });
const adlabels = list(object({ name: upTo(400) }), 1);
const status = among('ACTIVE', 'PAUSED');

const body = (request: Recorded) => request.body as Record<string, unknown>;

/** What was made at an edge, with the labels it was given; page after page as the others. */
const madeBy = (request: Recorded, memory: Memory, operationId: string) =>
  ok(
    graphPage(
      memory
        .effects(operationId)
        .map((effect, n) => ({ id: `${7_000 + n}`, adlabels: body(effect.request)['adlabels'] })),
      undefined,
    ),
  );

const asksForLabels = (request: Recorded) => String(request.query['fields']).includes('adlabels');

const insightFields = [
  ...['account', 'campaign', 'adset', 'ad'].flatMap((level) => [`${level}_id`, `${level}_name`]),
  ...['account_currency', 'spend', 'reach', 'impressions', 'clicks', 'actions', 'date_start', 'date_stop'],
];

/** Meta's Marketing API, Graph v25.0: budgets in units of the account's currency, numbers of reports as text. */
export const contract = defineContract({
  name: 'meta-ads',
  baseUrl: 'https://graph.facebook.com/v25.0',
  credentials: graphCredentials,
  headers: graphHeaders,
  query: graphQuery,
  errors: graphErrors,
  vendor: { kind: 'meta', files: ['meta-ads/specs'] },
  operations: [
    operation({
      id: 'listAccounts',
      route: 'GET /v25.0/me/adaccounts',
      query: {
        ...fields('id', 'account_id', 'name', 'currency', 'account_status', 'timezone_name'),
        ...paging,
      },
      answer: pages((n) => ({
        id: `act_${n}`,
        account_id: String(n),
        name: 'Lovelace Care',
        currency: 'EUR',
        account_status: 1,
      })),
    }),
    operation({
      id: 'getAccount',
      route: 'GET /v25.0/act_{account}',
      path: { account: id },
      query: fields('id', 'account_id', 'name', 'currency', 'account_status'),
      answer: (request) => ok({ id: `act_${String(request.params['account'])}`, currency: 'EUR' }),
    }),
    operation({
      id: 'insights',
      route: 'GET /v25.0/act_{account}/insights',
      path: { account: id },
      query: {
        'level?': among('account', 'campaign', 'adset', 'ad'),
        'time_range?': jsonText(object({ since: date, until: date })),
        ...fields(...insightFields),
        ...paging,
      },
      answer: pages((n) => ({
        account_id: '208841190355',
        account_currency: 'EUR',
        campaign_id: String(n),
        campaign_name: 'Website care',
        spend: '48.12',
        reach: '3110',
        impressions: '9120',
        clicks: '212',
        actions: [{ action_type: 'lead', value: '7' }],
        date_start: '2026-10-01',
        date_stop: '2026-10-31',
      })),
    }),
    operation({
      id: 'listCampaigns',
      route: 'GET /v25.0/act_{account}/campaigns',
      path: { account: id },
      query: {
        'effective_status?': jsonText(
          list(among('ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES')),
        ),
        ...fields(
          'id',
          'name',
          'status',
          'effective_status',
          'objective',
          'daily_budget',
          'lifetime_budget',
          'adlabels',
        ),
        ...paging,
      },
      answer: (request, memory) =>
        asksForLabels(request)
          ? madeBy(request, memory, 'createCampaign')
          : pages((n) => ({
              id: String(n),
              name: 'Website care',
              effective_status: 'ACTIVE',
              objective: 'OUTCOME_LEADS',
              daily_budget: '1500',
            }))(request, memory),
    }),
    operation({
      id: 'createCampaign',
      route: 'POST /v25.0/act_{account}/campaigns',
      path: { account: id },
      body: json(
        object({
          name: upTo(400),
          objective: among(
            'OUTCOME_APP_PROMOTION',
            'OUTCOME_AWARENESS',
            'OUTCOME_ENGAGEMENT',
            'OUTCOME_LEADS',
            'OUTCOME_SALES',
            'OUTCOME_TRAFFIC',
          ),
          status,
          special_ad_categories: list(
            among(
              'NONE',
              'CREDIT',
              'EMPLOYMENT',
              'FINANCIAL_PRODUCTS_SERVICES',
              'HOUSING',
              'ISSUES_ELECTIONS_POLITICS',
            ),
            1,
          ),
          'is_adset_budget_sharing_enabled?': among(true, false),
          'adlabels?': adlabels,
        }),
      ),
      answer: (_request, memory) => ok({ id: `${6_000 + memory.number()}` }),
    }),
    operation({
      id: 'listAdSets',
      route: 'GET /v25.0/{campaign}/adsets',
      path: { campaign: id },
      query: { ...fields('id', 'name', 'adlabels', 'status'), ...paging },
      describedAs: 'Campaign/adsets',
      answer: (request, memory) => madeBy(request, memory, 'createAdSet'),
    }),
    operation({
      id: 'createAdSet',
      route: 'POST /v25.0/act_{account}/adsets',
      path: { account: id },
      body: json(
        object({
          name: upTo(400),
          campaign_id: id,
          status,
          daily_budget: minor,
          billing_event: among('IMPRESSIONS', 'LINK_CLICKS'),
          optimization_goal: among(
            'LINK_CLICKS',
            'REACH',
            'IMPRESSIONS',
            'LEAD_GENERATION',
            'LANDING_PAGE_VIEWS',
          ),
          'bid_strategy?': constant('LOWEST_COST_WITHOUT_CAP'),
          'promoted_object?': object({ page_id: id }),
          targeting: object({
            geo_locations: object({ countries: list(matching(/^[A-Z]{2}$/), 1) }),
            'age_min?': between(13, 65),
            'age_max?': between(13, 65),
          }),
          'adlabels?': adlabels,
        }),
      ),
      answer: (_request, memory) => ok({ id: `${6_000 + memory.number()}` }),
    }),
    operation({
      id: 'listAds',
      route: 'GET /v25.0/{adset}/ads',
      path: { adset: id },
      query: { ...fields('id', 'name', 'adlabels', 'status'), ...paging },
      describedAs: 'AdSet/ads',
      answer: (request, memory) => madeBy(request, memory, 'createAd'),
    }),
    operation({
      id: 'createAd',
      route: 'POST /v25.0/act_{account}/ads',
      path: { account: id },
      body: json(
        object({
          name: upTo(400),
          adset_id: id,
          status,
          creative: either(
            object({ creative_id: id }),
            object({
              object_story_spec: object({
                page_id: id,
                link_data: object({
                  link: url,
                  message: text,
                  'name?': text,
                  'picture?': url,
                  'call_to_action?': object({ type: matching(/^[A-Z_]+$/), value: object({ link: url }) }),
                }),
              }),
            }),
          ),
          'adlabels?': adlabels,
        }),
      ),
      answer: (_request, memory) => ok({ id: `${6_000 + memory.number()}` }),
    }),
    operation({
      id: 'getObject',
      route: 'GET /v25.0/{object}',
      path: { object: id },
      query: fields('id', 'account_id', 'daily_budget', 'lifetime_budget', 'status'),
      describedAs: 'AdSet#get',
      answer: (request) =>
        ok({ id: request.params['object'], account_id: '208841190355', daily_budget: '1500' }),
    }),
    operation({
      id: 'updateObject',
      route: 'POST /v25.0/{object}',
      path: { object: id },
      body: json(objectWithAny(['status', 'daily_budget'], { 'status?': status, 'daily_budget?': minor })),
      describedAs: 'AdSet#update',
      sameWhen: (request) => request.path + request.raw.toString(),
      answer: ok({ success: true }),
    }),
    operation({
      id: 'listForms',
      route: 'GET /v25.0/{page}/leadgen_forms',
      path: { page: id },
      query: { ...fields('id', 'name', 'status', 'leads_count', 'created_time'), ...paging },
      describedAs: 'Page/leadgen_forms',
      answer: pages((n) => ({ id: String(n), name: 'Quote', status: 'ACTIVE', leads_count: 12 })),
    }),
    operation({
      id: 'listLeads',
      route: 'GET /v25.0/{form}/leads',
      path: { form: id },
      query: { ...fields('id', 'created_time', 'field_data', 'ad_id', 'campaign_id', 'form_id'), ...paging },
      describedAs: 'LeadgenForm/leads',
      answer: pages((n) => ({
        id: String(n),
        created_time: '2026-11-02T09:30:00+0000',
        field_data: [{ name: 'email', values: ['ada@example.com'] }],
        ad_id: '120210554410992',
        campaign_id: '120210554410990',
      })),
    }),
  ],
});
