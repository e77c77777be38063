import * as z from 'zod';
import { moneySchema, positiveMoneySchema } from '../../kit/money.ts';
import { oneCurrency } from '../../kit/one-currency.ts';
import { byOffset, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import {
  epochS,
  invoice,
  link,
  moment,
  money,
  notesOf,
  once,
  payment,
  storedInvoice,
  storedLink,
  storedPayment,
  storedSubscription,
  subscription,
  toInvoice,
  toLink,
  toPayment,
  toSubscription,
} from './shapes.ts';

const pages = byOffset({ items: 'items', offset: 'skip', limit: 'count' });
const idOf = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9]+$`), `Use the id of ${what}, it begins with ${prefix}_`);
const times = { from: z.iso.datetime().optional(), until: z.iso.datetime().optional() };
const customer = {
  customer_name: z.string().min(3).max(50),
  customer_email: z.email().max(64),
  customer_phone: z
    .string()
    .regex(/^\+?\d{8,14}$/, 'Use digits with the country code')
    .optional(),
};
interface Customer {
  customer_name: string;
  customer_email: string;
  customer_phone?: string | undefined;
}
const toCustomer = ({ customer_name, customer_email, customer_phone }: Customer) => ({
  name: customer_name,
  email: customer_email,
  contact: customer_phone,
});
const text = z.string().min(1).max(2_048);

export const tools = [
  defineTool({
    name: 'razorpay_list_payments',
    title: 'List payments',
    description: 'Payments of a time, newest first, with what was refunded of them.',
    risk: 'read',
    input: { ...times, ...pageInput(100) },
    example: { from: '2026-10-01T00:00:00Z', until: '2026-10-31T23:59:59Z', limit: 10 },
    output: pageOutput(payment),
    async run({ from, until, ...asked }, api) {
      const query = { from: epochS(from), to: epochS(until) };
      const page = await api.list('/payments', storedPayment, pages, asked, { query });
      return { ...page, items: page.items.map(toPayment) };
    },
  }),

  defineTool({
    name: 'razorpay_create_payment_link',
    title: 'Create payment link',
    description: 'A page where one customer can pay an amount once. No one is notified yet.',
    risk: 'write',
    looksFirst: true,
    input: {
      amount: positiveMoneySchema,
      description: text,
      ...customer,
      expires_at: z.iso.datetime().optional(),
    },
    example: {
      amount: { minor: 249_900, currency: 'INR' },
      description: 'Website care, November',
      customer_name: 'Asha Rao',
      customer_email: 'asha@example.com',
      customer_phone: '+919000000001',
      expires_at: '2026-12-31T18:30:00Z',
    },
    output: link,
    async run({ amount, description, expires_at, ...who }, api) {
      const body = {
        amount: amount.minor,
        currency: amount.currency,
        description,
        customer: toCustomer(who),
        notify: { sms: false, email: false },
        expire_by: epochS(expires_at),
        notes: notesOf(api),
      };
      const newest = { path: '/payment_links', items: 'payment_links' };
      const create = () => api.post('/payment_links', storedLink, { body });
      return toLink(await once(api, storedLink, newest, create));
    },
  }),

  defineTool({
    name: 'razorpay_send_payment_link',
    title: 'Send payment link',
    description: 'Sends a payment link to its customer by email or SMS.',
    risk: 'send',
    input: {
      payment_link_id: idOf('plink', 'a payment link'),
      by: z.enum(['email', 'sms']).default('email'),
    },
    example: { payment_link_id: 'plink_Ng71xCare', by: 'email' },
    output: z.object({ payment_link_id: z.string(), sent: z.boolean() }),
    async run({ payment_link_id, by }, api) {
      const address = path`/payment_links/${payment_link_id}/notify_by/${by}`;
      const { success } = await api.post(address, z.object({ success: z.boolean() }));
      return { payment_link_id, sent: success };
    },
  }),

  defineTool({
    name: 'razorpay_list_invoices',
    title: 'List invoices',
    description: 'Invoices of a time, newest first; open tells what is still to be paid of each.',
    risk: 'read',
    input: { ...times, ...pageInput(100) },
    example: { from: '2026-10-01T00:00:00Z', limit: 10 },
    output: pageOutput(invoice),
    async run({ from, until, ...asked }, api) {
      const query = { type: 'invoice', from: epochS(from), to: epochS(until) };
      const page = await api.list('/invoices', storedInvoice, pages, asked, { query });
      return { ...page, items: page.items.map(toInvoice) };
    },
  }),

  defineTool({
    name: 'razorpay_create_invoice',
    title: 'Create invoice',
    description: 'Draws up an invoice as a draft. The customer gets it when it is issued.',
    risk: 'write',
    looksFirst: true,
    input: {
      ...customer,
      number: z.string().min(1).max(40).optional(),
      description: text.optional(),
      expires_at: z.iso.datetime().optional().describe('Until when it can be paid'),
      lines: z
        .array(z.strictObject({ description: z.string().min(1).max(512), amount: positiveMoneySchema }))
        .min(1)
        .max(50),
    },
    example: {
      customer_name: 'Asha Rao',
      customer_email: 'asha@example.com',
      number: 'CARE-2026-11',
      description: 'Website care, November',
      expires_at: '2026-12-31T18:30:00Z',
      lines: [{ description: 'Website care', amount: { minor: 249_900, currency: 'INR' } }],
    },
    output: invoice,
    async run({ number, description, expires_at, lines, ...who }, api) {
      const currency = oneCurrency(lines, api);
      const body = {
        type: 'invoice',
        draft: '1',
        receipt: number,
        description,
        currency,
        customer: toCustomer(who),
        line_items: lines.map((line) => ({
          name: line.description,
          amount: line.amount.minor,
          currency,
          quantity: 1,
        })),
        expire_by: epochS(expires_at),
        notes: notesOf(api),
      };
      const newest = { path: '/invoices', items: 'items', query: { type: 'invoice' } };
      const create = () => api.post('/invoices', storedInvoice, { body });
      return toInvoice(await once(api, storedInvoice, newest, create));
    },
  }),

  defineTool({
    name: 'razorpay_issue_invoice',
    title: 'Issue invoice',
    description: 'Issues a draft: its customer gets it by email and SMS and can pay it.',
    risk: 'send',
    input: { invoice_id: idOf('inv', 'an invoice') },
    example: { invoice_id: 'inv_Ng71xNovember' },
    output: invoice,
    async run({ invoice_id }, api) {
      return toInvoice(await api.post(path`/invoices/${invoice_id}/issue`, storedInvoice));
    },
  }),

  defineTool({
    name: 'razorpay_create_plan',
    title: 'Create plan',
    description: 'What subscriptions cost and how often. Plans cannot be changed or removed.',
    risk: 'write',
    looksFirst: true,
    input: {
      name: z.string().min(1).max(255),
      amount: positiveMoneySchema,
      period: z.enum(['daily', 'weekly', 'monthly', 'yearly']),
      every: z.int().min(1).max(365).default(1).describe('Number of periods; at least 7 for daily'),
    },
    example: {
      name: 'Website care',
      amount: { minor: 249_900, currency: 'INR' },
      period: 'monthly',
      every: 1,
    },
    output: z.object({ id: z.string(), name: z.string(), amount: moneySchema }),
    async run({ name, amount, period, every }, api) {
      if (period === 'daily' && every < 7) api.refuse('every', 'Daily plans recur every 7 days or more.');
      const stored = z.object({
        id: z.string(),
        item: z.object({ name: z.string(), amount: z.int(), currency: z.string() }),
      });
      const item = { name, amount: amount.minor, currency: amount.currency };
      const body = { period, interval: every, item, notes: notesOf(api) };
      const newest = { path: '/plans', items: 'items' };
      const plan = await once(api, stored, newest, () => api.post('/plans', stored, { body }));
      return { id: plan.id, name: plan.item.name, amount: money(plan.item.amount, plan.item.currency) };
    },
  }),

  defineTool({
    name: 'razorpay_create_subscription',
    title: 'Create subscription',
    description:
      'Prepares a subscription to a plan. It begins when the customer agrees at the returned page.',
    risk: 'write',
    looksFirst: true,
    input: {
      plan_id: idOf('plan', 'a plan'),
      payments: z.int().min(1).max(1_200).describe('After how many payments it ends'),
      starts_at: z.iso.datetime().optional(),
    },
    example: { plan_id: 'plan_Ng71xCare', payments: 12, starts_at: '2026-12-01T00:00:00Z' },
    output: subscription,
    async run({ plan_id, payments, starts_at }, api) {
      const body = {
        plan_id,
        total_count: payments,
        start_at: epochS(starts_at),
        customer_notify: 0,
        notes: notesOf(api),
      };
      const newest = { path: '/subscriptions', items: 'items', query: { plan_id } };
      const create = () => api.post('/subscriptions', storedSubscription, { body });
      return toSubscription(await once(api, storedSubscription, newest, create));
    },
  }),

  defineTool({
    name: 'razorpay_cancel_subscription',
    title: 'Cancel subscription',
    description: 'Ends a subscription: at the end of what is paid, or at once.',
    risk: 'destructive',
    input: { subscription_id: idOf('sub', 'a subscription'), at_period_end: z.boolean().default(true) },
    example: { subscription_id: 'sub_Ng71xCare', at_period_end: true },
    output: subscription,
    async run({ subscription_id, at_period_end }, api) {
      const body = { cancel_at_cycle_end: at_period_end ? 1 : 0 };
      const address = path`/subscriptions/${subscription_id}/cancel`;
      return toSubscription(await api.post(address, storedSubscription, { body }));
    },
  }),

  defineTool({
    name: 'razorpay_refund_payment',
    title: 'Refund payment',
    description: 'Gives a captured payment back, whole or in part.',
    risk: 'money',
    looksFirst: true,
    input: { payment_id: idOf('pay', 'a payment'), amount: positiveMoneySchema.optional() },
    example: { payment_id: 'pay_Ng71xPaid', amount: { minor: 100_000, currency: 'INR' } },
    output: z.object({ id: z.string(), status: z.string(), amount: moneySchema }),
    async run({ payment_id, amount }, api) {
      const address = path`/payments/${payment_id}`;
      // The amount goes without its currency, so Razorpay would not notice a wrong one.
      const { currency } = await api.get(address, storedPayment);
      if (amount && amount.currency !== currency) {
        api.refuse('amount', `This payment was made in ${currency}.`);
      }
      const stored = z.object({ id: z.string(), amount: z.int(), currency: z.string(), status: z.string() });
      const body = { amount: amount?.minor, speed: 'normal', notes: notesOf(api) };
      const newest = { path: `${address}/refunds`, items: 'items' };
      const create = () => api.post(`${address}/refund`, stored, { body });
      const refund = await once(api, stored, newest, create);
      return { id: refund.id, status: refund.status, amount: money(refund.amount, refund.currency) };
    },
  }),

  defineTool({
    name: 'razorpay_list_settlements',
    title: 'List settlements',
    description: 'What Razorpay paid out to the bank account of the business, newest first.',
    risk: 'read',
    input: { ...times, ...pageInput(100) },
    example: { from: '2026-10-01T00:00:00Z', limit: 10 },
    output: pageOutput(
      z.object({
        id: z.string(),
        amount: moneySchema,
        fees: moneySchema,
        status: z.string(),
        bank_reference: z.string().nullable(),
        created_at: z.string().nullable(),
      }),
    ),
    async run({ from, until, ...asked }, api) {
      const stored = z.object({
        id: z.string(),
        amount: z.int(),
        fees: z.int().nullish(),
        status: z.string(),
        utr: z.string().nullish(),
        created_at: z.int(),
      });
      const query = { from: epochS(from), to: epochS(until) };
      const page = await api.list('/settlements', stored, pages, asked, { query });
      const currency = api.account['currency'] ?? 'INR';
      const items = page.items.map((one) => ({
        id: one.id,
        amount: money(one.amount, currency),
        fees: money(one.fees ?? 0, currency),
        status: one.status,
        bank_reference: one.utr ?? null,
        created_at: moment(one.created_at),
      }));
      return { ...page, items };
    },
  }),
];
