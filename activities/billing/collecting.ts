import { dueMinor } from '../../db/domain/billing/invoices.ts';
import { type DeclineClass, declineClassOf } from '../../db/domain/billing/payments.ts';
import { AppError, errorTable } from '../../db/domain/errors.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import * as clock from '../../db/repos/billing/clock.ts';
import * as invoices from '../../db/repos/billing/invoices.ts';
import * as payments from '../../db/repos/billing/payments.ts';
import * as subscriptions from '../../db/repos/billing/subscriptions.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from '../shared/attribution.ts';
import { assertNotFrozen } from '../shared/freeze.ts';

export interface Collecting {
  tenantId: string;
  invoiceId: string;
  /** Which try this is: the same try never charges twice. */
  attempt: number;
  /** The customer is there to confirm. */
  present?: boolean;
}

/** `settled`: there was nothing left to pay. */
export type Collected =
  | { outcome: 'paid' | 'settled' }
  | {
      outcome: 'declined';
      declineClass: DeclineClass;
      declineCode: string;
      /** What the gateway says of it, for the customer. */
      sentence: string;
    };

/** What the attempt is about, written down before the gateway is asked; null where nothing is owed. */
async function begin(deps: Deps, { tenantId, invoiceId, attempt }: Collecting) {
  const id = await idFromKey('payment', `collect/${invoiceId}/${attempt}`);
  return deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    const { now } = await clock.timeOf(tx, tenantId);
    const invoice = await invoices.lockInvoice(tx, tenantId, invoiceId);
    const made = await payments.find(tx, tenantId, id);
    // What was paid by this very try is not owed any more.
    const amountMinor = made?.amountMinor ?? dueMinor(invoice);
    const isOver = made?.status !== 'succeeded' && dueMinor(invoice) === 0;
    if (isOver || !invoice.subscriptionId) return null;
    const { currency, number } = invoice;
    const { gateway, paymentMethod } = await subscriptions.getSubscription(
      tx,
      tenantId,
      invoice.subscriptionId,
    );
    const payment = await payments.begin(
      tx,
      { id, tenantId, invoiceId, gateway, amountMinor, currency },
      now,
    );
    return { now, payment, paymentMethod, number };
  });
}

/**
 * Tries once to be paid for an invoice with the card of its subscription. A refusal is an answer; that the gateway can't be
 * reached is an error, after which the same try is made again.
 */
export async function collectInvoice(deps: Deps, request: Collecting): Promise<Collected> {
  const { tenantId } = request;
  const begun = await begin(deps, request);
  if (!begun) return { outcome: 'settled' };
  const { payment, paymentMethod, number, now } = begun;
  const { id, amountMinor, currency } = payment;
  if (payment.status === 'failed')
    return {
      outcome: 'declined',
      declineClass: payment.declineClass ?? 'doNotHonour',
      declineCode: payment.declineCode ?? '',
      sentence: errorTable['payment.declined'].text,
    };
  if (payment.status !== 'pending') return { outcome: 'paid' };
  const refuse = async (
    declineClass: DeclineClass,
    declineCode: string,
    sentence: string,
  ): Promise<Collected> => {
    await deps.db.inScope(actingIn({ tenantId }), (tx) =>
      payments.decline(tx, { tenantId, id, declineClass, declineCode }, now),
    );
    return { outcome: 'declined', declineClass, declineCode, sentence };
  };
  const noMethod = errorTable['payment.method-required'].text;
  if (!paymentMethod) return refuse('methodMissing', 'method_missing', noMethod);
  await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
  let gatewayRef: string;
  try {
    const charge = await deps.payments.charge({
      ...{ amountMinor, currency, customerRef: tenantId, offSession: !request.present },
      paymentMethodId: paymentMethod.id,
      description: `Invoice ${number ?? ''}`,
      key: `collect/${id}`,
    });
    gatewayRef = charge.ref;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'payment.method-required') return refuse('methodMissing', 'method_missing', noMethod);
    if (error.code !== 'payment.declined') throw error;
    const code = error.about?.['declineCode'] ?? 'generic_decline';
    return refuse(declineClassOf(code), code, error.message);
  }
  await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
    await payments.succeed(tx, { tenantId, id, gatewayRef, at: now });
  });
  return { outcome: 'paid' };
}
