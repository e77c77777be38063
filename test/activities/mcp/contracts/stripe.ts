import { defineContract, form, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byLastId } from '../upstream/pages.ts';
import {
  among,
  anyText,
  between,
  email,
  flag,
  integer,
  list,
  mapOf,
  matching,
  minor,
  object,
  objectWithAny,
  text,
  upTo,
} from '../upstream/shapes.ts';

const currency = matching(/^[a-z]{3}$/);
const paging = { 'limit?': between(1, 100), 'starting_after?': text, 'ending_before?': text };
const range = (name: string) =>
  Object.fromEntries(['', '[lt]', '[lte]', '[gt]', '[gte]'].map((end) => [`${name}${end}?`, integer]));
const metadata = { 'metadata?': mapOf(anyText) };

const pages = byLastId({
  param: 'starting_after',
  size: 'limit',
  standard: 10,
  answer: (data, has_more) => ({ object: 'list', data, has_more, url: '/v1/list' }),
});

const given = ({ body }: Recorded) => body as Record<string, unknown>;

const customer = {
  id: 'cus_1',
  object: 'customer',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  metadata: {},
};
const invoice = {
  id: 'in_1',
  object: 'invoice',
  number: '7FE1103-0001',
  status: 'open',
  customer: 'cus_1',
  currency: 'eur',
  amount_due: 4900,
  amount_paid: 0,
  amount_remaining: 4900,
  due_date: 1_793_491_200,
  hosted_invoice_url: 'https://invoice.stripe.com/i/acct_1/test_1',
  parent: null,
  payments: { object: 'list', data: [], has_more: false },
};
const subscription = {
  id: 'sub_1',
  object: 'subscription',
  status: 'active',
  customer: 'cus_1',
  cancel_at_period_end: false,
  items: {
    object: 'list',
    data: [{ id: 'si_1', object: 'subscription_item', quantity: 1, current_period_end: 1_796_083_200 }],
    has_more: false,
  },
};
const noItems = form(object({}));

/** Stripe's API as documented: forms in, JSON out, amounts in minor units. */
export const contract = defineContract({
  name: 'stripe',
  baseUrl: 'https://api.stripe.com',
  credentials: { apiKey: 'rk_test_51Contract', webhookSecret: 'whsec_contract' },
  headers: {
    authorization: matching(/^Bearer (sk|rk)_(test|live)_[A-Za-z0-9]+$/),
    'stripe-version': matching(/^\d{4}-\d{2}-\d{2}\.[a-z]+$/),
    'stripe-account?': matching(/^acct_[A-Za-z0-9]+$/),
  },
  vendor: { kind: 'openapi', files: ['stripe/stripe-node-23.1.0.requests.openapi.json'] },
  idempotency: { header: 'idempotency-key', methods: ['POST'], maxLength: 255 },
  errors: {
    unauthorised: () =>
      reply(401, failure('invalid_request_error', 'Invalid API Key provided: rk_test_*****')),
    rateLimited: (retryAfterS) =>
      reply(429, failure('invalid_request_error', 'Too many requests', { code: 'rate_limit' }), {
        'retry-after': String(retryAfterS),
        'stripe-should-retry': 'true',
      }),
    invalid: (param, message) =>
      reply(400, failure('invalid_request_error', message, { code: 'parameter_invalid', param })),
    unavailable: (status) => reply(status, failure('api_error', 'Something went wrong on our end')),
    keyReused: () =>
      reply(
        400,
        failure(
          'idempotency_error',
          'Keys for idempotent requests can only be used with the same parameters',
        ),
      ),
  },
  operations: [
    operation({
      id: 'getBalance',
      route: 'GET /v1/balance',
      answer: ok({
        object: 'balance',
        available: [{ amount: 120_050, currency: 'eur', source_types: { card: 120_050 } }],
        pending: [{ amount: 4900, currency: 'eur', source_types: { card: 4900 } }],
      }),
    }),
    operation({
      id: 'listCustomers',
      route: 'GET /v1/customers',
      query: { 'email?': email, ...range('created'), ...paging },
      answer: pages((n) => ({ ...customer, id: `cus_${n}` })),
    }),
    operation({
      id: 'createCustomer',
      route: 'POST /v1/customers',
      body: form(
        object({ 'name?': upTo(256), 'email?': email, 'phone?': text, 'description?': text, ...metadata }),
      ),
      answer: (request) => ok({ ...customer, ...given(request) }),
    }),
    operation({
      id: 'listInvoices',
      route: 'GET /v1/invoices',
      query: {
        'status?': among('draft', 'open', 'paid', 'uncollectible', 'void'),
        'collection_method?': among('charge_automatically', 'send_invoice'),
        'customer?': text,
        'subscription?': text,
        ...range('due_date'),
        ...range('created'),
        ...paging,
      },
      answer: pages((n) => ({ ...invoice, id: `in_${n}` })),
    }),
    operation({
      id: 'createInvoice',
      route: 'POST /v1/invoices',
      body: form(
        object({
          customer: text,
          'collection_method?': among('charge_automatically', 'send_invoice'),
          'days_until_due?': between(0, 3_650),
          'due_date?': integer,
          'currency?': currency,
          'description?': text,
          'auto_advance?': flag,
          'pending_invoice_items_behavior?': among('exclude', 'include'),
          ...metadata,
        }),
      ),
      answer: (request) =>
        ok({ ...invoice, status: 'draft', number: null, currency: given(request)['currency'] ?? 'eur' }),
    }),
    operation({
      id: 'createInvoiceItem',
      route: 'POST /v1/invoiceitems',
      body: form(
        object({
          customer: text,
          amount: integer,
          currency,
          'invoice?': text,
          'description?': text,
          'discountable?': flag,
          ...metadata,
        }),
      ),
      answer: (request, memory) =>
        ok({ object: 'invoiceitem', ...given(request), id: `ii_${memory.number()}` }),
    }),
    operation({
      id: 'finalizeInvoice',
      route: 'POST /v1/invoices/{id}/finalize',
      body: form(object({ 'auto_advance?': flag })),
      answer: ({ params }, memory) => {
        const items = memory.effects('createInvoiceItem').map(({ request }) => given(request));
        const due = items.reduce((sum, item) => sum + Number(item['amount']), 0);
        return ok({
          ...invoice,
          id: params['id'],
          currency: items[0]?.['currency'] ?? 'eur',
          amount_due: due,
          amount_remaining: due,
        });
      },
    }),
    operation({
      id: 'sendInvoice',
      route: 'POST /v1/invoices/{id}/send',
      body: noItems,
      answer: ({ params }) => ok({ ...invoice, id: params['id'] }),
    }),
    operation({
      id: 'payInvoice',
      route: 'POST /v1/invoices/{id}/pay',
      body: form(object({ 'payment_method?': text, 'off_session?': flag, 'paid_out_of_band?': flag })),
      answer: ({ params }) =>
        ok({ ...invoice, id: params['id'], status: 'paid', amount_paid: 4900, amount_remaining: 0 }),
    }),
    operation({
      id: 'voidInvoice',
      route: 'POST /v1/invoices/{id}/void',
      body: noItems,
      answer: ({ params }) => ok({ ...invoice, id: params['id'], status: 'void' }),
    }),
    operation({
      id: 'createPaymentLink',
      route: 'POST /v1/payment_links',
      body: form(
        object({
          line_items: list(object({ price: text, quantity: between(1, 999_999) }), 1, 20),
          ...metadata,
        }),
      ),
      answer: ok({
        id: 'plink_1',
        object: 'payment_link',
        active: true,
        url: 'https://buy.stripe.com/test_1',
      }),
    }),
    operation({
      id: 'createSubscription',
      route: 'POST /v1/subscriptions',
      body: form(
        object({
          customer: text,
          items: list(object({ price: text, 'quantity?': integer }), 1, 20),
          'trial_period_days?': between(0, 730),
          'collection_method?': among('charge_automatically', 'send_invoice'),
          'days_until_due?': integer,
          ...metadata,
        }),
      ),
      answer: (request) =>
        ok({ ...subscription, status: given(request)['trial_period_days'] ? 'trialing' : 'active' }),
    }),
    operation({
      id: 'updateSubscription',
      route: 'POST /v1/subscriptions/{id}',
      body: form(
        object({
          'cancel_at_period_end?': flag,
          'items?': list(object({ 'id?': text, 'price?': text, 'quantity?': integer, 'deleted?': flag })),
          'proration_behavior?': among('always_invoice', 'create_prorations', 'none'),
          ...metadata,
        }),
      ),
      answer: (request) =>
        ok({ ...subscription, ...given(request), items: subscription.items, id: request.params['id'] }),
    }),
    operation({
      id: 'cancelSubscription',
      route: 'DELETE /v1/subscriptions/{id}',
      body: form(object({ 'invoice_now?': flag, 'prorate?': flag })),
      answer: ({ params }) => ok({ ...subscription, id: params['id'], status: 'canceled' }),
    }),
    operation({
      id: 'getPaymentIntent',
      route: 'GET /v1/payment_intents/{id}',
      answer: ({ params }) =>
        ok({
          id: params['id'],
          object: 'payment_intent',
          status: 'succeeded',
          amount: 4900,
          currency: 'eur',
        }),
    }),
    operation({
      id: 'createRefund',
      route: 'POST /v1/refunds',
      body: form(
        objectWithAny(['payment_intent', 'charge'], {
          'payment_intent?': text,
          'charge?': text,
          'amount?': minor,
          'reason?': among('duplicate', 'fraudulent', 'requested_by_customer'),
          ...metadata,
        }),
      ),
      answer: (request) =>
        ok({
          object: 'refund',
          amount: 4900,
          currency: 'eur',
          ...given(request),
          id: 're_1',
          status: 'succeeded',
        }),
    }),
    operation({
      id: 'listDisputes',
      route: 'GET /v1/disputes',
      query: { 'charge?': text, 'payment_intent?': text, ...range('created'), ...paging },
      answer: pages((n) => ({
        id: `dp_${n}`,
        object: 'dispute',
        amount: 1000,
        currency: 'eur',
        status: 'needs_response',
        reason: 'general',
        charge: 'ch_1',
        evidence_details: { due_by: 1_793_491_200 },
      })),
    }),
    operation({
      id: 'createMeterEvent',
      route: 'POST /v1/billing/meter_events',
      body: form(
        object({
          event_name: upTo(100),
          payload: mapOf(anyText),
          'identifier?': upTo(100),
          'timestamp?': integer,
        }),
      ),
      sameWhen: (request) => (given(request)['identifier'] as string | undefined) ?? `key ${request.key}`,
      answer: (request) => ok({ object: 'billing.meter_event', livemode: false, ...given(request) }),
    }),
  ],
});

function failure(type: string, message: string, more: Record<string, string> = {}) {
  return { error: { type, message, ...more } };
}
