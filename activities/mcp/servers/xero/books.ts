import * as z from 'zod';
import { fromMajor, moneySchema, type ToolMoney } from '../../kit/money.ts';
import type { Ask, VendorApi } from '../../kit/vendor-api.ts';

const connections = z.array(
  z.object({ tenantId: z.string(), tenantName: z.string().nullish(), tenantType: z.string().nullish() }),
);

/** The API at one organisation. A connection may reach several: the one chosen in the form, or the only one. */
export async function atOrganisation(api: VendorApi): Promise<VendorApi> {
  if (api.account['tenantId']) return api;
  const reached = await api.get('/connections', connections, { base: 'https://api.xero.com' });
  const [only, ...others] = reached.filter(({ tenantType }) => tenantType !== 'PRACTICE');
  if (!only) api.refuse('tenantId', 'This sign-in reaches no organisation: connect Xero again.');
  if (others.length > 0) {
    const names = [only, ...others].map(({ tenantName, tenantId }) => `${tenantName ?? ''} ${tenantId}`);
    api.refuse('tenantId', `Enter the id of one organisation in the connection: ${names.join(', ')}.`);
  }
  const headers = { 'xero-tenant-id': only.tenantId };
  const there =
    (ask: Ask): Ask =>
    (path, answer, request) =>
      ask(path, answer, { ...request, headers });
  return {
    ...api,
    get: there(api.get),
    post: there(api.post),
    put: there(api.put),
    send: (method, request) => api.send(method, { ...request, headers }),
    list: (path, item, paging, asked, request) =>
      api.list(path, item, paging, asked, { ...request, headers }),
  };
}

/** A Xero date with a time part that has no meaning. */
const dayOf = (text: string | null | undefined) => text?.slice(0, 10) ?? null;

/** The members of an invoice that the tools read. */
export const storedInvoice = z.object({
  InvoiceID: z.string(),
  InvoiceNumber: z.string().nullish(),
  Status: z.string(),
  CurrencyCode: z.string(),
  Total: z.number(),
  AmountDue: z.number(),
  DueDateString: z.string().nullish(),
  Contact: z.object({ ContactID: z.string(), Name: z.string().nullish() }),
});
export type StoredInvoice = z.output<typeof storedInvoice>;

export const invoice = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.string(),
  contact_id: z.string(),
  contact_name: z.string().nullable(),
  total: moneySchema,
  open: moneySchema,
  due_on: z.string().nullable(),
});

export const toInvoice = (from: StoredInvoice) => ({
  id: from.InvoiceID,
  number: from.InvoiceNumber ?? null,
  status: from.Status.toLowerCase(),
  contact_id: from.Contact.ContactID,
  contact_name: from.Contact.Name ?? null,
  total: fromMajor(from.Total, from.CurrencyCode),
  open: fromMajor(from.AmountDue, from.CurrencyCode),
  due_on: dayOf(from.DueDateString),
});

/** Responses are lists, also for a single record. */
export const oneInvoice = z.object({ Invoices: z.array(storedInvoice).length(1) });

const organisations = z.object({
  Organisations: z
    .array(z.object({ Name: z.string(), BaseCurrency: z.string(), CountryCode: z.string().nullish() }))
    .length(1),
});

export async function readOrganisation(api: VendorApi) {
  const { Organisations } = await api.get('/Organisation', organisations);
  return Organisations[0]!;
}

interface Row {
  RowType: string;
  Title?: string | null | undefined;
  Cells?: { Value?: string | null | undefined }[] | null | undefined;
  Rows?: Row[] | null | undefined;
}
const row: z.ZodType<Row> = z.lazy(() =>
  z.object({
    RowType: z.string(),
    Title: z.string().nullish(),
    Cells: z.array(z.object({ Value: z.string().nullish() })).nullish(),
    Rows: z.array(row).nullish(),
  }),
);
export const storedReport = z.object({ Reports: z.array(z.object({ Rows: z.array(row) })).length(1) });

interface Line {
  section: string | null;
  label: string;
  is_sum: boolean;
  amount: ToolMoney | null;
}

/** The rows of a report from top to bottom, each with the section it is in. */
export function linesOf(rows: readonly Row[], currency: string, section: string | null = null): Line[] {
  return rows.flatMap((one): Line[] => {
    if (one.RowType === 'Section') return linesOf(one.Rows ?? [], currency, one.Title || null);
    const [label, ...values] = (one.Cells ?? []).map(({ Value }) => Value ?? '');
    const amount = values.at(-1);
    if (one.RowType === 'Header' || !label) return [];
    const is_sum = one.RowType === 'SummaryRow';
    return [{ section, label, is_sum, amount: amount ? fromMajor(amount, currency) : null }];
  });
}
