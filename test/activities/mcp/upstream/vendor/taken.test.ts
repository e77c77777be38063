import assert from 'node:assert/strict';
import {
  ads,
  brave,
  clerk,
  github,
  google,
  invoiceLine,
  mailchimp,
  message,
  meta,
  posthog,
  quickbooks,
  razorpay,
  sending,
  slack,
  stripe,
  tenant,
  vault,
  wix,
  wordpress,
  xero,
  said,
  type Sent,
} from './asking.ts';
import { descriptionsAreAbsent, descriptionsAreHere } from './files.ts';

const good: Record<string, Sent> = {
  'Stripe: a nested form': {
    vendor: stripe,
    request: 'POST /v1/subscriptions',
    body: 'customer=cus_1&items[0][price]=price_1&items[0][quantity]=2&metadata[plan]=a&trial_end=now',
  },
  'Stripe: a range': {
    vendor: stripe,
    request: 'GET /v1/invoices?due_date[lt]=1790000000&limit=3&expand[]=data.customer',
  },
  'Stripe: no body': { vendor: stripe, request: 'POST /v1/invoices/in_1/finalize' },
  'Xero: an invoice': {
    vendor: xero,
    request: 'PUT /api.xro/2.0/Invoices',
    headers: { ...tenant, 'idempotency-key': 'k' },
    body: {
      Invoices: [
        {
          Type: 'ACCREC',
          Contact: { ContactID: tenant['xero-tenant-id'] },
          LineItems: [{ Description: 'a', Quantity: 1, UnitAmount: 10.5 }],
          DueDate: '2026-12-01',
        },
      ],
    },
  },
  'Xero: a list with commas': {
    vendor: xero,
    request: `GET /api.xro/2.0/Invoices?IDs=${tenant['xero-tenant-id']},${tenant['xero-tenant-id']}&page=1`,
    headers: tenant,
  },
  'WhatsApp: a text': { ...sending, body: { ...message, type: 'text', text: { body: 'hello' } } },
  'WhatsApp: an image': {
    ...sending,
    body: { ...message, type: 'image', image: { link: 'https://example.com/a.png' } },
  },
  'WhatsApp: a template': {
    ...sending,
    body: {
      ...message,
      type: 'template',
      template: { name: 'hello', language: { code: 'en_US', policy: 'deterministic' } },
    },
  },
  'Slack: JSON': {
    vendor: slack,
    request: 'POST /api/chat.postMessage',
    body: { channel: 'C1', text: 'a', thread_ts: '1.2' },
  },
  'Slack: blocks': {
    vendor: slack,
    request: 'POST /api/chat.postMessage',
    body: { channel: 'C1', text: 'a', blocks: [{ type: 'divider' }] },
  },
  'Slack: a form': {
    vendor: slack,
    request: 'POST /api/conversations.list',
    body: 'limit=200&exclude_archived=true&types=public_channel',
  },
  'Slack: JSON in a form': {
    vendor: slack,
    request: 'POST /api/files.completeUploadExternal',
    body: `files=${encodeURIComponent('[{"id":"F1","title":"a"}]')}`,
  },
  'PostHog: names only': {
    vendor: posthog,
    request: 'POST /api/projects/1/feature_flags/',
    body: { key: 'beta', active: true },
  },
  'GitHub: a path with slashes': {
    vendor: github,
    request: 'PUT /repos/o/r/contents/docs/a.md',
    body: { message: 'm', content: 'YQ==' },
  },
  'Mailchimp: an upsert': {
    vendor: mailchimp,
    request: 'PUT /3.0/lists/l/members/9e26471d35a78862c17e467d87cddedf',
    body: { email_address: 'ada@example.com', status_if_new: 'subscribed' },
  },
  'Wix: a contact': {
    vendor: wix,
    request: 'POST /contacts/v4/contacts',
    body: { info: { name: { first: 'Ada' } } },
  },
  'Razorpay: a refund': {
    vendor: razorpay,
    request: 'POST /v1/payments/pay_1/refund',
    body: { amount: 100 },
  },
  'QuickBooks: an invoice': {
    vendor: quickbooks,
    request: 'POST /v3/company/1/invoice?minorversion=75',
    body: { CustomerRef: { value: '1' }, Line: [invoiceLine] },
  },
  'Brave: a search': {
    vendor: brave,
    request: 'GET /res/v1/web/search?q=tea&count=20&country=DE',
    headers: { 'x-subscription-token': 't' },
  },
  'Clerk: a user': {
    vendor: clerk,
    request: 'POST /v1/users',
    body: { email_address: ['ada@example.com'], first_name: 'Ada' },
  },
  'Clerk: nothing where that is allowed': {
    vendor: clerk,
    request: 'POST /v1/users',
    body: { email_address: ['ada@example.com'], first_name: null },
  },
  'Vault: a path with slashes': {
    vendor: vault,
    request: 'POST /v1/secret/data/tenants/a/stripe',
    body: { data: { key: 'v' } },
  },
  'Google: a report': {
    vendor: google,
    request: 'POST /v1beta/properties/12:runReport',
    body: {
      dateRanges: [{ startDate: '7daysAgo', endDate: 'today' }],
      metrics: [{ name: 'sessions' }],
      limit: '10',
    },
  },
  'Google: a long number as a number': {
    vendor: google,
    request: 'POST /v1beta/properties/12:runReport',
    body: { metrics: [{ name: 'sessions' }], limit: 10 },
  },
  'Google: a colon route': {
    vendor: google,
    request: 'GET /tagmanager/v2/accounts/1/containers/2/versions:live',
  },
  'Google: an encoded address': {
    vendor: google,
    request: 'POST /webmasters/v3/sites/https%3A%2F%2Fexample.com%2F/searchAnalytics/query',
    body: { startDate: '2026-11-01', endDate: '2026-11-07', dimensions: ['QUERY'], rowLimit: 10 },
  },
  'Google Ads: a mutation': {
    vendor: ads,
    request: 'POST /v25/customers/123/campaigns:mutate',
    body: {
      operations: [
        { updateMask: 'status', update: { resourceName: 'customers/123/campaigns/4', status: 'PAUSED' } },
      ],
      validateOnly: true,
    },
  },
  'Google Ads: everything at once': {
    vendor: ads,
    request: 'POST /v25/customers/123/googleAds:mutate',
    body: {
      mutateOperations: [
        {
          campaignBudgetOperation: {
            create: { resourceName: 'customers/123/campaignBudgets/-1', amountMicros: '5000000' },
          },
        },
      ],
    },
  },
  'Meta: a campaign': {
    vendor: meta,
    request: 'POST /v25.0/act_1/campaigns',
    body: { name: 'a', objective: 'OUTCOME_SALES', status: 'PAUSED', special_ad_categories: ['NONE'] },
  },
  'Meta: a list in the query': {
    vendor: meta,
    request: `GET /v25.0/act_1/campaigns?fields=id,name&limit=25&effective_status=${encodeURIComponent('["ACTIVE","PAUSED"]')}`,
  },
  'Meta: a node by its type': {
    vendor: meta,
    request: 'POST /v25.0/123',
    describedAs: 'Campaign#update',
    body: { status: 'PAUSED' },
  },
  'Meta: a form': {
    vendor: meta,
    request: 'POST /v25.0/act_1/adsets',
    body: `name=a&daily_budget=500&targeting=${encodeURIComponent('{"geo_locations":{"countries":["DE"]}}')}`,
  },
  'WordPress: a page': {
    vendor: wordpress,
    request: 'POST /wp-json/wp/v2/pages',
    body: { title: 'Home', status: 'draft', content: { raw: 'a' } },
  },
  'WordPress: a list': {
    vendor: wordpress,
    request: 'GET /wp-json/wp/v2/pages?per_page=100&include=1,2&status[]=draft&status[]=publish&_fields=id',
  },
  'WordPress: a plugin in a folder': {
    vendor: wordpress,
    request: 'POST /wp-json/wp/v2/plugins/akismet/akismet',
    body: { status: 'active' },
  },
  'WordPress: an ability': {
    vendor: wordpress,
    request: 'GET /wp-json/wp-abilities/v1/abilities/core/get-site-info/run',
  },
};

describe("requests that the vendors' own descriptions take", () => {
  if (!descriptionsAreHere) {
    it.skip(descriptionsAreAbsent);
    return;
  }
  for (const [what, sent] of Object.entries(good)) {
    it(what, async () => assert.deepEqual(await said(sent), []));
  }
});
