import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { CardProblem } from './cards.ts';
import { askBank, readCard } from './cards.ts';
import { openLedger } from './ledger.ts';
import type { bodies, Charge, Entry, PaymentMethod } from './records.ts';

type Body<Name extends keyof typeof bodies> = z.output<(typeof bodies)[Name]>;
export type Reply = Readonly<{ status: number; body: Record<string, unknown> }>;
/** A request that carries an Idempotency-Key; `fingerprint` covers path and body. */
export type Idempotency = NonNullable<Entry['idempotency']>;

/** The money side of the sandbox. Replies are durable before they are given; refusals (4xx without effect) are not kept. */
export type Gateway = Readonly<{
  addPaymentMethod: (body: Body<'paymentMethod'>) => Promise<Reply>;
  verify: (body: Body<'verification'>, request: Idempotency) => Promise<Reply>;
  charge: (body: Body<'charge'>, request: Idempotency) => Promise<Reply>;
  refund: (chargeId: string, body: Body<'refund'>, request: Idempotency) => Promise<Reply>;
  /** Newest first. */
  listCharges: (customerRef?: string) => Record<string, unknown>[];
  findCharge: (id: string) => Record<string, unknown> | null;
  close: () => Promise<void>;
}>;

type State = {
  methods: Map<string, PaymentMethod>;
  charges: Map<string, Charge>;
  refundedMinor: Map<string, number>;
  answers: Map<string, { fingerprint: string; reply: Promise<Reply> }>;
};

/** Opens the gateway over its ledger file. */
export async function openGateway(
  ledgerPath: string,
  clock: () => Date = () => new Date(),
): Promise<Gateway> {
  const state: State = {
    methods: new Map(),
    charges: new Map(),
    refundedMinor: new Map(),
    answers: new Map(),
  };
  const ledger = await openLedger(ledgerPath, (entry) => {
    apply(state, entry);
    const { idempotency, status, answer } = entry;
    if (idempotency) remember(state, idempotency, Promise.resolve({ status, body: answer }));
  });

  /** The effect is decided and applied at once, so two equal requests at the same time cannot both take effect. */
  const keep = async (entry: Entry): Promise<Reply> => {
    apply(state, entry);
    await ledger.append(entry);
    return { status: entry.status, body: entry.answer };
  };
  const once = (request: Idempotency, decide: () => Entry | Reply): Promise<Reply> => {
    const known = state.answers.get(request.key);
    if (known) return known.fingerprint === request.fingerprint ? known.reply : Promise.resolve(keyReused);
    const decision = decide();
    if ('body' in decision) return Promise.resolve(decision);
    const reply = keep({ ...decision, idempotency: request });
    remember(state, request, reply);
    return reply;
  };

  return {
    addPaymentMethod: async (body) => {
      const decision = decidePaymentMethod(body, clock());
      return 'body' in decision ? decision : keep(decision);
    },
    verify: (body, request) => once(request, () => decideVerification(state, body, clock())),
    charge: (body, request) => once(request, () => decideCharge(state, body, clock())),
    refund: (chargeId, body, request) => once(request, () => decideRefund(state, chargeId, body, clock())),
    listCharges: (customerRef) =>
      [...state.charges.values()]
        .filter((charge) => !customerRef || charge.customerRef === customerRef)
        .reverse()
        .map((charge) => present(state, charge)),
    findCharge: (id) => {
      const charge = state.charges.get(id);
      return charge ? present(state, charge) : null;
    },
    close: () => ledger.close(),
  };
}

/** The stable print of a request, by which a repetition is told from a misuse of its key. */
export function fingerprint(path: string, body: unknown): string {
  return createHash('sha256').update(path).update('\n').update(JSON.stringify(body)).digest('hex');
}

export function refusal(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

const keyReused = refusal(409, 'idempotency_error', 'This Idempotency-Key was used for a different request.');

function remember(state: State, { key, fingerprint }: Idempotency, reply: Promise<Reply>): void {
  state.answers.set(key, { fingerprint, reply });
}

function apply(state: State, { record }: Entry): void {
  if (record.type === 'payment_method') state.methods.set(record.id, record);
  if (record.type === 'charge') state.charges.set(record.id, record);
  if (record.type === 'refund') {
    const before = state.refundedMinor.get(record.chargeId) ?? 0;
    state.refundedMinor.set(record.chargeId, before + record.amountMinor);
  }
}

function decidePaymentMethod(body: Body<'paymentMethod'>, now: Date): Entry | Reply {
  const card = readCard(body, now);
  if ('code' in card) return { status: 402, body: { error: card } };
  const made = newId('pm', now);
  const { behaviour, ...shown } = card;
  return {
    record: { type: 'payment_method', ...made, ...shown, behaviour },
    status: 201,
    answer: { ...made, ...shown },
  };
}

function decideVerification(state: State, body: Body<'verification'>, now: Date): Entry | Reply {
  const method = state.methods.get(body.paymentMethodId);
  if (!method) return noSuch('payment method');
  const failure = askBank(method, { offSession: false, refusals: 0, now });
  const record = { type: 'verification' as const, ...newId('ver', now), ...body, failure };
  return failure
    ? { record, ...refused(failure) }
    : { record, status: 201, answer: shown(record, 'succeeded') };
}

function decideCharge(state: State, body: Body<'charge'>, now: Date): Entry | Reply {
  const method = state.methods.get(body.paymentMethodId);
  if (!method) return noSuch('payment method');
  // A gateway that is away keeps no trace of what it was asked.
  if (body.offSession && method.behaviour === 'later_unavailable')
    return refusal(503, 'unavailable', 'The gateway is down.');
  const refusals = [...state.charges.values()].filter(
    ({ paymentMethodId, failure }) => paymentMethodId === method.id && failure,
  ).length;
  const failure = askBank(method, { offSession: body.offSession, refusals, now });
  const record = { type: 'charge' as const, ...newId('ch', now), ...body, failure };
  if (failure) return { record, ...refused(failure, record.id) };
  return { record, status: 201, answer: present(state, record) };
}

function decideRefund(state: State, chargeId: string, body: Body<'refund'>, now: Date): Entry | Reply {
  const charge = state.charges.get(chargeId);
  if (!charge) return noSuch('charge');
  if (charge.failure) return refusal(400, 'charge_not_refundable', 'This charge did not succeed.');
  const leftMinor = charge.amountMinor - (state.refundedMinor.get(chargeId) ?? 0);
  if (leftMinor === 0)
    return refusal(400, 'charge_already_refunded', 'This charge is already refunded in full.');
  const amountMinor = body.amountMinor ?? leftMinor;
  if (amountMinor > leftMinor)
    return refusal(400, 'amount_too_large', `Only ${leftMinor} is left to refund.`);
  const record = { type: 'refund' as const, ...newId('re', now), chargeId, amountMinor };
  return { record, status: 201, answer: { ...shown(record, 'succeeded'), currency: charge.currency } };
}

function refused(problem: CardProblem, chargeId?: string): Pick<Entry, 'status' | 'answer'> {
  return { status: 402, answer: { error: { ...problem, ...(chargeId ? { chargeId } : {}) } } };
}

function noSuch(thing: string): Reply {
  return refusal(404, 'resource_missing', `There is no such ${thing}.`);
}

function newId(prefix: string, now: Date) {
  return { id: `${prefix}_${randomBytes(12).toString('hex')}`, createdAt: now.toISOString() };
}

function shown(
  { type: _type, failure: _failure, ...record }: { type: string; failure?: unknown },
  status: string,
) {
  return { ...record, status };
}

function present(state: State, charge: Charge): Record<string, unknown> {
  const { failure, ...rest } = charge;
  const status = failure ? 'failed' : 'succeeded';
  const refundedMinor = state.refundedMinor.get(charge.id) ?? 0;
  return { ...shown(rest, status), refundedMinor, ...(failure ? { failure } : {}) };
}
