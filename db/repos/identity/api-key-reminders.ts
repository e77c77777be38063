import { reminderDays } from '../../domain/identity/api-key.ts';
import { PLATFORM_TENANT_ID } from '../../domain/ids.ts';
import type { Tx } from '../../scope.ts';
import { isNotFrozen } from '../tenants/freezes.ts';
import { all } from '../shared/rows.ts';

/** A key whose people are to be reminded, and of which reminder. */
export interface DueReminder {
  id: string;
  tenantId: string;
  name: string;
  last4: string;
  expiresAt: Date;
  /** Days before the expiry. */
  days: number;
  userId: string | null;
  createdBy: string;
}

/** Keys for which a reminder is due that was not sent, by the clock of the database. Needs the reach of the platform. */
export async function listDue(tx: Tx, limit: number): Promise<DueReminder[]> {
  return all<DueReminder>(
    tx.sql.raw(
      `select k.id, k.tenant_id, k.name, k.last4, k.expires_at, d.days, k.user_id, k.created_by
       from api_keys k
       join lateral (select min(days) as days from unnest(:days::int[]) days
                     where k.expires_at <= now() + make_interval(days => days)) d on d.days is not null
       where k.revoked_at is null and k.expires_at > now() and (k.reminded_days is null or k.reminded_days > d.days)
         and ${isNotFrozen('k.tenant_id')}
       order by k.expires_at, k.id limit :limit`,
      { days: [...reminderDays], limit },
    ),
  );
}

/** Who is reminded: the person of the key, else who made it where they are still there, else the owners. */
export async function recipientsOf(
  tx: Tx,
  { tenantId, userId, createdBy }: DueReminder,
): Promise<{ id: string; name: string; email: string; language: string }[]> {
  return all(
    tx.sql.raw(
      `with members as (
         select u.id, u.name, u.email, u.language, m.role from users u
         join memberships m on m.user_id = u.id and m.tenant_id = :tenantId and m.status = 'active'
         where u.status = 'active'
         union all
         select u.id, u.name, u.email, u.language, null from users u
         where u.status = 'active' and u.platform_role is not null and :tenantId = :platform
       )
       select id, name, email, language from members
       where id = :person or (role = 'owner' and :userId::text is null
         and not exists (select 1 from members where id = :person))`,
      { tenantId, userId, person: userId ?? createdBy, platform: PLATFORM_TENANT_ID },
    ),
  );
}

/** Notes that a reminder was sent. */
export async function markReminded(tx: Tx, { tenantId, id, name, days }: DueReminder): Promise<void> {
  const noted = await tx
    .sql('api_keys')
    .where({ tenant_id: tenantId, id })
    .andWhere((open) => open.whereNull('reminded_days').orWhere('reminded_days', '>', days))
    .update({ reminded_days: days });
  if (noted > 0)
    tx.record({
      action: 'key.reminded',
      targets: [{ type: 'apiKey', id }],
      data: { keyName: name, daysLeft: days },
      tenantId,
    });
}
