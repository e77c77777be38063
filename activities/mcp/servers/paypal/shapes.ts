import * as z from 'zod';
import { fromMajor, moneySchema, toMajorText, type ToolMoney } from '../../kit/money.ts';

/** Money as PayPal writes it: major units as text. */
export const storedMoney = z.object({ currency_code: z.string(), value: z.string() });
export const toMoney = (from: z.output<typeof storedMoney>) => fromMajor(from.value, from.currency_code);
export const fromMoney = (money: ToolMoney) => ({
  currency_code: money.currency,
  value: toMajorText(money),
});

const links = z.array(z.object({ href: z.string(), rel: z.string() })).nullish();
/** The page where the payer approves. */
export function approvalPage(from: z.output<typeof links>): string | null {
  return from?.find(({ rel }) => rel === 'approve' || rel === 'payer-action')?.href ?? null;
}

export const storedInvoice = z.object({
  id: z.string(),
  status: z.string(),
  detail: z.object({
    invoice_number: z.string().nullish(),
    payment_term: z.object({ due_date: z.string().nullish() }).nullish(),
    metadata: z.object({ recipient_view_url: z.string().nullish() }).nullish(),
  }),
  amount: storedMoney.nullish(),
  due_amount: storedMoney.nullish(),
});
export const invoice = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.string(),
  total: moneySchema.nullable(),
  open: moneySchema.nullable(),
  due_on: z.string().nullable(),
  page_url: z.string().nullable(),
});
export const toInvoice = ({ id, status, detail, amount, due_amount }: z.output<typeof storedInvoice>) => ({
  id,
  number: detail.invoice_number ?? null,
  status: status.toLowerCase(),
  total: amount ? toMoney(amount) : null,
  open: due_amount ? toMoney(due_amount) : null,
  due_on: detail.payment_term?.due_date ?? null,
  page_url: detail.metadata?.recipient_view_url ?? null,
});

export const storedAgreement = z.object({ id: z.string(), status: z.string(), links });
export const agreement = z.object({
  id: z.string(),
  status: z.string(),
  approval_url: z.string().nullable().describe('Page where the payer agrees'),
});
export const toAgreement = (from: z.output<typeof storedAgreement>) => ({
  id: from.id,
  status: from.status.toLowerCase(),
  approval_url: approvalPage(from.links),
});

const storedCapture = z.object({ id: z.string(), status: z.string(), amount: storedMoney });
export const storedCaptured = z.object({
  id: z.string(),
  status: z.string(),
  purchase_units: z.array(z.object({ payments: z.object({ captures: z.array(storedCapture) }) })),
});

export const storedTransaction = z.object({
  transaction_info: z.object({
    transaction_id: z.string(),
    transaction_event_code: z.string().nullish(),
    transaction_initiation_date: z.string(),
    transaction_amount: storedMoney,
    fee_amount: storedMoney.nullish(),
    transaction_status: z.string().nullish(),
    transaction_subject: z.string().nullish(),
  }),
});
export const transaction = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string().nullable().describe("PayPal's event code, such as T0006"),
  status: z.enum(['denied', 'pending', 'done', 'reversed', 'unknown']),
  amount: moneySchema,
  fee: moneySchema.nullable(),
  subject: z.string().nullable(),
});
const statuses = { D: 'denied', P: 'pending', S: 'done', V: 'reversed' } as const;
export const toTransaction = ({ transaction_info: from }: z.output<typeof storedTransaction>) => ({
  id: from.transaction_id,
  at: new Date(from.transaction_initiation_date).toISOString(),
  kind: from.transaction_event_code ?? null,
  status: statuses[(from.transaction_status ?? '') as keyof typeof statuses] ?? ('unknown' as const),
  amount: toMoney(from.transaction_amount),
  fee: from.fee_amount ? toMoney(from.fee_amount) : null,
  subject: from.transaction_subject ?? null,
});
