import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { crediting } from '../../db/domain/billing/credit-notes.ts';
import { defineProcess } from '../define.ts';

const credited = z.object({ number: z.string(), refundMinor: z.number().int() });

export const creditInvoiceContract = defineProcess({
  name: 'credit-invoice',
  title: 'Credit note',
  summary: 'Takes an amount off an invoice, and gives back what was paid for it or keeps it as credit.',
  queue: 'core',
  tellsCaller: true,
  trigger: null,
  cancelEffect: 'The credit note stays. A refund that hasn’t begun isn’t made.',
  steps: [
    { key: 'credit', title: 'Credit note issued' },
    { key: 'refund', title: 'Payment refunded' },
  ],
  input: crediting.extend({
    tenantId: z.string(),
    invoiceId: z.string(),
    by: actor,
    /** The same request again leads to the same run. */
    requestKey: z.string(),
  }),
  output: credited,
  updates: {
    /** Answers when the credit note is issued; a refund follows. */
    invoiceCredited: { input: z.null(), output: credited },
  },
  tenantId: ({ tenantId }) => tenantId,
  key: ({ invoiceId, requestKey }) => `${invoiceId}-${requestKey}`,
  subject: ({ invoiceId }) => invoiceId,
});
