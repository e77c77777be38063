import type { Tx } from '../../scope.ts';
import { one } from '../shared/rows.ts';

export interface MailRow {
  id: string;
  messageId: string;
  status: 'sending' | 'sent' | 'refused';
}

/** The row of the email with this idempotency key, created if missing: one key, one email, one Message-ID. */
export async function claim(
  tx: Tx,
  mail: {
    id: string;
    tenantId: string;
    key: string;
    template: string;
    userId: string | null;
    messageId: string;
  },
): Promise<MailRow> {
  await tx
    .sql('mails')
    .insert({
      id: mail.id,
      tenant_id: mail.tenantId,
      key: mail.key,
      template: mail.template,
      user_id: mail.userId,
      message_id: mail.messageId,
      status: 'sending',
    })
    .onConflict(['tenant_id', 'key'])
    .ignore();
  return one<MailRow>(
    tx.sql('mails').where({ tenant_id: mail.tenantId, key: mail.key }).select('id', 'message_id', 'status'),
  );
}

/** Records the outcome of an email: accepted by the server, or permanently rejected. */
export async function end(
  tx: Tx,
  tenantId: string,
  id: string,
  outcome: { status: 'sent' | 'refused'; template: string },
): Promise<void> {
  const { status, template } = outcome;
  const changed = await tx
    .sql('mails')
    .where({ tenant_id: tenantId, id, status: 'sending' })
    .update({ status, ...(status === 'sent' && { sent_at: new Date() }) });
  if (changed === 0) return;
  const targets = [{ type: 'mail', id }] as const;
  if (status === 'sent') tx.record({ action: 'mail.sent', targets, data: { template } });
  else tx.record({ action: 'mail.refused', outcome: 'failure', targets, data: { template } });
}
