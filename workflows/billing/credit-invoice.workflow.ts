import type { InputOf, OutputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { call, db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { creditInvoiceContract } from './credit-invoice.contract.ts';

type Contract = typeof creditInvoiceContract;

/** The note is a row at once; what goes back to the card goes back however long the gateway is away. */
export async function creditInvoice(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['credit', 'refund']);
  const answer = earlyAnswer<OutputOf<Contract>>();
  handle<Contract>({ invoiceCredited: answer.handler('Answers when the credit note is issued') });

  progress.set('credit', 'running');
  let note: OutputOf<Contract> & { noteId: string };
  try {
    note = await db.issueCreditNote(input);
  } catch (error) {
    answer.reject(error);
    progress.set('credit', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  progress.set('credit', 'done');
  const { number, refundMinor, noteId } = note;
  answer.resolve({ number, refundMinor });
  if (refundMinor === 0) progress.skipRest();
  else {
    const { tenantId, invoiceId } = input;
    await progress.step('refund', () => call.refundCreditNote({ tenantId, invoiceId, noteId, refundMinor }));
  }
  await finish(progress, 'done');
  return { number, refundMinor };
}
