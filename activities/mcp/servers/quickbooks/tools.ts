import * as z from 'zod';
import { moneySchema, positiveMoneySchema, toMajorNumber } from '../../kit/money.ts';
import { oneCurrency } from '../../kit/one-currency.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { currencyRef, invoice, pagesOf, quoted, storedInvoice, toInvoice, toInvoices } from './books.ts';
import { linesOf, storedReport } from './report.ts';

const id = z.string().regex(/^\d{1,20}$/, 'Use the number that QuickBooks gave it');
const description = z.string().min(1).max(4_000);
const oneInvoice = z.object({ Invoice: storedInvoice });
const readInvoice = async (api: VendorApi, invoiceId: string) =>
  (await api.get(path`/invoice/${invoiceId}`, oneInvoice)).Invoice;

/** What can be looked up by name: QuickBooks' entity, and its name field. */
const kinds = {
  customer: { entity: 'Customer', name: 'DisplayName' },
  vendor: { entity: 'Vendor', name: 'DisplayName' },
  item: { entity: 'Item', name: 'Name' },
  account: { entity: 'Account', name: 'Name' },
} as const;
const named = z.object({
  Id: z.string(),
  DisplayName: z.string().nullish(),
  Name: z.string().nullish(),
  PrimaryEmailAddr: z.object({ Address: z.string().nullish() }).nullish(),
});
const record = z.object({ id: z.string(), name: z.string(), email: z.string().nullable() });
const toRecord = (from: z.output<typeof named>) => ({
  id: from.Id,
  name: from.DisplayName ?? from.Name ?? '',
  email: from.PrimaryEmailAddr?.Address ?? null,
});

export const tools = [
  defineTool({
    name: 'quickbooks_get_company',
    title: 'Company',
    description: 'The company of these books: name, country and email address.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ name: z.string(), country: z.string().nullable(), email: z.string().nullable() }),
    async run(_input, api) {
      const { CompanyInfo } = await api.get(
        path`/companyinfo/${api.account['realmId'] ?? ''}`,
        z.object({
          CompanyInfo: z.object({
            CompanyName: z.string(),
            Country: z.string().nullish(),
            Email: z.object({ Address: z.string().nullish() }).nullish(),
          }),
        }),
      );
      const { CompanyName, Country, Email } = CompanyInfo;
      return { name: CompanyName, country: Country ?? null, email: Email?.Address ?? null };
    },
  }),

  defineTool({
    name: 'quickbooks_find_records',
    title: 'Find customers, vendors, items or accounts',
    description:
      'Active records of one kind by the beginning of their name, with the ids that other tools need.',
    risk: 'read',
    input: {
      kind: z.enum(['customer', 'vendor', 'item', 'account']),
      name_begins_with: z.string().min(1).max(100).optional(),
      ...pageInput(1_000),
    },
    example: { kind: 'customer', name_begins_with: "O'Hara", limit: 10 },
    output: pageOutput(record),
    async run({ kind, name_begins_with, ...asked }, api) {
      const { entity, name } = kinds[kind];
      const begins = name_begins_with?.replace(/%/g, '');
      const condition = `Active = true${begins ? ` and ${name} like ${quoted(`${begins}%`)}` : ''}`;
      const page = await api.list('/query', named, pagesOf(entity, condition, name), asked);
      return { ...page, items: page.items.map(toRecord) };
    },
  }),

  defineTool({
    name: 'quickbooks_create_customer',
    title: 'Create customer',
    description: 'Adds a customer. The name must not be in use by another customer, vendor or employee.',
    risk: 'write',
    input: {
      name: z.string().min(1).max(500),
      email: z.email().max(100).optional(),
      phone: z.string().min(3).max(30).optional(),
      notes: z.string().max(2_000).optional(),
    },
    example: {
      name: 'Hara Bakery',
      email: 'office@hara-bakery.example',
      phone: '+1 555 0100',
      notes: 'Pays late',
    },
    output: record,
    async run({ name, email, phone, notes }, api) {
      const body = {
        DisplayName: name,
        PrimaryEmailAddr: email && { Address: email },
        PrimaryPhone: phone && { FreeFormNumber: phone },
        Notes: notes,
      };
      return toRecord((await api.post('/customer', z.object({ Customer: named }), { body })).Customer);
    },
  }),

  defineTool({
    name: 'quickbooks_list_overdue_invoices',
    title: 'List overdue invoices',
    description: 'Invoices with an open balance that were due before the given day, longest overdue first.',
    risk: 'read',
    input: { due_before: z.iso.date(), ...pageInput(1_000) },
    example: { due_before: '2026-11-01', limit: 10 },
    output: pageOutput(invoice),
    async run({ due_before, ...asked }, api) {
      const condition = `Balance > '0' and DueDate < ${quoted(due_before)}`;
      const pages = pagesOf('Invoice', condition, 'DueDate');
      const page = await api.list('/query', storedInvoice, pages, asked);
      return { ...page, items: await toInvoices(api, page.items) };
    },
  }),

  defineTool({
    name: 'quickbooks_create_invoice',
    title: 'Create invoice',
    description: 'Writes an invoice into the books. It is not mailed yet.',
    risk: 'write',
    input: {
      customer_id: id,
      due_on: z.iso.date(),
      lines: z
        .array(
          z.strictObject({ item_id: id, description: description.optional(), amount: positiveMoneySchema }),
        )
        .min(1)
        .max(50),
      email: z.email().max(100).optional().describe('Where the invoice is to be mailed to later'),
    },
    example: {
      customer_id: '58',
      due_on: '2026-12-15',
      lines: [
        { item_id: '3', description: 'Website care, November', amount: { minor: 4900, currency: 'USD' } },
      ],
      email: 'office@hara-bakery.example',
    },
    output: invoice,
    async run({ customer_id, due_on, lines, email }, api) {
      const currency = oneCurrency(lines, api);
      const body = {
        ...(await currencyRef(api, currency, 'lines')),
        CustomerRef: { value: customer_id },
        DueDate: due_on,
        BillEmail: email && { Address: email },
        Line: lines.map(({ item_id, description: text, amount }) => ({
          DetailType: 'SalesItemLineDetail',
          Amount: toMajorNumber(amount),
          Description: text,
          SalesItemLineDetail: { ItemRef: { value: item_id } },
        })),
      };
      return toInvoice(api, (await api.post('/invoice', oneInvoice, { body })).Invoice);
    },
  }),

  defineTool({
    name: 'quickbooks_send_invoice',
    title: 'Send invoice',
    description: 'Mails an invoice to its customer, or to the given address, which the invoice then keeps.',
    risk: 'send',
    input: { invoice_id: id, email: z.email().max(100).optional() },
    example: { invoice_id: '239', email: 'office@hara-bakery.example' },
    output: invoice,
    async run({ invoice_id, email }, api) {
      const sent = await api.post(path`/invoice/${invoice_id}/send`, oneInvoice, {
        query: { sendTo: email },
        raw: { content: Buffer.alloc(0), type: 'application/octet-stream' },
      });
      return toInvoice(api, sent.Invoice);
    },
  }),

  defineTool({
    name: 'quickbooks_record_payment',
    title: 'Record payment',
    description: 'Records that an invoice was paid, in whole or in part. No one is charged.',
    risk: 'write',
    input: {
      invoice_id: id,
      amount: positiveMoneySchema,
      paid_on: z.iso.date(),
      reference: z.string().min(1).max(21).optional().describe('Number of the cheque or transfer'),
    },
    example: {
      invoice_id: '239',
      amount: { minor: 4900, currency: 'USD' },
      paid_on: '2026-11-20',
      reference: 'TR-88121',
    },
    output: z.object({ payment_id: z.string(), invoice_id: z.string(), amount: moneySchema }),
    async run({ invoice_id, amount, paid_on, reference }, api) {
      const paid = await readInvoice(api, invoice_id);
      const currency = paid.CurrencyRef?.value;
      if (currency && currency !== amount.currency) api.refuse('amount', `This invoice is in ${currency}.`);
      const body = {
        ...(await currencyRef(api, amount.currency, 'amount')),
        CustomerRef: { value: paid.CustomerRef.value },
        TotalAmt: toMajorNumber(amount),
        TxnDate: paid_on,
        PaymentRefNum: reference,
        Line: [{ Amount: toMajorNumber(amount), LinkedTxn: [{ TxnId: invoice_id, TxnType: 'Invoice' }] }],
      };
      const answer = z.object({ Payment: z.object({ Id: z.string() }) });
      const { Payment } = await api.post('/payment', answer, { body });
      return { payment_id: Payment.Id, invoice_id, amount };
    },
  }),

  defineTool({
    name: 'quickbooks_create_bill',
    title: 'Enter bill',
    description: 'Enters what a vendor asks of the business, by expense account. It is not paid by this.',
    risk: 'write',
    input: {
      vendor_id: id,
      due_on: z.iso.date(),
      number: z.string().min(1).max(21).optional().describe("The vendor's number of the bill"),
      lines: z
        .array(
          z.strictObject({
            account_id: id,
            description: description.optional(),
            amount: positiveMoneySchema,
          }),
        )
        .min(1)
        .max(50),
    },
    example: {
      vendor_id: '41',
      due_on: '2026-12-01',
      number: 'R-2026-117',
      lines: [
        { account_id: '7', description: 'Hosting, November', amount: { minor: 12050, currency: 'USD' } },
      ],
    },
    output: z.object({ id: z.string(), number: z.string().nullable(), total: moneySchema }),
    async run({ vendor_id, due_on, number, lines }, api) {
      const currency = oneCurrency(lines, api);
      const body = {
        ...(await currencyRef(api, currency, 'lines')),
        VendorRef: { value: vendor_id },
        DueDate: due_on,
        DocNumber: number,
        Line: lines.map(({ account_id, description: text, amount }) => ({
          DetailType: 'AccountBasedExpenseLineDetail',
          Amount: toMajorNumber(amount),
          Description: text,
          AccountBasedExpenseLineDetail: { AccountRef: { value: account_id } },
        })),
      };
      const answer = z.object({ Bill: z.object({ Id: z.string(), DocNumber: z.string().nullish() }) });
      const { Bill } = await api.post('/bill', answer, { body });
      const minor = lines.reduce((sum, { amount }) => sum + amount.minor, 0);
      return { id: Bill.Id, number: Bill.DocNumber ?? null, total: { minor, currency } };
    },
  }),

  defineTool({
    name: 'quickbooks_void_invoice',
    title: 'Void invoice',
    description:
      'Sets an invoice to nothing. It stays in the books with its number and can not be brought back.',
    risk: 'destructive',
    idempotent: true,
    input: { invoice_id: id },
    example: { invoice_id: '239' },
    output: invoice,
    async run({ invoice_id }, api) {
      const found = await readInvoice(api, invoice_id);
      const isVoid = found.TotalAmt === 0 && /^voided/i.test(found.PrivateNote ?? '');
      if (isVoid) return toInvoice(api, found);
      const { Invoice } = await api.post('/invoice', oneInvoice, {
        query: { operation: 'void' },
        body: { Id: found.Id, SyncToken: found.SyncToken },
      });
      return toInvoice(api, Invoice);
    },
  }),

  defineTool({
    name: 'quickbooks_get_profit_and_loss',
    title: 'Profit and loss',
    description: 'Income and expenses of a time by account, with the sums of their sections.',
    risk: 'read',
    input: {
      from: z.iso.date(),
      until: z.iso.date(),
      method: z.enum(['cash', 'accrual']).default('accrual'),
    },
    example: { from: '2026-10-01', until: '2026-10-31', method: 'accrual' },
    output: z.object({
      from: z.string(),
      until: z.string(),
      lines: z.array(
        z.object({
          label: z.string(),
          depth: z.int().describe('How many sections it lies within'),
          is_sum: z.boolean(),
          amount: moneySchema.nullable(),
        }),
      ),
    }),
    async run({ from, until, method }, api) {
      const report = await api.get('/reports/ProfitAndLoss', storedReport, {
        query: {
          start_date: from,
          end_date: until,
          accounting_method: method === 'cash' ? 'Cash' : 'Accrual',
        },
      });
      const { Currency, StartPeriod, EndPeriod } = report.Header;
      return { from: StartPeriod, until: EndPeriod, lines: linesOf(report.Rows.Row ?? [], Currency) };
    },
  }),
];
