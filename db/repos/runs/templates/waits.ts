import { AppError } from '../../../domain/errors.ts';
import type { Tx } from '../../../scope.ts';
import { first, one } from '../../shared/rows.ts';

/** The first event of an action about a tenant since a moment, about a target where one is named; its ISO time. */
export async function findEvent(
  tx: Tx,
  { tenantId, action, about, since }: { tenantId: string; action: string; about: string | null; since: Date },
): Promise<string | null> {
  const query = tx
    .sql('events')
    .where({ tenant_id: tenantId, action })
    .where('occurred_at', '>=', since)
    .orderBy('occurred_at')
    .limit(1)
    .select('occurred_at');
  if (about !== null) void query.where({ target_id: about });
  const found = await first<{ occurredAt: Date }>(query);
  return found?.occurredAt.toISOString() ?? null;
}

/** Emails a day that the workflows of one business may send to people outside it. */
const mostOutsideMails = 200;

/** Throws `template.mail-limit` where a business has sent its emails of the day to people outside it. */
export async function assertMayMail(tx: Tx, tenantId: string, template: string): Promise<void> {
  const { count } = await one<{ count: number }>(
    tx
      .sql('mails')
      .where({ tenant_id: tenantId, template, user_id: null })
      .whereRaw(`created_at > now() - interval '1 day'`)
      .select(tx.sql.raw('count(*)::int as count')),
  );
  if (count >= mostOutsideMails) throw new AppError('template.mail-limit');
}
