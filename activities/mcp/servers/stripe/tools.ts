import * as z from 'zod';
import { moneySchema, positiveMoneySchema, type ToolMoney } from '../../kit/money.ts';
import { byLastId, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';

const pages = byLastId({
  items: 'data',
  param: 'starting_after',
  limit: 'limit',
  more: 'has_more',
  id: 'id',
});

/** Stripe counts in minor units and writes currencies in lower case. */
const money = (amount: number, currency: string): ToolMoney => ({
  minor: amount,
  currency: currency.toUpperCase(),
});
const small = ({ currency }: ToolMoney) => currency.toLowerCase();

const idOf = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9]+$`), `Use the id of ${what}, it begins with ${prefix}_`);
const customerId = idOf('cus', 'a customer');

const stripeCustomer = z.object({ id: z.string(), email: z.string().nullish(), name: z.string().nullish() });
const customer = z.object({ id: z.string(), email: z.string().nullable(), name: z.string().nullable() });
const toCustomer = ({ id, email, name }: z.output<typeof stripeCustomer>) => ({
  id,
  email: email ?? null,
  name: name ?? null,
});

const stripeInvoice = z.object({
  id: z.string(),
  number: z.string().nullish(),
  status: z.string().nullish(),
  currency: z.string(),
  amount_due: z.int(),
  amount_remaining: z.int(),
  due_date: z.int().nullish(),
  hosted_invoice_url: z.string().nullish(),
});
const invoice = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.string(),
  due: moneySchema,
  open: moneySchema,
  due_at: z.string().nullable(),
  page_url: z.string().nullable(),
});
const toInvoice = (from: z.output<typeof stripeInvoice>) => ({
  id: from.id,
  number: from.number ?? null,
  status: from.status ?? 'draft',
  due: money(from.amount_due, from.currency),
  open: money(from.amount_remaining, from.currency),
  due_at: from.due_date ? new Date(from.due_date * 1_000).toISOString() : null,
  page_url: from.hosted_invoice_url ?? null,
});

const stripeSubscription = z.object({
  id: z.string(),
  status: z.string(),
  cancel_at_period_end: z.boolean(),
  items: z.object({ data: z.array(z.object({ id: z.string(), current_period_end: z.int().nullish() })) }),
});
const subscription = z.object({
  id: z.string(),
  status: z.string(),
  ends_at_period_end: z.boolean(),
  period_ends_at: z.string().nullable(),
});
const toSubscription = (from: z.output<typeof stripeSubscription>) => {
  const endS = from.items.data[0]?.current_period_end;
  return {
    id: from.id,
    status: from.status,
    ends_at_period_end: from.cancel_at_period_end,
    period_ends_at: endS ? new Date(endS * 1_000).toISOString() : null,
  };
};

const amount = z.object({ amount: z.int(), currency: z.string() });

export const tools = [
  defineTool({
    name: 'stripe_get_balance',
    title: 'Balance',
    description: 'What is available for payout and what is still on its way, per currency.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ available: z.array(moneySchema), pending: z.array(moneySchema) }),
    async run(_input, api) {
      const balance = await api.get(
        '/v1/balance',
        z.object({ available: z.array(amount), pending: z.array(amount) }),
      );
      const all = (list: z.output<typeof amount>[]) => list.map((one) => money(one.amount, one.currency));
      return { available: all(balance.available), pending: all(balance.pending) };
    },
  }),

  defineTool({
    name: 'stripe_list_customers',
    title: 'List customers',
    description: 'Customers, newest first; by email address when given.',
    risk: 'read',
    input: { email: z.email().optional(), ...pageInput(100) },
    example: { email: 'ada@example.com', limit: 10 },
    output: pageOutput(customer),
    async run({ email, ...asked }, api) {
      const page = await api.list('/v1/customers', stripeCustomer, pages, asked, { query: { email } });
      return { ...page, items: page.items.map(toCustomer) };
    },
  }),

  defineTool({
    name: 'stripe_create_customer',
    title: 'Create customer',
    description: 'Adds a customer. Returns its id, which invoices and subscriptions need.',
    risk: 'write',
    input: {
      name: z.string().min(1).max(256),
      email: z.email(),
      description: z.string().max(500).optional(),
    },
    example: { name: 'Ada Lovelace', email: 'ada@example.com', description: 'Analytical engines' },
    output: customer,
    async run(input, api) {
      return toCustomer(await api.post('/v1/customers', stripeCustomer, { body: input }));
    },
  }),

  defineTool({
    name: 'stripe_list_overdue_invoices',
    title: 'List overdue invoices',
    description: 'Open invoices whose due date lies before the given moment, with what is still open.',
    risk: 'read',
    input: { due_before: z.iso.datetime(), ...pageInput(100) },
    example: { due_before: '2026-11-01T00:00:00Z', limit: 10 },
    output: pageOutput(invoice),
    async run({ due_before, ...asked }, api) {
      const query = {
        status: 'open',
        collection_method: 'send_invoice',
        'due_date[lt]': Math.floor(Date.parse(due_before) / 1_000),
      };
      const page = await api.list('/v1/invoices', stripeInvoice, pages, asked, { query });
      return { ...page, items: page.items.map(toInvoice) };
    },
  }),

  defineTool({
    name: 'stripe_create_invoice',
    title: 'Create and finalise invoice',
    description: 'Draws up an invoice with its lines and finalises it. It is not sent yet.',
    risk: 'write',
    input: {
      customer_id: customerId,
      days_until_due: z.int().min(0).max(365).default(14),
      lines: z
        .array(z.strictObject({ description: z.string().min(1).max(500), amount: positiveMoneySchema }))
        .min(1)
        .max(50),
    },
    example: {
      customer_id: 'cus_Qd81LmVw3',
      days_until_due: 14,
      lines: [{ description: 'Website care, November', amount: { minor: 4900, currency: 'EUR' } }],
    },
    output: invoice,
    async run({ customer_id, days_until_due, lines }, api) {
      const currencies = new Set(lines.map(({ amount: { currency } }) => currency));
      if (currencies.size > 1) api.refuse('lines', 'All lines of an invoice are in one currency.');
      const draft = await api.post('/v1/invoices', stripeInvoice, {
        body: {
          customer: customer_id,
          collection_method: 'send_invoice',
          days_until_due,
          currency: small(lines[0]!.amount),
          pending_invoice_items_behavior: 'exclude',
        },
      });
      for (const line of lines) {
        await api.post('/v1/invoiceitems', z.object({ id: z.string() }), {
          body: {
            customer: customer_id,
            invoice: draft.id,
            amount: line.amount.minor,
            currency: small(line.amount),
            description: line.description,
          },
        });
      }
      return toInvoice(await api.post(path`/v1/invoices/${draft.id}/finalize`, stripeInvoice));
    },
  }),

  defineTool({
    name: 'stripe_send_invoice',
    title: 'Send invoice',
    description: 'Mails a finalised invoice to its customer.',
    risk: 'send',
    input: { invoice_id: idOf('in', 'an invoice') },
    example: { invoice_id: 'in_1Q0November' },
    output: invoice,
    async run({ invoice_id }, api) {
      return toInvoice(await api.post(path`/v1/invoices/${invoice_id}/send`, stripeInvoice));
    },
  }),

  defineTool({
    name: 'stripe_create_payment_link',
    title: 'Create payment link',
    description: 'A page where anybody can pay for a price that exists. Returns its address.',
    risk: 'write',
    input: { price_id: idOf('price', 'a price'), quantity: z.int().min(1).max(999).default(1) },
    example: { price_id: 'price_1Q0MonthlyCare', quantity: 1 },
    output: z.object({ id: z.string(), url: z.url() }),
    async run({ price_id, quantity }, api) {
      return api.post('/v1/payment_links', z.object({ id: z.string(), url: z.url() }), {
        body: { line_items: [{ price: price_id, quantity }] },
      });
    },
  }),

  defineTool({
    name: 'stripe_create_subscription',
    title: 'Create subscription',
    description: 'Starts a subscription; the customer is charged from now on.',
    risk: 'money',
    input: {
      customer_id: customerId,
      price_id: idOf('price', 'a price'),
      trial_days: z.int().min(0).max(730).optional(),
    },
    example: {
      customer_id: 'cus_Qd81LmVw3',
      price_id: 'price_1Q0MonthlyCare',
      trial_days: 14,
    },
    output: subscription,
    async run({ customer_id, price_id, trial_days }, api) {
      const body = { customer: customer_id, items: [{ price: price_id }], trial_period_days: trial_days };
      return toSubscription(await api.post('/v1/subscriptions', stripeSubscription, { body }));
    },
  }),

  defineTool({
    name: 'stripe_cancel_subscription',
    title: 'Cancel subscription',
    description: 'Ends a subscription: at the end of what is paid, or at once.',
    risk: 'destructive',
    input: { subscription_id: idOf('sub', 'a subscription'), at_period_end: z.boolean().default(true) },
    example: { subscription_id: 'sub_1Q0Care', at_period_end: true },
    output: subscription,
    async run({ subscription_id, at_period_end }, api) {
      const address = path`/v1/subscriptions/${subscription_id}`;
      return toSubscription(
        at_period_end
          ? await api.post(address, stripeSubscription, { body: { cancel_at_period_end: true } })
          : await api.delete(address, stripeSubscription),
      );
    },
  }),

  defineTool({
    name: 'stripe_create_refund',
    title: 'Refund payment',
    description: 'Gives a payment back, whole or in part.',
    risk: 'money',
    input: { payment_intent_id: idOf('pi', 'a payment'), amount: positiveMoneySchema.optional() },
    example: { payment_intent_id: 'pi_1Q0Paid', amount: { minor: 1050, currency: 'EUR' } },
    output: z.object({ id: z.string(), status: z.string(), amount: moneySchema }),
    async run({ payment_intent_id, amount: part }, api) {
      if (part) {
        // Stripe takes the amount without its currency, so Stripe would not notice a wrong one.
        const payment = await api.get(
          path`/v1/payment_intents/${payment_intent_id}`,
          z.object({ currency: z.string() }),
        );
        if (payment.currency !== small(part)) {
          api.refuse('amount', `This payment was made in ${payment.currency.toUpperCase()}.`);
        }
      }
      const refund = await api.post('/v1/refunds', amount.extend({ id: z.string(), status: z.string() }), {
        body: { payment_intent: payment_intent_id, amount: part?.minor },
      });
      return { id: refund.id, status: refund.status, amount: money(refund.amount, refund.currency) };
    },
  }),
];
