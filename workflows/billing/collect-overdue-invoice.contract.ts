import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { defineProcess } from '../define.ts';

const asked = { by: actor, reason: z.string().nullable() };

export const collectOverdueInvoiceContract = defineProcess({
  name: 'collect-overdue-invoice',
  title: 'Overdue invoice',
  summary:
    'Tries again to be paid for an invoice, tells its owner, and restricts, suspends and cancels until it is settled.',
  queue: 'core',
  trigger: null,
  cancelEffect: 'The invoice stays open and isn’t collected any more. What was restricted stays so.',
  steps: [
    { key: 'wait', title: 'Next step to collect it' },
    { key: 'collect', title: 'Payment tried' },
    { key: 'access', title: 'Access changed' },
    { key: 'notify', title: 'Owner told' },
  ],
  input: z.strictObject({ tenantId: z.string(), invoiceId: z.string() }),
  output: z.object({ ended: z.boolean() }),
  updates: {
    /** Tries the card on file now; answers with what came of it. */
    tryNow: {
      input: z.strictObject({ ...asked, side: z.enum(['admin', 'client']) }),
      output: z.object({ paid: z.boolean() }),
    },
    /** Gives more days before restriction, suspension and cancellation. */
    extend: {
      input: z.strictObject({ ...asked, days: z.number().int().min(1).max(90) }),
      output: z.null(),
    },
    /** Cancels the subscription and writes the invoice off. */
    giveUp: { input: z.strictObject(asked), output: z.null() },
  },
  signals: {
    /** Something about the invoice, the card or the clock of its tenant changed: look again. */
    caseChanged: z.null(),
  },
  tenantId: ({ tenantId }) => tenantId,
  key: ({ invoiceId }) => invoiceId,
  subject: ({ invoiceId }) => invoiceId,
});
