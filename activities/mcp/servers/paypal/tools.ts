import * as z from 'zod';
import { moneySchema, positiveMoneySchema } from '../../kit/money.ts';
import { at, byPage, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { invoiceTools } from './invoices.ts';
import {
  agreement,
  fromMoney,
  storedAgreement,
  storedCaptured,
  storedMoney,
  storedTransaction,
  toAgreement,
  toMoney,
  toTransaction,
  transaction,
} from './shapes.ts';
import { dayMs } from '../../kit/time.ts';

const id = (what: string) => z.string().regex(/^[A-Z0-9-]{8,50}$/, `Use the id that PayPal gave the ${what}`);
const longestMs = 31 * dayMs;

const transactionPages = byPage({
  items: 'transaction_details',
  page: 'page',
  limit: 'page_size',
  pages: (reply) => Number(at(reply.body, 'total_pages') ?? 0),
});

export const tools = [
  ...invoiceTools,

  defineTool({
    name: 'paypal_create_order',
    title: 'Ask for payment',
    description:
      'Prepares a payment. The payer agrees at the returned page; the money moves when it is captured.',
    risk: 'write',
    input: {
      amount: positiveMoneySchema,
      description: z.string().min(1).max(127),
      reference: z.string().min(1).max(127).optional().describe('Our own number, kept with the payment'),
    },
    example: {
      amount: { minor: 12000, currency: 'EUR' },
      description: 'Workshop, half a day',
      reference: 'WS-0117',
    },
    output: agreement,
    async run({ amount, description, reference }, api) {
      const body = {
        intent: 'CAPTURE',
        purchase_units: [{ amount: fromMoney(amount), description, custom_id: reference }],
      };
      return toAgreement(await api.post('/v2/checkout/orders', storedAgreement, { body }));
    },
  }),

  defineTool({
    name: 'paypal_capture_order',
    title: 'Capture payment',
    description: 'Takes the money of an order to which the payer has agreed. Returns the ids refunds need.',
    risk: 'money',
    input: { order_id: id('order') },
    example: { order_id: '5O190127TN364715T' },
    output: z.object({
      order_id: z.string(),
      status: z.string(),
      captures: z.array(z.object({ id: z.string(), status: z.string(), amount: moneySchema })),
    }),
    async run({ order_id }, api) {
      const address = path`/v2/checkout/orders/${order_id}/capture`;
      const order = await api.post(address, storedCaptured, { body: {} });
      const captures = order.purchase_units.flatMap(({ payments }) =>
        payments.captures.map(({ amount, status, ...one }) => ({
          ...one,
          status: status.toLowerCase(),
          amount: toMoney(amount),
        })),
      );
      return { order_id: order.id, status: order.status.toLowerCase(), captures };
    },
  }),

  defineTool({
    name: 'paypal_refund_payment',
    title: 'Refund payment',
    description: 'Gives a captured payment back, whole or in part.',
    risk: 'money',
    input: {
      capture_id: id('captured payment'),
      amount: positiveMoneySchema.optional(),
      note: z.string().min(1).max(255).optional().describe('For the payer'),
    },
    example: {
      capture_id: '2GG279541U471931P',
      amount: { minor: 6000, currency: 'EUR' },
      note: 'Half of the workshop did not take place.',
    },
    output: z.object({ id: z.string(), status: z.string(), amount: moneySchema.nullable() }),
    async run({ capture_id, amount, note }, api) {
      const answer = z.object({ id: z.string(), status: z.string(), amount: storedMoney.nullish() });
      const refund = await api.post(path`/v2/payments/captures/${capture_id}/refund`, answer, {
        body: { amount: amount && fromMoney(amount), note_to_payer: note },
      });
      return {
        id: refund.id,
        status: refund.status.toLowerCase(),
        amount: refund.amount ? toMoney(refund.amount) : null,
      };
    },
  }),

  defineTool({
    name: 'paypal_list_transactions',
    title: 'List transactions',
    description:
      'What came in and went out in a time of at most 31 days. The newest three hours may be missing.',
    risk: 'read',
    input: { from: z.iso.datetime(), until: z.iso.datetime(), ...pageInput(500) },
    example: { from: '2026-10-01T00:00:00Z', until: '2026-10-31T23:59:59Z', limit: 100 },
    output: pageOutput(transaction),
    async run({ from, until, ...asked }, api) {
      if (!(Date.parse(until) - Date.parse(from) <= longestMs)) {
        api.refuse('until', 'Ask for 31 days or less at a time.');
      }
      const query = { start_date: from, end_date: until, fields: 'transaction_info' };
      const address = '/v1/reporting/transactions';
      const page = await api.list(address, storedTransaction, transactionPages, asked, { query });
      return { ...page, items: page.items.map(toTransaction) };
    },
  }),

  defineTool({
    name: 'paypal_create_subscription',
    title: 'Create subscription',
    description:
      'Prepares a subscription to a plan. It begins when the customer agrees at the returned page.',
    risk: 'write',
    input: {
      plan_id: z.string().regex(/^P-[A-Z0-9]{8,40}$/, 'Use the id of a plan, it begins with P-'),
      customer_email: z.email().max(254),
      reference: z.string().min(1).max(127).optional().describe('Our own number, kept with the subscription'),
    },
    example: { plan_id: 'P-7RT31204PK819452CMUCKDAQ', customer_email: 'ada@example.com', reference: 'C-58' },
    output: agreement,
    async run({ plan_id, customer_email, reference }, api) {
      const body = { plan_id, custom_id: reference, subscriber: { email_address: customer_email } };
      return toAgreement(await api.post('/v1/billing/subscriptions', storedAgreement, { body }));
    },
  }),

  defineTool({
    name: 'paypal_cancel_subscription',
    title: 'Cancel subscription',
    description: 'Ends a subscription at once; it cannot be taken up again.',
    risk: 'destructive',
    input: {
      subscription_id: z
        .string()
        .regex(/^I-[A-Z0-9]{8,40}$/, 'Use the id of a subscription, it begins with I-'),
      reason: z.string().min(1).max(128),
    },
    example: { subscription_id: 'I-RM6B3VT0KW2L', reason: 'The customer closed the business.' },
    output: z.object({ subscription_id: z.string(), cancelled: z.literal(true) }),
    async run({ subscription_id, reason }, api) {
      const address = path`/v1/billing/subscriptions/${subscription_id}/cancel`;
      await api.send('POST', { path: address, body: { reason } });
      return { subscription_id, cancelled: true as const };
    },
  }),
];
