import * as z from 'zod';
import { moneySchema, positiveMoneySchema, toMajorNumber } from '../../kit/money.ts';
import { oneCurrency } from '../../kit/one-currency.ts';
import { at, byPage, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import type { Reply } from '../../kit/request.ts';
import {
  atOrganisation,
  invoice,
  linesOf,
  oneInvoice,
  readOrganisation,
  storedInvoice,
  storedReport,
  toInvoice,
} from './books.ts';

const pagesOf = (items: string) =>
  byPage({
    items,
    page: 'page',
    limit: 'pageSize',
    pages: (reply: Reply) => Number(at(reply.body, 'pagination.pageCount') ?? 0),
  });

const id = z.uuid('Use the id that Xero gave it');
const invoiceId = { invoice_id: id };
const exampleId = { invoice_id: '5b2f6a3e-0f1d-4c57-9d21-64a1c1b0a7e2' };

/** A day in a filter: `DateTime(2026,11,01)`. */
const dateTime = (day: string) => `DateTime(${day.replaceAll('-', ',')})`;

async function setStatus(api: VendorApi, invoice_id: string, Status: string) {
  const there = await atOrganisation(api);
  const body = { Invoices: [{ InvoiceID: invoice_id, Status }] };
  const { Invoices } = await there.post(path`/Invoices/${invoice_id}`, oneInvoice, { body });
  return toInvoice(Invoices[0]!);
}

const storedContact = z.object({
  ContactID: z.string(),
  Name: z.string(),
  EmailAddress: z.string().nullish(),
});
const contact = z.object({ id: z.string(), name: z.string(), email: z.string().nullable() });
const toContact = (from: z.output<typeof storedContact>) => ({
  id: from.ContactID,
  name: from.Name,
  email: from.EmailAddress || null,
});

export const tools = [
  defineTool({
    name: 'xero_get_organisation',
    title: 'Organisation',
    description: 'Whose books these are: name, country and currency.',
    risk: 'read',
    input: {},
    example: {},
    output: z.object({ name: z.string(), country: z.string().nullable(), currency: z.string() }),
    async run(_input, api) {
      const found = await readOrganisation(await atOrganisation(api));
      return { name: found.Name, country: found.CountryCode ?? null, currency: found.BaseCurrency };
    },
  }),

  defineTool({
    name: 'xero_list_contacts',
    title: 'List contacts',
    description: 'Customers and suppliers, by a part of their name, email address or number when given.',
    risk: 'read',
    input: { search: z.string().min(1).max(100).optional(), ...pageInput(1_000) },
    example: { search: 'Hara', limit: 10 },
    output: pageOutput(contact),
    async run({ search, ...asked }, api) {
      const there = await atOrganisation(api);
      const query = { searchTerm: search, order: 'Name ASC' };
      const page = await there.list('/Contacts', storedContact, pagesOf('Contacts'), asked, { query });
      return { ...page, items: page.items.map(toContact) };
    },
  }),

  defineTool({
    name: 'xero_save_contact',
    title: 'Save contact',
    description: 'Adds a contact, or brings the one of the same name up to date. Names are unique in Xero.',
    risk: 'write',
    idempotent: true,
    input: {
      name: z.string().min(1).max(255),
      email: z.email().max(255).optional(),
      phone: z.string().min(3).max(50).optional(),
    },
    example: { name: 'Hara Bakery', email: 'office@hara-bakery.example', phone: '5550100' },
    output: contact,
    async run({ name, email, phone }, api) {
      const there = await atOrganisation(api);
      const Phones = phone ? [{ PhoneType: 'DEFAULT', PhoneNumber: phone }] : undefined;
      const answer = z.object({ Contacts: z.array(storedContact).length(1) });
      const body = { Contacts: [{ Name: name, EmailAddress: email, Phones }] };
      return toContact((await there.post('/Contacts', answer, { body })).Contacts[0]!);
    },
  }),

  defineTool({
    name: 'xero_list_accounts',
    title: 'List accounts',
    description: 'Active accounts: codes for the lines of invoices, ids of bank accounts for payments.',
    risk: 'read',
    input: { kind: z.enum(['all', 'bank', 'revenue', 'expense']).default('all') },
    example: { kind: 'bank' },
    output: z.object({
      accounts: z.array(
        z.object({
          id: z.string(),
          code: z.string().nullable(),
          name: z.string(),
          currency: z.string().nullable(),
        }),
      ),
    }),
    async run({ kind }, api) {
      const there = await atOrganisation(api);
      const type = kind === 'all' ? '' : ` AND Type=="${kind.toUpperCase()}"`;
      const stored = z.object({
        AccountID: z.string(),
        Code: z.string().nullish(),
        Name: z.string(),
        CurrencyCode: z.string().nullish(),
      });
      const { Accounts } = await there.get('/Accounts', z.object({ Accounts: z.array(stored) }), {
        query: { where: `Status=="ACTIVE"${type}` },
      });
      const accounts = Accounts.map((one) => ({
        id: one.AccountID,
        code: one.Code || null,
        name: one.Name,
        currency: one.CurrencyCode ?? null,
      }));
      return { accounts };
    },
  }),

  defineTool({
    name: 'xero_list_overdue_invoices',
    title: 'List overdue invoices',
    description: 'Approved sales invoices that are unpaid and were due before the given day, oldest first.',
    risk: 'read',
    input: { due_before: z.iso.date(), ...pageInput(1_000) },
    example: { due_before: '2026-11-01', limit: 10 },
    output: pageOutput(invoice),
    async run({ due_before, ...asked }, api) {
      const there = await atOrganisation(api);
      const where = `Type=="ACCREC" AND Status=="AUTHORISED" AND DueDate<${dateTime(due_before)}`;
      const query = { where, order: 'DueDate ASC' };
      const page = await there.list('/Invoices', storedInvoice, pagesOf('Invoices'), asked, { query });
      return { ...page, items: page.items.map(toInvoice) };
    },
  }),

  defineTool({
    name: 'xero_create_invoice',
    title: 'Create invoice',
    description: 'Writes a sales invoice as a draft, or approves it at once. It is not mailed.',
    risk: 'write',
    input: {
      contact_id: id,
      due_on: z.iso.date(),
      approve: z.boolean().default(false),
      reference: z.string().min(1).max(255).optional(),
      taxes: z.enum(['added', 'included', 'none']).default('added').describe('How amounts stand to taxes'),
      lines: z
        .array(
          z.strictObject({
            description: z.string().min(1).max(4_000),
            account_code: z.string().min(1).max(10),
            amount: positiveMoneySchema,
          }),
        )
        .min(1)
        .max(50),
    },
    example: {
      contact_id: '0e7d2c54-8a3b-4f52-a0a4-6f0d1d9c3b11',
      due_on: '2026-12-15',
      approve: true,
      reference: 'Care 2026-11',
      taxes: 'added',
      lines: [
        {
          description: 'Website care, November',
          account_code: '200',
          amount: { minor: 4900, currency: 'NZD' },
        },
      ],
    },
    output: invoice,
    async run({ contact_id, due_on, approve, reference, taxes, lines }, api) {
      const one = {
        Type: 'ACCREC',
        Contact: { ContactID: contact_id },
        DueDate: due_on,
        Status: approve ? 'AUTHORISED' : 'DRAFT',
        Reference: reference,
        CurrencyCode: oneCurrency(lines, api),
        LineAmountTypes: { added: 'Exclusive', included: 'Inclusive', none: 'NoTax' }[taxes],
        LineItems: lines.map(({ description, account_code, amount }) => ({
          Description: description,
          Quantity: 1,
          UnitAmount: toMajorNumber(amount),
          AccountCode: account_code,
        })),
      };
      const there = await atOrganisation(api);
      // Xero rounds to two decimals by default, which is too few for some currencies.
      const request = { query: { unitdp: 4 }, body: { Invoices: [one] } };
      return toInvoice((await there.put('/Invoices', oneInvoice, request)).Invoices[0]!);
    },
  }),

  defineTool({
    name: 'xero_approve_invoice',
    title: 'Approve invoice',
    description: 'Approves a draft: from then on it counts in the books and can be mailed and paid.',
    risk: 'write',
    input: invoiceId,
    example: exampleId,
    output: invoice,
    run: ({ invoice_id }, api) => setStatus(api, invoice_id, 'AUTHORISED'),
  }),

  defineTool({
    name: 'xero_send_invoice',
    title: 'Send invoice',
    description: "Mails an approved sales invoice to its contact's address.",
    risk: 'send',
    input: invoiceId,
    example: exampleId,
    output: z.object({ invoice_id: z.string(), sent: z.literal(true) }),
    async run({ invoice_id }, api) {
      const there = await atOrganisation(api);
      await there.send('POST', { path: path`/Invoices/${invoice_id}/Email`, body: {} });
      return { invoice_id, sent: true as const };
    },
  }),

  defineTool({
    name: 'xero_record_payment',
    title: 'Record payment',
    description: 'Records that an approved invoice was paid into a bank account. No one is charged.',
    risk: 'write',
    input: {
      invoice_id: id,
      bank_account_id: id,
      amount: positiveMoneySchema,
      paid_on: z.iso.date(),
      reference: z.string().min(1).max(255).optional(),
    },
    example: {
      ...exampleId,
      bank_account_id: 'c1f94f2a-3a58-4d4b-8b0e-0d5a7a2f6e19',
      amount: { minor: 4900, currency: 'NZD' },
      paid_on: '2026-11-20',
      reference: 'TR-88121',
    },
    output: z.object({ payment_id: z.string(), invoice_id: z.string(), amount: moneySchema }),
    async run({ invoice_id, bank_account_id, amount, paid_on, reference }, api) {
      const there = await atOrganisation(api);
      // A payment is in its invoice's currency and doesn't name it.
      const { Invoices } = await there.get(path`/Invoices/${invoice_id}`, oneInvoice);
      const { CurrencyCode } = Invoices[0]!;
      if (CurrencyCode !== amount.currency) api.refuse('amount', `This invoice is in ${CurrencyCode}.`);
      const payment = {
        Invoice: { InvoiceID: invoice_id },
        Account: { AccountID: bank_account_id },
        Amount: toMajorNumber(amount),
        Date: paid_on,
        Reference: reference,
      };
      const answer = z.object({ Payments: z.array(z.object({ PaymentID: z.string() })).length(1) });
      const { Payments } = await there.put('/Payments', answer, { body: { Payments: [payment] } });
      return { payment_id: Payments[0]!.PaymentID, invoice_id, amount };
    },
  }),

  defineTool({
    name: 'xero_void_invoice',
    title: 'Void invoice',
    description: 'Voids an approved invoice that has no payments. This cannot be taken back.',
    risk: 'destructive',
    input: invoiceId,
    example: exampleId,
    output: invoice,
    run: ({ invoice_id }, api) => setStatus(api, invoice_id, 'VOIDED'),
  }),

  defineTool({
    name: 'xero_get_profit_and_loss',
    title: 'Profit and loss',
    description: 'Income and expenses of a time by account, with the sums of their sections.',
    risk: 'read',
    input: { from: z.iso.date(), until: z.iso.date() },
    example: { from: '2026-10-01', until: '2026-10-31' },
    output: z.object({
      lines: z.array(
        z.object({
          section: z.string().nullable(),
          label: z.string(),
          is_sum: z.boolean(),
          amount: moneySchema.nullable(),
        }),
      ),
    }),
    async run({ from, until }, api) {
      const there = await atOrganisation(api);
      const { BaseCurrency } = await readOrganisation(there);
      const query = { fromDate: from, toDate: until };
      const { Reports } = await there.get('/Reports/ProfitAndLoss', storedReport, { query });
      return { lines: linesOf(Reports[0]!.Rows, BaseCurrency) };
    },
  }),
];
