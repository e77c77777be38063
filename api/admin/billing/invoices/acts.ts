import { z } from 'zod';
import { crediting } from '../../../../db/domain/billing/credit-notes.ts';
import { dueMinor } from '../../../../db/domain/billing/invoices.ts';
import { reason } from '../../../../db/domain/common.ts';
import { AppError } from '../../../../db/domain/errors.ts';
import { idFromKey } from '../../../../db/domain/ids.ts';
import * as cases from '../../../../db/repos/billing/dunning/cases.ts';
import * as clock from '../../../../db/repos/billing/clock.ts';
import * as invoices from '../../../../db/repos/billing/invoices.ts';
import * as payments from '../../../../db/repos/billing/payments.ts';
import type { Tx } from '../../../../db/scope.ts';
import { collectOverdueInvoiceContract } from '../../../../workflows/billing/collect-overdue-invoice.contract.ts';
import { creditInvoiceContract } from '../../../../workflows/billing/credit-invoice.contract.ts';
import { renewSubscriptionContract } from '../../../../workflows/billing/renew-subscription.contract.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf } from '../../../kit/idempotency-key.ts';
import { actsOn } from './read.ts';
import type { InvoiceAct } from '../../../../templates/admin/billing/invoices/invoice.tsx';

const requestKey = idempotencyKey.optional();
export const acting = z.strictObject({ reason, requestKey });
/** A form sends an empty field for "all". */
export const creditBody = crediting.extend({
  amountMinor: z.preprocess((value) => (value === '' ? undefined : value), crediting.shape.amountMinor),
  requestKey,
});

type Row = invoices.OverviewInvoice;

/** Whose it is. Throws `invoice.not-found`. */
const find = (context: RequestContext, id: string): Promise<Row> =>
  context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    invoices.getAnywhere(tx, id),
  );

/** Has the process of the subscription, and whatever collects, look again. */
async function tell(context: RequestContext, { id, tenantId, subscriptionId }: Row): Promise<void> {
  if (!subscriptionId) return;
  const input = { tenantId, subscriptionId };
  const { processes } = context.deps;
  await processes.startWithSignal(
    renewSubscriptionContract,
    input,
    context.actor(),
    'subscriptionChanged',
    null,
  );
  const open = await context.deps.db.inScope({ ...context.scope({ tenantId }), readOnly: true }, (tx) =>
    cases.listOpenCases(tx, tenantId),
  );
  if (open.some(({ invoiceId }) => invoiceId === id))
    await processes.startWithSignal(
      collectOverdueInvoiceContract,
      { tenantId, invoiceId: id },
      context.actor(),
      'caseChanged',
      null,
    );
}

/** Changes an invoice in one transaction, if what is asked for can be done with it as it is. */
async function change(
  context: RequestContext,
  { id, act, reason: why }: { id: string; act: InvoiceAct; reason: string },
  work: (tx: Tx, row: Row, at: Date) => Promise<void>,
): Promise<Row> {
  const { tenantId } = await find(context, id);
  const row = await context.deps.db.inScope(context.scope({ tenantId }), async (tx) => {
    await invoices.lockInvoice(tx, tenantId, id);
    const held = await invoices.getAnywhere(tx, id);
    const tried = await payments.listPayments(tx, tenantId, id);
    if (!actsOn({ invoice: held, payments: tried }).includes(act)) throw new AppError('invoice.not-open');
    const { now } = await clock.timeOf(tx, tenantId);
    await work(tx, held, now);
    tx.record({
      ...{ action: 'invoice.handled', targets: [{ type: 'invoice', id }] },
      data: { act, reason: why },
    });
    return held;
  });
  await tell(context, row);
  return row;
}

export const voidNow = (context: RequestContext, id: string, body: z.output<typeof acting>) =>
  change(context, { id, act: 'void', ...body }, (tx, { tenantId }, at) =>
    invoices.voidInvoice(tx, tenantId, id, at),
  );

export const writeOffNow = (context: RequestContext, id: string, body: z.output<typeof acting>) =>
  change(context, { id, act: 'writeOff', ...body }, (tx, { tenantId }, at) =>
    invoices.writeOff(tx, tenantId, id, at),
  );

/** The whole rest came in outside the platform; the same request again is the same payment. */
export async function settleNow(
  context: RequestContext,
  id: string,
  body: z.output<typeof acting>,
): Promise<Row> {
  const key = body.requestKey ?? idempotencyKeyOf(context);
  const paymentId = await idFromKey('payment', `outside/${id}/${key}`);
  return change(context, { id, act: 'settle', ...body }, async (tx, row, at) => {
    const { tenantId, currency } = row;
    const amountMinor = dueMinor(row);
    const payment = { id: paymentId, tenantId, invoiceId: id, gateway: 'outside', amountMinor, currency };
    await payments.begin(tx, payment, at);
    await payments.succeed(tx, { tenantId, id: paymentId, gatewayRef: null, at });
  });
}

/** Throws what the process refuses with. */
export async function creditNow(
  context: RequestContext,
  id: string,
  { requestKey: given, ...body }: z.output<typeof creditBody>,
): Promise<{ number: string; refundMinor: number }> {
  const { tenantId } = await find(context, id);
  const by = context.actor();
  const input = { ...body, tenantId, invoiceId: id, by, requestKey: given ?? idempotencyKeyOf(context) };
  return context.deps.processes.startWithUpdate(creditInvoiceContract, input, by, 'invoiceCredited', null);
}
