import { z } from 'zod';
import { intervals } from './plans.ts';

export const invoiceStatuses = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;
/** Why it exists: the start or renewal of a subscription, a change within a period, usage, or by hand. */
export const invoiceKinds = ['subscription', 'change', 'usage', 'manual'] as const;

/** Whom an invoice is made out to, as it was when it was issued. */
export const billedTo = z.object({
  name: z.string(),
  address: z.string().nullable(),
  country: z.string().nullable(),
  vatNumber: z.string().nullable(),
});
export type BilledTo = z.output<typeof billedTo>;

/** How tax was worked out. `bps`: hundredths of a percent. */
export const taxFacts = z.object({
  treatment: z.enum(['none', 'standard', 'reverseCharge']),
  bps: z.number().int(),
  /** Prices contain the tax. */
  inclusive: z.boolean(),
  country: z.string().nullable(),
});
export type TaxFacts = z.output<typeof taxFacts>;

export const invoice = z.object({
  id: z.string(),
  tenantId: z.string(),
  subscriptionId: z.string().nullable(),
  kind: z.enum(invoiceKinds),
  /** Given when it is finalised; a draft has none. */
  number: z.string().nullable(),
  status: z.enum(invoiceStatuses),
  billedTo,
  currency: z.string(),
  subtotalMinor: z.number().int(),
  taxMinor: z.number().int(),
  totalMinor: z.number().int(),
  /** Received for it, and taken off it by credit notes. */
  paidMinor: z.number().int(),
  creditedMinor: z.number().int(),
  tax: taxFacts,
  periodStart: z.date(),
  periodEnd: z.date(),
  createdAt: z.date(),
  issuedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  paidAt: z.date().nullable(),
});
export type Invoice = z.infer<typeof invoice>;

/** What is still to be paid; minor units. */
export const dueMinor = ({ status, totalMinor, paidMinor, creditedMinor }: Invoice): number =>
  status === 'open' ? Math.max(0, totalMinor - paidMinor - creditedMinor) : 0;

export const lineKinds = [
  'plan',
  'trial',
  'seats',
  'usage',
  'unusedTime',
  'remainingTime',
  'manual',
] as const;

/** One line. The words are made from its kind and facts, in the language of the reader; a manual line brings its own. */
export const invoiceLine = z.object({
  kind: z.enum(lineKinds),
  /** Text of a manual line. */
  text: z.string().nullable(),
  planTitle: z.string().nullable(),
  interval: z.enum(intervals).nullable(),
  meter: z.string().nullable(),
  quantity: z.number().int(),
  /** As priced; with tax where the seller's prices include it. */
  amountMinor: z.number().int(),
  periodStart: z.date(),
  periodEnd: z.date(),
});
export type InvoiceLine = z.output<typeof invoiceLine>;
