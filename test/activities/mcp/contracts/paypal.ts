import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byPage } from '../upstream/pages.ts';
import {
  among,
  between,
  date,
  dateTime,
  email,
  flag,
  list,
  majorMoney,
  matching,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const invoicing = '/v2/invoicing/invoices';
const money = majorMoney('value', 'currency_code', 'text');
const currency = matching(/^[A-Z]{3}$/);
const invoiceId = { invoice_id: matching(/^INV2-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/) };
const range = (point: Shape) => object({ start: point, end: point });
const notification = {
  'subject?': upTo(4_000),
  'note?': upTo(4_000),
  'send_to_invoicer?': flag,
  'additional_recipients?': list(email, 0, 100),
};

interface Money {
  currency_code: string;
  value: string;
}
const given = <Body>({ body }: Recorded) => body as Body;
const euros = (value: string): Money => ({ currency_code: 'EUR', value });

const invoice = {
  id: 'INV2-8K3L-QP7W-ZT4M-X2RB',
  status: 'SENT',
  detail: {
    invoice_number: 'CARE-2026-11',
    currency_code: 'EUR',
    payment_term: { due_date: '2026-10-15' },
    metadata: { recipient_view_url: 'https://www.paypal.com/invoice/p/#8K3LQP7WZT4MX2RB' },
  },
  amount: euros('49.10'),
  due_amount: euros('49.10'),
};
const numbered = (n: number) => `INV2-8K3L-QP7W-ZT4M-${String(n).padStart(4, '0')}`;
const link = (rel: string, href: string, method = 'GET') => ({ rel, href, method });

const pages = (name: string, item: (n: number) => object) =>
  byPage({
    param: 'page',
    size: 'page_size',
    standard: 20,
    answer: (items, { page, pages: total_pages, total: total_items }) =>
      ok({ total_pages, total_items, page, [name]: items, links: [] }),
  })(item);

interface Draft {
  detail: { memo?: string };
  items: { unit_amount: Money }[];
}
/** A draft with its sum; lines are in one currency, and each is there once. */
function drawnUp(request: Recorded) {
  const { detail, items } = given<Draft>(request);
  const [first] = items;
  return {
    ...invoice,
    status: 'DRAFT',
    detail: { ...invoice.detail, ...detail },
    amount: first?.unit_amount,
    due_amount: first?.unit_amount,
  };
}

const failure = (name: string, message: string, details: object[] = []) => ({
  name,
  message,
  debug_id: 'f5d2c1e3a4b60',
  details,
  links: [],
});

/** REST API of PayPal: money in major units as text, keys for writes in a header. */
export const contract = defineContract({
  name: 'paypal',
  baseUrl: 'https://api-m.paypal.com',
  credentials: {
    clientId: 'client-of-the-contract',
    clientSecret: 'secret-of-the-contract',
    webhookId: '4JH86294D6297924G',
  },
  headers: {
    authorization: matching(/^Bearer \S+$/),
    'prefer?': among('return=minimal', 'return=representation'),
  },
  // Invoicing documents no keys; the header is nothing to it, so those writes count each time.
  idempotency: { header: 'paypal-request-id', methods: ['POST'], maxLength: 108 },
  oauth: {
    route: 'POST /v1/oauth2/token',
    clientAuth: 'basic',
    grants: { client_credentials: {} },
    rotates: false,
    lifeS: 32_400,
    answer: { scope: 'https://uri.paypal.com/services/invoicing', app_id: 'APP-80W284485P519543T' },
  },
  errors: {
    unauthorised: () =>
      reply(401, { error: 'invalid_token', error_description: 'Token signature verification failed' }),
    // No hint of when to come back.
    rateLimited: () =>
      reply(429, failure('RATE_LIMIT_REACHED', 'Too many requests. Blocked due to rate limiting.')),
    invalid: (field, description) =>
      reply(
        400,
        failure(
          'INVALID_REQUEST',
          'Request is not well-formed, syntactically incorrect, or violates schema.',
          [{ field, location: 'body', issue: 'INVALID_PARAMETER_SYNTAX', description }],
        ),
      ),
    unavailable: (status) =>
      reply(status, failure('INTERNAL_SERVER_ERROR', 'An internal server error has occurred.')),
    keyReused: () =>
      reply(422, failure('UNPROCESSABLE_ENTITY', 'The request id was used for another request.')),
  },
  operations: [
    operation({
      id: 'searchInvoices',
      route: 'POST /v2/invoicing/search-invoices',
      reads: true,
      query: { 'page?': between(1, 1_000), 'page_size?': between(1, 100), 'total_required?': flag },
      body: json(
        object({
          'recipient_email?': upTo(254),
          'invoice_number?': upTo(25),
          'reference?': upTo(120),
          'memo?': upTo(500),
          'currency_code?': currency,
          'status?': list(
            among(
              'DRAFT',
              'SENT',
              'SCHEDULED',
              'PAID',
              'MARKED_AS_PAID',
              'CANCELLED',
              'PARTIALLY_PAID',
              'UNPAID',
              'PAYMENT_PENDING',
            ),
            1,
            5,
          ),
          'due_date_range?': range(date),
        }),
      ),
      answer(request, memory) {
        const { memo } = given<{ memo?: string }>(request);
        if (memo === undefined)
          return pages('items', (n) => ({ ...invoice, id: numbered(n) }))(request, memory);
        const made = memory
          .effects('createInvoice')
          .filter((effect) => given<Draft>(effect.request).detail.memo === memo);
        return ok({ total_pages: 1, items: made.map((effect) => effect.answer.body), links: [] });
      },
    }),
    operation({
      id: 'createInvoice',
      route: `POST ${invoicing}`,
      body: json(
        object({
          detail: object({
            currency_code: currency,
            'invoice_number?': upTo(25),
            'reference?': upTo(120),
            'invoice_date?': date,
            'note?': upTo(4_000),
            'memo?': upTo(500),
            'payment_term?': object({ 'due_date?': date, 'term_type?': text }),
          }),
          'primary_recipients?': list(
            object({
              billing_info: object({
                'email_address?': email,
                'business_name?': upTo(300),
                'name?': object({ 'given_name?': upTo(140), 'surname?': upTo(140), 'full_name?': upTo(300) }),
              }),
            }),
            1,
            100,
          ),
          items: list(
            object({
              name: upTo(200),
              quantity: matching(/^\d+(\.\d+)?$/),
              unit_amount: money,
              'description?': upTo(1_000),
            }),
            1,
            100,
          ),
        }),
      ),
      answer: (request) => reply(201, drawnUp(request)),
    }),
    operation({
      id: 'getInvoice',
      route: `GET ${invoicing}/{invoice_id}`,
      path: invoiceId,
      answer: (_request, memory) =>
        ok({
          ...invoice,
          ...(memory.effects('cancelInvoice').length > 0 && { status: 'CANCELLED' }),
          payments: {
            paid_amount: euros('0.00'),
            transactions: memory.effects('recordPayment').map((effect) => ({
              payment_id: 'EXTR-86F38350LX4353815',
              type: 'EXTERNAL',
              ...given<object>(effect.request),
            })),
          },
        }),
    }),
    operation({
      id: 'sendInvoice',
      route: `POST ${invoicing}/{invoice_id}/send`,
      path: invoiceId,
      body: json(object({ ...notification, 'send_to_recipient?': flag })),
      answer: ok(link('payer-view', 'https://www.paypal.com/invoice/p/#8K3LQP7WZT4MX2RB')),
    }),
    operation({
      id: 'remindInvoice',
      route: `POST ${invoicing}/{invoice_id}/remind`,
      path: invoiceId,
      body: json(object(notification)),
      answer: reply(204),
    }),
    operation({
      id: 'cancelInvoice',
      route: `POST ${invoicing}/{invoice_id}/cancel`,
      path: invoiceId,
      body: json(object({ ...notification, 'send_to_recipient?': flag })),
      answer: reply(204),
    }),
    operation({
      id: 'recordPayment',
      route: `POST ${invoicing}/{invoice_id}/payments`,
      path: invoiceId,
      body: json(
        object({
          method: among(
            'BANK_TRANSFER',
            'CASH',
            'CHECK',
            'CREDIT_CARD',
            'DEBIT_CARD',
            'PAYPAL',
            'WIRE_TRANSFER',
            'OTHER',
          ),
          'payment_date?': date,
          'amount?': money,
          'note?': upTo(2_000),
        }),
      ),
      answer: ok({ payment_id: 'EXTR-86F38350LX4353815' }),
    }),
    operation({
      id: 'createOrder',
      route: 'POST /v2/checkout/orders',
      body: json(
        object({
          intent: among('CAPTURE', 'AUTHORIZE'),
          purchase_units: list(
            object({
              amount: money,
              'description?': upTo(127),
              'custom_id?': upTo(127),
              'invoice_id?': upTo(127),
              'reference_id?': upTo(256),
            }),
            1,
            10,
          ),
        }),
      ),
      answer: (request) =>
        reply(201, {
          id: '5O190127TN364715T',
          status: 'CREATED',
          ...given<object>(request),
          links: [
            link('self', 'https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T'),
            link('approve', 'https://www.paypal.com/checkoutnow?token=5O190127TN364715T'),
          ],
        }),
    }),
    operation({
      id: 'captureOrder',
      route: 'POST /v2/checkout/orders/{order_id}/capture',
      path: { order_id: matching(/^[A-Z0-9]{1,36}$/) },
      body: json(object({})),
      answer: reply(201, {
        id: '5O190127TN364715T',
        status: 'COMPLETED',
        purchase_units: [
          {
            reference_id: 'default',
            payments: {
              captures: [
                {
                  id: '2GG279541U471931P',
                  status: 'COMPLETED',
                  amount: euros('120.00'),
                  final_capture: true,
                },
              ],
            },
          },
        ],
      }),
    }),
    operation({
      id: 'refundCapture',
      route: 'POST /v2/payments/captures/{capture_id}/refund',
      path: { capture_id: matching(/^[A-Z0-9]{1,36}$/) },
      body: json(
        object({
          'amount?': money,
          'note_to_payer?': upTo(255),
          'invoice_id?': upTo(127),
          'custom_id?': upTo(127),
        }),
      ),
      answer: (request) =>
        reply(201, {
          id: '1JU08902781691411',
          status: 'COMPLETED',
          amount: given<{ amount?: Money }>(request).amount ?? euros('120.00'),
        }),
    }),
    operation({
      id: 'listTransactions',
      route: 'GET /v1/reporting/transactions',
      query: {
        start_date: dateTime,
        end_date: dateTime,
        'fields?': matching(/^(all|[a-z_]+(,[a-z_]+)*)$/),
        'transaction_status?': among('D', 'P', 'S', 'V'),
        'transaction_currency?': currency,
        'page?': between(1, 2_147_483_647),
        'page_size?': between(1, 500),
      },
      answer: pages('transaction_details', (n) => ({
        transaction_info: {
          transaction_id: `5TY05013RG0028${n}`,
          transaction_event_code: 'T0006',
          transaction_initiation_date: '2026-10-11T04:03:52+0000',
          transaction_amount: euros('120.00'),
          fee_amount: euros('-3.83'),
          transaction_status: 'S',
        },
      })),
    }),
    operation({
      id: 'createSubscription',
      route: 'POST /v1/billing/subscriptions',
      body: json(
        object({
          plan_id: matching(/^P-[A-Z0-9]+$/),
          'custom_id?': upTo(127),
          'quantity?': matching(/^\d+$/),
          'start_time?': dateTime,
          'subscriber?': object({ 'email_address?': email }),
        }),
      ),
      answer: reply(201, {
        id: 'I-RM6B3VT0KW2L',
        status: 'APPROVAL_PENDING',
        create_time: '2026-11-02T09:00:00Z',
        links: [
          link('approve', 'https://www.paypal.com/webapps/billing/subscriptions?ba_token=BA-2M539689T'),
        ],
      }),
    }),
    operation({
      id: 'cancelSubscription',
      route: 'POST /v1/billing/subscriptions/{id}/cancel',
      path: { id: matching(/^I-[A-Z0-9]+$/) },
      body: json(object({ reason: upTo(128) })),
      answer: reply(204),
    }),
  ],
});
