import type { Actor } from '../../db/domain/actor.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import * as clock from '../../db/repos/billing/clock.ts';
import * as creditNotes from '../../db/repos/billing/credit-notes.ts';
import * as invoices from '../../db/repos/billing/invoices.ts';
import * as payments from '../../db/repos/billing/payments.ts';
import type { Deps } from '../deps.ts';
import { actingIn } from '../shared/attribution.ts';
import { assertNotFrozen } from '../shared/freeze.ts';
import { tellProcess } from './tell-process.ts';

interface Crediting {
  tenantId: string;
  invoiceId: string;
  amountMinor?: number | undefined;
  refund: boolean;
  reason: string;
  by: Actor;
  requestKey: string;
}

/** Credit notes and the refunds that follow from them. */
export function creditingActivities(deps: Deps) {
  return {
    /** Issues the note of a request, once. Throws `invoice.not-open`, `invoice.amount-too-large`. */
    async issueCreditNote({ by, requestKey, ...request }: Crediting): Promise<{
      noteId: string;
      number: string;
      refundMinor: number;
    }> {
      const { tenantId, invoiceId } = request;
      const id = await idFromKey('creditNote', `${invoiceId}/${requestKey}`);
      const { note, subscriptionId } = await deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
        const { now: at } = await clock.timeOf(tx, tenantId);
        const note = await creditNotes.credit(tx, { ...request, id, by: by.id, at });
        return { note, ...(await invoices.getInvoice(tx, tenantId, invoiceId)) };
      });
      if (subscriptionId) await tellProcess(deps, tenantId, subscriptionId);
      return { noteId: note.id, number: note.number, refundMinor: note.refundMinor };
    },

    /** Gives back what a note says, from the payments of its invoice; each part once, whatever is repeated. */
    async refundCreditNote(request: {
      tenantId: string;
      invoiceId: string;
      noteId: string;
      refundMinor: number;
    }): Promise<void> {
      const { tenantId, invoiceId, noteId, refundMinor } = request;
      for (;;) {
        const { found, at } = await deps.db.inScope(actingIn({ tenantId }), async (tx) => ({
          found: await payments.listForCredit(tx, tenantId, { invoiceId, noteId }),
          at: (await clock.timeOf(tx, tenantId)).now,
        }));
        const leftMinor = refundMinor - found.refundedMinor;
        const [from] = found.payments;
        if (leftMinor <= 0 || !from) {
          await deps.db.inScope(actingIn({ tenantId }), (tx) =>
            creditNotes.markCreditRefunded(tx, tenantId, noteId, at),
          );
          return;
        }
        const amountMinor = Math.min(leftMinor, from.leftMinor);
        if (from.gatewayRef) {
          await assertNotFrozen(deps.db, actingIn({ tenantId }), tenantId);
          const key = `credit/${noteId}/${from.id}`;
          await deps.payments.refund({ chargeRef: from.gatewayRef, amountMinor, key });
        }
        const part = { tenantId, paymentId: from.id, noteId, amountMinor, at };
        await deps.db.inScope(actingIn({ tenantId }), (tx) => payments.refundPart(tx, part));
      }
    },
  };
}
