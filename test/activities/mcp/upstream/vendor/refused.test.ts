import assert from 'node:assert/strict';
import {
  ads,
  brave,
  clerk,
  github,
  google,
  mailchimp,
  message,
  meta,
  posthog,
  quickbooks,
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

const bad: Record<string, [Sent, RegExp]> = {
  'Stripe: an unknown nested field': [
    {
      vendor: stripe,
      request: 'POST /v1/subscriptions',
      body: 'customer=cus_1&items[0][price]=p&items[0][colour]=red',
    },
    /body\.items\[0\]\.colour: is not documented/,
  ],
  'Stripe: half a cent': [
    { vendor: stripe, request: 'POST /v1/refunds', body: 'charge=ch_1&amount=1.5' },
    /body\.amount: must be integer/,
  ],
  'Stripe: JSON': [
    { vendor: stripe, request: 'POST /v1/refunds', body: { charge: 'ch_1' } },
    /content-type: is "application\/json"/,
  ],
  'Stripe: an unknown parameter': [
    { vendor: stripe, request: 'GET /v1/invoices?overdue=true' },
    /query\.overdue: is not documented/,
  ],
  'Stripe: an unknown route': [
    { vendor: stripe, request: 'POST /v1/invoices/in_1/remind' },
    /is not in the description/,
  ],
  'Xero: no tenant': [
    { vendor: xero, request: 'GET /api.xro/2.0/Invoices' },
    /header\.xero-tenant-id: is missing/,
  ],
  'Xero: a type of invoice': [
    {
      vendor: xero,
      request: 'PUT /api.xro/2.0/Invoices',
      headers: tenant,
      body: { Invoices: [{ Type: 'SALE' }] },
    },
    /body\.Invoices\[0\]\.Type: must be one of/,
  ],
  'Xero: an unknown field': [
    {
      vendor: xero,
      request: 'PUT /api.xro/2.0/Invoices',
      headers: tenant,
      body: { Invoices: [{ Type: 'ACCREC', Colour: 'red' }] },
    },
    /body\.Invoices\[0\]\.Colour: is not documented/,
  ],
  'WhatsApp: an unknown field of a text': [
    { ...sending, body: { ...message, type: 'text', text: { body: 'a', colour: 'red' } } },
    /colour: is not documented/,
  ],
  'WhatsApp: an unknown field': [
    { ...sending, body: { ...message, type: 'text', text: { body: 'a' }, urgent: true } },
    /urgent: is not documented/,
  ],
  'WhatsApp: no receiver': [
    { ...sending, body: { messaging_product: 'whatsapp', type: 'text', text: { body: 'a' } } },
    /body\.to: is missing/,
  ],
  'WhatsApp: a template without its policy': [
    {
      ...sending,
      body: { ...message, type: 'template', template: { name: 'hello', language: { code: 'en_US' } } },
    },
    /language\.policy: is missing/,
  ],
  'Slack: an unknown field': [
    {
      vendor: slack,
      request: 'POST /api/chat.postMessage',
      body: { channel: 'C1', text: 'a', colour: 'red' },
    },
    /body\.colour: is not documented/,
  ],
  'Slack: no channel': [
    { vendor: slack, request: 'POST /api/chat.postMessage', body: { text: 'a' } },
    /body\.channel: is missing/,
  ],
  'Slack: a list that is none': [
    { vendor: slack, request: 'POST /api/files.completeUploadExternal', body: 'files=F1' },
    /body\.files: must be array/,
  ],
  'PostHog: an unknown field': [
    { vendor: posthog, request: 'POST /api/projects/1/feature_flags/', body: { key: 'beta', colour: 'red' } },
    /body\.colour: is not documented/,
  ],
  'PostHog: no slash at the end': [
    { vendor: posthog, request: 'GET /api/projects/1/feature_flags' },
    /is not in the description/,
  ],
  'GitHub: an unknown field': [
    { vendor: github, request: 'POST /repos/o/r/issues', body: { title: 'a', colour: 'red' } },
    /body\.colour: is not documented/,
  ],
  'GitHub: no title': [
    { vendor: github, request: 'POST /repos/o/r/issues', body: { body: 'a' } },
    /body\.title: is missing/,
  ],
  'Mailchimp: a status': [
    {
      vendor: mailchimp,
      request: 'PUT /3.0/lists/l/members/a',
      body: { email_address: 'a@example.com', status_if_new: 'joined' },
    },
    /status_if_new: must be one of/,
  ],
  'Wix: an unknown field': [
    { vendor: wix, request: 'POST /contacts/v4/contacts', body: { info: { name: { given: 'Ada' } } } },
    /body\.info\.name\.given: is not documented/,
  ],
  'Wix: what is read-only': [
    {
      vendor: wix,
      request: 'POST /blog/v3/draft-posts',
      body: { draftPost: { title: 'a', minutesToRead: 4 } },
    },
    /body\.draftPost\.minutesToRead: is read-only/,
  ],
  'Wix: nothing where something is wanted': [
    { vendor: wix, request: 'POST /blog/v3/draft-posts', body: { draftPost: null } },
    /body\.draftPost/,
  ],
  'QuickBooks: an unknown field': [
    {
      vendor: quickbooks,
      request: 'POST /v3/company/1/invoice',
      body: { CustomerRef: { value: '1', id: '2' } },
    },
    /body\.CustomerRef\.id: is not documented/,
  ],
  'Brave: too many': [
    { vendor: brave, request: 'GET /res/v1/web/search?q=tea&count=21' },
    /query\.count: must be <= 20/,
  ],
  'Clerk: an unknown field': [
    { vendor: clerk, request: 'POST /v1/users', body: { email: 'ada@example.com' } },
    /body\.email: is not documented/,
  ],
  'Clerk: a bound that is not reached': [
    { vendor: clerk, request: 'POST /v1/m2m_tokens', body: { seconds_until_expiration: 0 } },
    /seconds_until_expiration: must be > 0/,
  ],
  'Vault: an unknown field': [
    { vendor: vault, request: 'POST /v1/secret/data/a', body: { data: {}, ttl: 1 } },
    /body\.ttl: is not documented/,
  ],
  'Google: an unknown field': [
    {
      vendor: google,
      request: 'POST /v1beta/properties/12:runReport',
      body: { metrics: [{ metric: 'sessions' }] },
    },
    /body\.metrics\[0\]\.metric: is not documented/,
  ],
  'Google: a choice': [
    {
      vendor: google,
      request: 'POST /v1beta/properties/12:runReport',
      body: { metricAggregations: ['SUM'] },
    },
    /metricAggregations\[0\]: must be one of/,
  ],
  'Google: an unknown parameter': [
    { vendor: google, request: 'GET /v1beta/accountSummaries?page_size=10' },
    /query\.page_size: is not documented/,
  ],
  'Google: an unknown verb': [
    { vendor: google, request: 'POST /v1beta/properties/12:report', body: {} },
    /is not in the description/,
  ],
  'Google: what is output only': [
    {
      vendor: google,
      request: 'POST /v1beta/properties/12/keyEvents',
      body: { eventName: 'purchase', createTime: '2026-11-01T00:00:00Z' },
    },
    /body\.createTime: is read-only/,
  ],
  'Google Ads: an unknown field': [
    {
      vendor: ads,
      request: 'POST /v25/customers/123/campaigns:mutate',
      body: { operations: [{ update: { resourceName: 'a', state: 'PAUSED' } }] },
    },
    /body\.operations\[0\]\.update\.state: is not documented/,
  ],
  'Google Ads: a choice': [
    {
      vendor: ads,
      request: 'POST /v25/customers/123/campaigns:mutate',
      body: { operations: [{ update: { status: 'STOPPED' } }] },
    },
    /status: must be one of/,
  ],
  'Meta: an unknown field': [
    { vendor: meta, request: 'POST /v25.0/act_1/campaigns', body: { name: 'a', budget: 5 } },
    /body\.budget: is not documented/,
  ],
  'Meta: a choice': [
    { vendor: meta, request: 'POST /v25.0/act_1/campaigns', body: { objective: 'SALES' } },
    /body\.objective: must be one of/,
  ],
  'Meta: a field of a structure': [
    {
      vendor: meta,
      request: 'POST /v25.0/act_1/adsets',
      body: { name: 'a', targeting: { towns: ['Berlin'] } },
    },
    /body\.targeting\.towns: is not documented/,
  ],
  'Meta: a list by repetition': [
    { vendor: meta, request: 'GET /v25.0/act_1/campaigns?effective_status=ACTIVE&effective_status=PAUSED' },
    /query\.effective_status: must be array/,
  ],
  'Meta: an unknown edge': [
    { vendor: meta, request: 'GET /v25.0/act_1/budgets' },
    /is not in the description/,
  ],
  'Meta: an edge of another type': [
    { vendor: meta, request: 'GET /v25.0/123/leads', describedAs: 'Campaign/leads' },
    /is not in the description/,
  ],
  'WordPress: an unknown field': [
    {
      vendor: wordpress,
      request: 'POST /wp-json/wp/v2/settings',
      body: { timezone_string: 'Europe/Berlin' },
    },
    /body\.timezone_string: is not documented/,
  ],
  'WordPress: a choice': [
    { vendor: wordpress, request: 'POST /wp-json/wp/v2/pages', body: { status: 'live' } },
    /body\.status: must be one of/,
  ],
  'WordPress: too many': [
    { vendor: wordpress, request: 'GET /wp-json/wp/v2/pages?per_page=101' },
    /query\.per_page: must be <= 100/,
  ],
  'WordPress: no such id': [
    { vendor: wordpress, request: 'GET /wp-json/wp/v2/pages/home' },
    /is not in the description/,
  ],
  'WordPress: the wrong method': [
    { vendor: wordpress, request: 'POST /wp-json/wp/v2/themes', body: {} },
    /is not in the description/,
  ],
};

describe("requests that the vendors' own descriptions refuse", () => {
  if (!descriptionsAreHere) {
    it.skip(descriptionsAreAbsent);
    return;
  }
  for (const [what, [sent, told]] of Object.entries(bad)) {
    it(what, async () => {
      const all = await said(sent);
      assert.ok(
        all.some((one) => told.test(one)),
        all.join('\n') || 'nothing was said',
      );
    });
  }
});
