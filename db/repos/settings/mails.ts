import type { Tx } from '../../scope.ts';
import { all, one } from '../shared/rows.ts';

export interface MailRow {
  id: string;
  messageId: string;
  status: 'sending' | 'sent' | 'refused' | 'muted' | 'dropped';
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

/** Records the outcome of an email: accepted by the server, permanently rejected, or muted by its recipient. */
export async function end(
  tx: Tx,
  tenantId: string,
  id: string,
  outcome: { status: 'sent' | 'refused' | 'muted'; template: string },
): Promise<void> {
  const { status, template } = outcome;
  const changed = await tx
    .sql('mails')
    .where({ tenant_id: tenantId, id, status: 'sending' })
    .update({ status, ...(status === 'sent' && { sent_at: new Date() }) });
  if (changed === 0) return;
  const targets = [{ type: 'mail', id }] as const;
  if (status === 'sent') tx.record({ action: 'mail.sent', targets, data: { template } });
  else if (status === 'muted') tx.record({ action: 'mail.muted', targets, data: { template } });
  else tx.record({ action: 'mail.refused', outcome: 'failure', targets, data: { template } });
}

/** Notes that a freeze holds an email, and since when. */
export async function hold(tx: Tx, tenantId: string, id: string, freezeId: string): Promise<void> {
  await tx
    .sql('mails')
    .where({ tenant_id: tenantId, id, status: 'sending' })
    .whereRaw('held_for is distinct from ?', [freezeId])
    .update({ held_at: tx.sql.raw('coalesce(held_at, now())'), held_for: freezeId });
}

/** Drops the emails that a freeze holds, but those younger than so many hours; how many. From the platform's reach. */
export async function dropHeld(tx: Tx, freezeId: string, keepHours: number): Promise<number> {
  const dropped = await all<{ id: string; tenantId: string; template: string }>(
    tx.sql.raw(
      `update mails set status = 'dropped'
       where status = 'sending' and held_for = :freezeId
         and (:keepHours = 0 or created_at <= now() - make_interval(hours => :keepHours))
       returning id, tenant_id, template`,
      { freezeId, keepHours },
    ),
  );
  for (const { id, tenantId, template } of dropped) {
    tx.record({ action: 'mail.dropped', targets: [{ type: 'mail', id }], data: { template }, tenantId });
  }
  return dropped.length;
}
