import * as z from 'zod';
import { fromMajor, moneySchema } from '../../kit/money.ts';
import { byOffset, type Paging } from '../../kit/paging.ts';
import type { VendorApi } from '../../kit/vendor-api.ts';

/** A reference to another record of QuickBooks. */
export const reference = z.object({ value: z.string(), name: z.string().nullish() });

/** The members of an invoice that the tools read. */
export const storedInvoice = z.object({
  Id: z.string(),
  SyncToken: z.string(),
  DocNumber: z.string().nullish(),
  CustomerRef: reference,
  CurrencyRef: reference.nullish(),
  TotalAmt: z.number(),
  Balance: z.number(),
  DueDate: z.string().nullish(),
  EmailStatus: z.string().nullish(),
  PrivateNote: z.string().nullish(),
});
export type StoredInvoice = z.output<typeof storedInvoice>;

export const invoice = z.object({
  id: z.string(),
  number: z.string().nullable(),
  customer_id: z.string(),
  customer_name: z.string().nullable(),
  total: moneySchema,
  open: moneySchema,
  due_on: z.string().nullable(),
  sent: z.boolean(),
});

/** An escaped string of a query. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Pages of a query: start and length are part of its text. Positions count from 1. */
export function pagesOf(entity: string, condition: string, order: string): Paging {
  const offsets = byOffset({
    items: `QueryResponse.${entity}`,
    offset: 'startposition',
    limit: 'maxresults',
    first: 1,
  });
  return {
    ...offsets,
    ask(asked) {
      const { startposition, maxresults } = offsets.ask(asked).query as Record<string, number>;
      const where = condition && ` where ${condition}`;
      const part = `startposition ${startposition} maxresults ${maxresults}`;
      return { query: { query: `select * from ${entity}${where} orderby ${order} ${part}` } };
    },
  };
}

const preferences = z.object({
  QueryResponse: z.object({
    Preferences: z
      .array(
        z.object({
          CurrencyPrefs: z.object({
            HomeCurrency: reference.nullish(),
            MultiCurrencyEnabled: z.boolean().nullish(),
          }),
        }),
      )
      .length(1),
  }),
});

async function currencies(api: VendorApi) {
  const query = 'select * from Preferences';
  const { QueryResponse } = await api.get('/query', preferences, { query: { query } });
  const { HomeCurrency, MultiCurrencyEnabled } = QueryResponse.Preferences[0]!.CurrencyPrefs;
  return { home: HomeCurrency?.value ?? 'USD', several: MultiCurrencyEnabled ?? false };
}

/**
 * The currency reference of a new document. Companies with a single currency send none, and would read an amount in any
 * other currency as their own.
 */
export async function currencyRef(api: VendorApi, currency: string, field: string) {
  const { home, several } = await currencies(api);
  if (several) return { CurrencyRef: { value: currency } };
  if (currency !== home) api.refuse(field, `This company keeps its books in ${home} only.`);
  return {};
}

/** Converts invoices for the tools; uses the company's currency where they name none. */
export async function toInvoices(api: VendorApi, found: readonly StoredInvoice[]) {
  const unnamed = found.some(({ CurrencyRef }) => !CurrencyRef);
  const home = unnamed ? (await currencies(api)).home : '';
  return found.map((from) => {
    const currency = from.CurrencyRef?.value ?? home;
    return {
      id: from.Id,
      number: from.DocNumber ?? null,
      customer_id: from.CustomerRef.value,
      customer_name: from.CustomerRef.name ?? null,
      total: fromMajor(from.TotalAmt, currency),
      open: fromMajor(from.Balance, currency),
      due_on: from.DueDate ?? null,
      sent: from.EmailStatus === 'EmailSent',
    };
  });
}

export async function toInvoice(api: VendorApi, found: StoredInvoice) {
  const [one] = await toInvoices(api, [found]);
  return one!;
}
