import * as z from 'zod';
import { moneySchema, positiveMoneySchema } from '../../kit/money.ts';
import { oneCurrency } from '../../kit/one-currency.ts';
import { at, byPage, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { fromMoney, invoice, storedInvoice, toInvoice } from './shapes.ts';

const invoiceId = z
  .string()
  .regex(/^INV2(-[A-Z0-9]{4}){4}$/, 'Use the id of an invoice, it begins with INV2-');
const exampleId = 'INV2-8K3L-QP7W-ZT4M-X2RB';
const note = z.string().min(1).max(1_000);

const pages = byPage({
  items: 'items',
  page: 'page',
  limit: 'page_size',
  pages: (reply) => Number(at(reply.body, 'total_pages') ?? 0),
});
const search = '/v2/invoicing/search-invoices';
const statuses = {
  draft: ['DRAFT'],
  open: ['SENT', 'UNPAID', 'PARTIALLY_PAID', 'PAYMENT_PENDING'],
  paid: ['PAID', 'MARKED_AS_PAID'],
  cancelled: ['CANCELLED'],
};

const payments = z.object({
  payments: z
    .object({
      transactions: z.array(z.object({ payment_id: z.string(), note: z.string().nullish() })).nullish(),
    })
    .nullish(),
});
/** A mark made of the call's key, which may be longer than PayPal allows. */
const markOf = (key: string) => `Ref. ${key.slice(0, 200)}`;

/** The draft an earlier attempt created: invoices take no idempotency key, so it is kept in their private memo. */
async function findDraft(api: VendorApi) {
  const { items } = await api.post(search, z.object({ items: z.array(storedInvoice).nullish() }), {
    query: { page: 1, page_size: 1 },
    body: { memo: markOf(api.key) },
    repeatable: true,
  });
  return items?.[0] ?? null;
}

export const invoiceTools = [
  defineTool({
    name: 'paypal_list_invoices',
    title: 'List invoices',
    description:
      'Invoices by state; with due_before only those due until that day (open ones are then overdue).',
    risk: 'read',
    input: {
      state: z.enum(['draft', 'open', 'paid', 'cancelled']).optional(),
      due_before: z.iso.date().optional(),
      ...pageInput(100),
    },
    example: { state: 'open', due_before: '2026-11-01', limit: 10 },
    output: pageOutput(invoice),
    async run({ state, due_before, ...asked }, api) {
      const page = await api.list(search, storedInvoice, pages, asked, {
        method: 'POST',
        query: { total_required: true },
        body: {
          status: state && statuses[state],
          due_date_range: due_before && { start: '2000-01-01', end: due_before },
        },
      });
      return { ...page, items: page.items.map(toInvoice) };
    },
  }),

  defineTool({
    name: 'paypal_create_invoice',
    title: 'Create invoice',
    description: 'Draws up an invoice as a draft. The customer sees it when it is sent.',
    risk: 'write',
    looksFirst: true,
    input: {
      customer_email: z.email().max(254),
      customer_name: z.string().min(1).max(140).optional(),
      number: z.string().min(1).max(25).optional().describe('PayPal counts on when it is left out'),
      due_on: z.iso.date().optional(),
      note: note.optional().describe('For the customer'),
      lines: z
        .array(z.strictObject({ description: z.string().min(1).max(200), amount: positiveMoneySchema }))
        .min(1)
        .max(100),
    },
    example: {
      customer_email: 'ada@example.com',
      customer_name: 'Ada Lovelace',
      number: 'CARE-2026-11',
      due_on: '2026-12-15',
      note: 'Thank you for your trust.',
      lines: [{ description: 'Website care, November', amount: { minor: 4900, currency: 'EUR' } }],
    },
    output: invoice,
    async run({ customer_email, customer_name, number, due_on, note: text, lines }, api) {
      const body = {
        detail: {
          currency_code: oneCurrency(lines, api),
          invoice_number: number,
          note: text,
          memo: markOf(api.key),
          payment_term: due_on && { due_date: due_on },
        },
        primary_recipients: [
          {
            billing_info: {
              email_address: customer_email,
              name: customer_name && { full_name: customer_name },
            },
          },
        ],
        items: lines.map(({ description, amount }) => ({
          name: description,
          quantity: '1',
          unit_amount: fromMoney(amount),
        })),
      };
      const create = () => api.post('/v2/invoicing/invoices', storedInvoice, { body, repeatable: false });
      return toInvoice(await api.createOnce({ find: () => findDraft(api), create }));
    },
  }),

  defineTool({
    name: 'paypal_send_invoice',
    title: 'Send invoice',
    description: 'Mails a draft to its customer. An invoice that was sent is not sent again.',
    risk: 'send',
    idempotent: true,
    input: {
      invoice_id: invoiceId,
      subject: z.string().min(1).max(1_000).optional(),
      note: note.optional(),
    },
    example: { invoice_id: exampleId, subject: 'Your invoice for November', note: 'Thank you.' },
    output: z.object({ invoice_id: z.string(), sent: z.literal(true) }),
    async run({ invoice_id, ...mail }, api) {
      await api.send('POST', {
        path: path`/v2/invoicing/invoices/${invoice_id}/send`,
        body: { ...mail, send_to_recipient: true, send_to_invoicer: false },
      });
      return { invoice_id, sent: true as const };
    },
  }),

  defineTool({
    name: 'paypal_remind_invoice',
    title: 'Remind of invoice',
    description: 'Mails a reminder of an unpaid invoice to its customer.',
    risk: 'send',
    takesNoKey: true,
    input: {
      invoice_id: invoiceId,
      subject: z.string().min(1).max(1_000).optional(),
      note: note.optional(),
    },
    example: { invoice_id: exampleId, subject: 'A friendly reminder', note: 'Was due on 1 November.' },
    output: z.object({ invoice_id: z.string(), reminded: z.literal(true) }),
    async run({ invoice_id, ...mail }, api) {
      await api.send('POST', {
        path: path`/v2/invoicing/invoices/${invoice_id}/remind`,
        body: { ...mail, send_to_invoicer: false },
        repeatable: false,
      });
      return { invoice_id, reminded: true as const };
    },
  }),

  defineTool({
    name: 'paypal_record_invoice_payment',
    title: 'Record payment of invoice',
    description: 'Records that an invoice was paid outside PayPal, in whole or in part. No one is charged.',
    risk: 'write',
    looksFirst: true,
    input: {
      invoice_id: invoiceId,
      amount: positiveMoneySchema,
      paid_on: z.iso.date(),
      method: z.enum(['bank_transfer', 'cash', 'check', 'credit_card', 'debit_card', 'other']),
    },
    example: {
      invoice_id: exampleId,
      amount: { minor: 4900, currency: 'EUR' },
      paid_on: '2026-11-20',
      method: 'bank_transfer',
    },
    output: z.object({ payment_id: z.string(), invoice_id: z.string(), amount: moneySchema }),
    async run({ invoice_id, amount, paid_on, method }, api) {
      const address = path`/v2/invoicing/invoices/${invoice_id}`;
      const { payment_id } = await api.createOnce({
        async find() {
          const { payments: made } = await api.get(address, payments);
          return made?.transactions?.find((one) => one.note === markOf(api.key)) ?? null;
        },
        create: () =>
          api.post(`${address}/payments`, z.object({ payment_id: z.string() }), {
            body: {
              method: method.toUpperCase(),
              payment_date: paid_on,
              amount: fromMoney(amount),
              note: markOf(api.key),
            },
            repeatable: false,
          }),
      });
      return { payment_id, invoice_id, amount };
    },
  }),

  defineTool({
    name: 'paypal_cancel_invoice',
    title: 'Cancel invoice',
    description: 'Cancels an invoice that was sent; the customer is told and can no longer pay it.',
    risk: 'destructive',
    idempotent: true,
    input: { invoice_id: invoiceId, note: note.optional() },
    example: { invoice_id: exampleId, note: 'Replaced by a corrected invoice.' },
    output: invoice,
    async run({ invoice_id, note: text }, api) {
      const address = path`/v2/invoicing/invoices/${invoice_id}`;
      const found = await api.get(address, storedInvoice);
      if (found.status === 'CANCELLED') return toInvoice(found);
      await api.send('POST', {
        path: `${address}/cancel`,
        body: { note: text, send_to_recipient: true, send_to_invoicer: false },
      });
      return toInvoice({ ...found, status: 'CANCELLED' });
    },
  }),
];
