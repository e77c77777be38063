import * as z from 'zod';
import { moneySchema, type ToolMoney } from '../../kit/money.ts';
import { at } from '../../kit/paging.ts';
import type { VendorApi } from '../../kit/vendor-api.ts';

/** Razorpay counts in minor units, as the tools do. */
export const money = (minor: number, currency: string): ToolMoney => ({ minor, currency });
export const moment = (epochS: number | null | undefined) =>
  epochS ? new Date(epochS * 1_000).toISOString() : null;
export const epochS = (text: string | undefined) =>
  text === undefined ? undefined : Math.floor(Date.parse(text) / 1_000);

/** Notes hold up to 256 characters each; keys of calls are shorter than what is cut off here. */
export const notesOf = (api: VendorApi) => ({ bizosaas_key: api.key.slice(0, 256) });

/**
 * A write that is done once: Razorpay takes no idempotency keys, so the key is stored in the notes and looked up among
 * the newest entries of the list.
 */
export function once<Item extends z.ZodType>(
  api: VendorApi,
  item: Item,
  newest: { path: string; items: string; query?: Record<string, string> },
  create: () => Promise<z.output<Item>>,
): Promise<z.output<Item>> {
  return api.createOnce({
    async find() {
      const query = { count: 100, ...newest.query };
      const list = at(await api.get(newest.path, z.unknown(), { query }), newest.items);
      const mine = (Array.isArray(list) ? list : []).find(
        (one: unknown) => at(one, 'notes.bizosaas_key') === notesOf(api).bizosaas_key,
      ) as unknown;
      return mine === undefined ? null : item.parse(mine);
    },
    create,
  });
}

export const storedPayment = z.object({
  id: z.string(),
  amount: z.int(),
  amount_refunded: z.int().nullish(),
  currency: z.string(),
  status: z.string(),
  method: z.string().nullish(),
  description: z.string().nullish(),
  email: z.string().nullish(),
  created_at: z.int(),
});
export const payment = z.object({
  id: z.string(),
  amount: moneySchema,
  refunded: moneySchema,
  status: z.string(),
  method: z.string().nullable(),
  description: z.string().nullable(),
  email: z.string().nullable(),
  paid_at: z.string().nullable(),
});
export const toPayment = (from: z.output<typeof storedPayment>) => ({
  id: from.id,
  amount: money(from.amount, from.currency),
  refunded: money(from.amount_refunded ?? 0, from.currency),
  status: from.status,
  method: from.method ?? null,
  description: from.description ?? null,
  email: from.email ?? null,
  paid_at: moment(from.created_at),
});

export const storedLink = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  short_url: z.string(),
  expire_by: z.int().nullish(),
});
export const link = z.object({
  id: z.string(),
  amount: moneySchema,
  status: z.string(),
  url: z.string(),
  expires_at: z.string().nullable(),
});
export const toLink = (from: z.output<typeof storedLink>) => ({
  id: from.id,
  amount: money(from.amount, from.currency),
  status: from.status,
  url: from.short_url,
  expires_at: moment(from.expire_by),
});

export const storedInvoice = z.object({
  id: z.string(),
  receipt: z.string().nullish(),
  status: z.string().nullish(),
  amount: z.int(),
  amount_due: z.int().nullish(),
  currency: z.string(),
  expire_by: z.int().nullish(),
  short_url: z.string().nullish(),
});
export const invoice = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.string(),
  total: moneySchema,
  open: moneySchema,
  expires_at: z.string().nullable(),
  url: z.string().nullable(),
});
export const toInvoice = (from: z.output<typeof storedInvoice>) => ({
  id: from.id,
  number: from.receipt ?? null,
  status: from.status ?? 'draft',
  total: money(from.amount, from.currency),
  open: money(from.amount_due ?? from.amount, from.currency),
  expires_at: moment(from.expire_by),
  url: from.short_url ?? null,
});

export const storedSubscription = z.object({
  id: z.string(),
  status: z.string(),
  plan_id: z.string(),
  short_url: z.string().nullish(),
  current_end: z.int().nullish(),
});
export const subscription = z.object({
  id: z.string(),
  plan_id: z.string(),
  status: z.string(),
  approval_url: z.string().nullable().describe('Page where the customer agrees'),
  period_ends_at: z.string().nullable(),
});
export const toSubscription = (from: z.output<typeof storedSubscription>) => ({
  id: from.id,
  plan_id: from.plan_id,
  status: from.status,
  approval_url: from.short_url ?? null,
  period_ends_at: moment(from.current_end),
});
