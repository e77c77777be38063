import { z } from 'zod';
import { behaviours } from './cards.ts';

/** Amounts are integers in the currency's minor unit (cents); times are ISO 8601 in UTC. */
const amountMinor = z.number().int().positive().max(99_999_999_999);
const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, 'must be a three-letter currency code')
  .transform((code) => code.toUpperCase());
const reference = z.string().min(1).max(255);

/** The bodies of the POST requests; unknown fields are refused, as a typo in a money field must not pass. */
export const bodies = {
  paymentMethod: z.strictObject({
    number: z.string().max(40),
    expMonth: z.number(),
    expYear: z.number(),
    cvc: z.string().max(8),
    name: z.string().max(255).optional(),
  }),
  verification: z.strictObject({ paymentMethodId: reference, customerRef: reference }),
  charge: z.strictObject({
    amountMinor,
    currency,
    paymentMethodId: reference,
    customerRef: reference,
    description: z.string().max(1_000).default(''),
    offSession: z.boolean().default(false),
  }),
  refund: z.strictObject({ amountMinor: amountMinor.optional() }),
};

const problem = z.object({ code: z.string(), declineCode: z.string().optional(), message: z.string() });
const made = { id: z.string(), createdAt: z.string() };

const paymentMethod = z.object({
  ...made,
  type: z.literal('payment_method'),
  brand: z.string(),
  last4: z.string(),
  expMonth: z.number(),
  expYear: z.number(),
  behaviour: z.enum(behaviours),
});
const verification = z.object({
  ...made,
  type: z.literal('verification'),
  paymentMethodId: z.string(),
  customerRef: z.string(),
  failure: problem.nullable(),
});
const charge = z.object({
  ...made,
  type: z.literal('charge'),
  amountMinor,
  currency: z.string(),
  paymentMethodId: z.string(),
  customerRef: z.string(),
  description: z.string(),
  offSession: z.boolean(),
  failure: problem.nullable(),
});
const refund = z.object({ ...made, type: z.literal('refund'), chargeId: z.string(), amountMinor });

/** One line of the ledger: what happened, and the answer that every repetition of the request gets. */
export const entrySchema = z.object({
  record: z.discriminatedUnion('type', [paymentMethod, verification, charge, refund]),
  status: z.number().int(),
  answer: z.record(z.string(), z.unknown()),
  /** Absent where no Idempotency-Key is asked for. */
  idempotency: z.object({ key: z.string(), fingerprint: z.string() }).optional(),
});

export type Entry = z.infer<typeof entrySchema>;
export type PaymentMethod = z.infer<typeof paymentMethod>;
export type Charge = z.infer<typeof charge>;
