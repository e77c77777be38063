import {
  type Contract,
  defineContract,
  ok,
  operation,
  type Recorded,
  reply,
  type VendorFiles,
} from '../contract.ts';
import { againstDescription } from './against.ts';

export const stripe: VendorFiles = {
  kind: 'openapi',
  files: ['stripe/stripe-node-23.1.0.requests.openapi.json'],
};
export const xero: VendorFiles = { kind: 'openapi', files: ['xero/xero_accounting.yaml'] };
export const whatsapp: VendorFiles = {
  kind: 'openapi',
  files: ['whatsapp/business-messaging-api_v23.0.yaml'],
};
export const slack: VendorFiles = {
  kind: 'openapi',
  files: ['slack/slack-web-api-8.2.0.requests.openapi.json'],
  formJson: true,
};
export const posthog: VendorFiles = {
  kind: 'openapi',
  files: ['posthog/posthog-mcp-2025-10-10.openapi.json'],
  ignoreRequired: true,
};
export const github: VendorFiles = { kind: 'openapi', files: ['github/api.github.com.json'] };
export const mailchimp: VendorFiles = { kind: 'openapi', files: ['mailchimp/mailchimp.com.json'] };
export const wix: VendorFiles = { kind: 'openapi', files: ['wix/wix-sdk.openapi.json'] };
export const razorpay: VendorFiles = {
  kind: 'openapi',
  files: ['razorpay/razorpay-node-2.9.8.openapi.json'],
};
export const quickbooks: VendorFiles = { kind: 'openapi', files: ['quickbooks/quickbooks-v3.openapi.json'] };
export const brave: VendorFiles = {
  kind: 'openapi',
  files: ['brave-search/brave-search-mcp-server-2.1.4.requests.openapi.json'],
};
export const clerk: VendorFiles = { kind: 'openapi', files: ['clerk/bapi/2026-05-12.yml'] };
export const vault: VendorFiles = { kind: 'openapi', files: ['vault/openapi.json'], base: '/v1' };
export const google: VendorFiles = {
  kind: 'discovery',
  files: [
    'ga4/analyticsdata.v1beta.json',
    'ga4/analyticsadmin.v1beta.json',
    'gtm/tagmanager.v2.json',
    'search-console/searchconsole.v1.json',
  ],
};
export const ads: VendorFiles = { kind: 'discovery', files: ['google-ads/googleads.v25.json'] };
export const meta: VendorFiles = { kind: 'meta', files: ['meta-ads/specs'] };
export const wordpress: VendorFiles = { kind: 'wordpress', files: ['wordpress/wp-json-index-7.1.4.json'] };

/** A request as `METHOD /path`, with a body that is JSON unless it is text (a form). */
export interface Sent {
  vendor: VendorFiles;
  request: string;
  body?: unknown;
  headers?: Record<string, string>;
  describedAs?: string;
}

/** What the vendor's description says against a request. */
export async function said({ vendor, request, body, headers = {}, describedAs }: Sent): Promise<string[]> {
  const [method = '', address = ''] = request.split(' ');
  const [path = '', query = ''] = address.split('?');
  const no = () => reply(400);
  const contract: Contract = defineContract({
    name: 'vendor',
    baseUrl: 'https://vendor.example',
    credentials: {},
    headers: {},
    errors: { unauthorised: no, rateLimited: no, invalid: no },
    vendor,
    operations: [
      operation({ id: 'it', route: 'GET /', answer: ok({}), ...(describedAs && { describedAs }) }),
    ],
  });
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
  const recorded: Recorded = {
    method,
    path,
    search: new URLSearchParams(query),
    headers: { ...(body !== undefined && { 'content-type': type }), ...headers },
    raw: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
    operation: 'it',
    params: {},
    query: {},
    body: undefined,
    violations: [],
    key: null,
  };
  return (await againstDescription(contract, [recorded])) ?? [];
}

export const tenant = { 'xero-tenant-id': '11111111-1111-4111-8111-111111111111' };
export const bearer = { authorization: 'Bearer t', 'user-agent': 'test', 'content-type': 'application/json' };
export const message = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+491701234567' };
export const sending = {
  vendor: whatsapp,
  request: 'POST /v23.0/1234/messages',
  headers: bearer,
  describedAs: 'sendMessage',
};
export const invoiceLine = {
  Amount: 10.5,
  DetailType: 'SalesItemLineDetail',
  SalesItemLineDetail: { ItemRef: { value: '1' } },
};
