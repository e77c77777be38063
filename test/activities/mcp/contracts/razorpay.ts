import {
  type Answering,
  defineContract,
  json,
  type Memory,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  anyText,
  between,
  constant,
  email,
  integer,
  list,
  mapOf,
  matching,
  object,
  text,
  upTo,
} from '../upstream/shapes.ts';

const currency = matching(/^[A-Z]{3}$/);
const amount = between(1, 9_007_199_254_740_991);
const notes = { 'notes?': mapOf(upTo(256)) };
const paging = {
  'from?': integer,
  'to?': integer,
  'count?': between(1, 100),
  'skip?': between(0, 1_000_000),
};
const id = (prefix: string) => matching(new RegExp(`^${prefix}_[A-Za-z0-9]+$`));
const customer = object({
  'name?': matching(/^.{3,50}$/),
  'email?': email,
  'contact?': matching(/^\+?\d{8,15}$/),
});
const given = ({ body }: Recorded) => body as Record<string, unknown>;
const createdAt = 1_793_520_000;

const payment = {
  id: 'pay_Contract0001',
  entity: 'payment',
  amount: 249_900,
  amount_refunded: 0,
  currency: 'INR',
  status: 'captured',
  method: 'upi',
  captured: true,
  description: 'Website care',
  email: 'asha@example.com',
  contact: '+919000000001',
  notes: [],
  created_at: createdAt,
};
const link = {
  id: 'plink_Contract0001',
  amount: 249_900,
  amount_paid: 0,
  currency: 'INR',
  status: 'created',
  short_url: 'https://rzp.io/i/contract1',
  expire_by: 0,
  reference_id: '',
  notes: [],
  created_at: createdAt,
};
const invoice = {
  id: 'inv_Contract0001',
  entity: 'invoice',
  type: 'invoice',
  receipt: null,
  status: 'issued',
  amount: 249_900,
  amount_paid: 0,
  amount_due: 249_900,
  currency: 'INR',
  expire_by: null,
  short_url: 'https://rzp.io/i/contract2',
  notes: [],
  created_at: createdAt,
};
const plan = {
  id: 'plan_Contract0001',
  entity: 'plan',
  interval: 1,
  period: 'monthly',
  item: { id: 'item_Contract0001', name: 'Care', amount: 249_900, unit_amount: 249_900, currency: 'INR' },
  notes: [],
  created_at: createdAt,
};
const subscription = {
  id: 'sub_Contract0001',
  entity: 'subscription',
  plan_id: 'plan_Contract0001',
  status: 'created',
  current_start: null,
  current_end: null,
  total_count: 12,
  paid_count: 0,
  short_url: 'https://rzp.io/i/contract3',
  notes: [],
  created_at: createdAt,
};
const refund = {
  id: 'rfnd_Contract0001',
  entity: 'refund',
  amount: 249_900,
  currency: 'INR',
  payment_id: 'pay_Contract0001',
  status: 'processed',
  receipt: null,
  notes: [],
  created_at: createdAt,
};

/** Newest first: what was made, then pages of older things. */
const listOf =
  (items: string, older: { id: string }, maker?: string): Answering =>
  (request, memory) => {
    const made = maker ? memory.effects(maker).map((effect) => effect.answer.body) : [];
    if (made.length > 0) return ok({ entity: 'collection', count: made.length, [items]: made });
    const page = byOffset({
      param: 'skip',
      size: 'count',
      standard: 10,
      answer: (all) => ({ entity: 'collection', count: all.length, [items]: all }),
    });
    return page((n) => ({ ...older, id: `${older.id}${n}` }))(request, memory);
  };

const lines = (request: Recorded) => given(request)['line_items'] as { amount: number; quantity?: number }[];
const sum = (request: Recorded) =>
  lines(request).reduce((total, one) => total + one.amount * (one.quantity ?? 1), 0);
const echo = (from: object) => (request: Recorded, _memory: Memory) => ok({ ...from, ...given(request) });

const failure = (code: string, description: string, members: object = {}) => ({
  error: { code, description, source: 'business', step: 'NA', reason: 'NA', metadata: {}, ...members },
});

/** Razorpay's API: amounts in the smallest unit, no keys for writes. */
export const contract = defineContract({
  name: 'razorpay',
  baseUrl: 'https://api.razorpay.com/v1',
  credentials: {
    keyId: 'rzp_test_Contract0001',
    keySecret: 'secret-of-the-contract',
    webhookSecret: 'hook-of-the-contract',
  },
  headers: { authorization: matching(/^Basic [A-Za-z0-9+/]+={0,2}$/) },
  vendor: {
    kind: 'openapi',
    files: ['razorpay/razorpay-node-2.9.8.openapi.json'],
    defects: [
      { violation: /^getPayment: .*expand/, why: 'Expansion is documented as optional.' },
      { violation: /^createPaymentLink: .*customer/, why: 'The customer is documented as optional.' },
    ],
  },
  errors: {
    unauthorised: () => reply(401, failure('BAD_REQUEST_ERROR', 'Authentication failed')),
    // No hint of when to come back.
    rateLimited: () => reply(429, failure('BAD_REQUEST_ERROR', 'Request failed. Please try after sometime.')),
    invalid: (field, message) =>
      reply(400, failure('BAD_REQUEST_ERROR', message, { field, reason: 'input_validation_failed' })),
    unavailable: (status) => reply(status, failure('SERVER_ERROR', 'We are facing some trouble')),
  },
  operations: [
    operation({
      id: 'listPayments',
      route: 'GET /v1/payments',
      query: paging,
      answer: listOf('items', payment),
    }),
    operation({
      id: 'getPayment',
      route: 'GET /v1/payments/{id}',
      path: { id: id('pay') },
      answer: ok(payment),
    }),
    operation({
      id: 'listRefunds',
      route: 'GET /v1/payments/{id}/refunds',
      path: { id: id('pay') },
      query: paging,
      answer: listOf('items', refund, 'createRefund'),
    }),
    operation({
      id: 'createRefund',
      route: 'POST /v1/payments/{id}/refund',
      path: { id: id('pay') },
      body: json(
        object({
          'amount?': amount,
          'speed?': among('normal', 'optimum'),
          'receipt?': upTo(40),
          ...notes,
        }),
      ),
      answer: echo(refund),
    }),
    operation({
      id: 'listPaymentLinks',
      route: 'GET /v1/payment_links',
      query: paging,
      answer: listOf('payment_links', link, 'createPaymentLink'),
    }),
    operation({
      id: 'createPaymentLink',
      route: 'POST /v1/payment_links',
      body: json(
        object({
          amount,
          'currency?': currency,
          'description?': upTo(2_048),
          'reference_id?': upTo(40),
          'customer?': customer,
          'notify?': object({ 'sms?': { type: 'boolean' }, 'email?': { type: 'boolean' } }),
          'expire_by?': integer,
          'accept_partial?': { type: 'boolean' },
          ...notes,
        }),
      ),
      answer: echo(link),
    }),
    operation({
      id: 'notifyPaymentLink',
      route: 'POST /v1/payment_links/{id}/notify_by/{medium}',
      path: { id: id('plink'), medium: among('email', 'sms') },
      answer: ok({ success: true }),
    }),
    operation({
      id: 'listInvoices',
      route: 'GET /v1/invoices',
      query: { ...paging, 'type?': among('invoice', 'link'), 'receipt?': text, 'customer_id?': id('cust') },
      answer: listOf('items', invoice, 'createInvoice'),
    }),
    operation({
      id: 'createInvoice',
      route: 'POST /v1/invoices',
      body: json(
        object({
          type: constant('invoice'),
          'draft?': constant('1'),
          'receipt?': upTo(40),
          'description?': upTo(2_048),
          'currency?': currency,
          'customer_id?': id('cust'),
          'customer?': customer,
          line_items: list(
            object({
              name: upTo(512),
              'description?': upTo(2_048),
              amount,
              'currency?': currency,
              'quantity?': between(1, 1_000_000),
            }),
            1,
            50,
          ),
          'expire_by?': integer,
          'sms_notify?': among(0, 1),
          'email_notify?': among(0, 1),
          ...notes,
        }),
      ),
      answer: (request) =>
        ok({
          ...invoice,
          ...given(request),
          status: 'draft',
          amount: sum(request),
          amount_due: sum(request),
        }),
    }),
    operation({
      id: 'issueInvoice',
      route: 'POST /v1/invoices/{id}/issue',
      path: { id: id('inv') },
      answer: ok(invoice),
    }),
    operation({
      id: 'listPlans',
      route: 'GET /v1/plans',
      query: paging,
      answer: listOf('items', plan, 'createPlan'),
    }),
    operation({
      id: 'createPlan',
      route: 'POST /v1/plans',
      body: json(
        object({
          period: among('daily', 'weekly', 'monthly', 'yearly'),
          interval: between(1, 4_000),
          item: object({ name: text, amount, currency, 'description?': anyText }),
          ...notes,
        }),
      ),
      answer: echo(plan),
    }),
    operation({
      id: 'listSubscriptions',
      route: 'GET /v1/subscriptions',
      query: { ...paging, 'plan_id?': id('plan') },
      answer: listOf('items', subscription, 'createSubscription'),
    }),
    operation({
      id: 'createSubscription',
      route: 'POST /v1/subscriptions',
      body: json(
        object({
          plan_id: id('plan'),
          total_count: between(1, 1_200),
          'quantity?': between(1, 500),
          'start_at?': integer,
          'expire_by?': integer,
          'customer_notify?': among(0, 1),
          ...notes,
        }),
      ),
      answer: echo(subscription),
    }),
    operation({
      id: 'cancelSubscription',
      route: 'POST /v1/subscriptions/{id}/cancel',
      path: { id: id('sub') },
      body: json(object({ 'cancel_at_cycle_end?': among(0, 1) })),
      answer: ok({ ...subscription, status: 'active', current_end: createdAt }),
    }),
    operation({
      id: 'listSettlements',
      route: 'GET /v1/settlements',
      query: paging,
      answer: listOf('items', {
        id: 'setl_Contract',
        ...{ entity: 'settlement', amount: 990_000, status: 'processed', fees: 471, tax: 42 },
        ...{ utr: '1568176960vxp0rj', created_at: createdAt },
      }),
    }),
  ],
});
