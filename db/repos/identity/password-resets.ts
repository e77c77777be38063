import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { first } from '../shared/rows.ts';

/** Requests are the sign-in provider's rows: every function here needs the reach of the platform. */

/**
 * Notes a request for a new password; the address may have no account, and then it takes the same work. Requests of days
 * before are forgotten. Returns its id.
 */
export async function insert(tx: Tx, email: string): Promise<string> {
  const id = newId('passwordReset');
  await tx.sql.raw(`delete from auth.password_resets where created_at < now() - interval '2 days'`);
  await tx.sql.raw(
    `insert into auth.password_resets (id, user_id, expires_at)
     select :id, (
       select u.id from users u join auth.accounts a on a.user_id = u.id and a.provider_id = 'credential'
       where u.email = :email and u.status = 'active' and a.password is not null
     ), now() + interval '1 hour'`,
    { id, email },
  );
  tx.record({ action: 'password.reset-requested', targets: [{ type: 'reset', id }] });
  return id;
}

/** The person a request was for, while it can be used; null where there is no account. */
export async function findPerson(tx: Tx, id: string): Promise<string | null> {
  const found = await first<{ userId: string | null }>(
    tx.sql('auth.password_resets').where({ id }).whereNull('used_at').select('user_id'),
  );
  return found?.userId ?? null;
}

/** Gives a request the token of its link, which works for an hour from now. */
export async function setToken(tx: Tx, id: string, tokenHash: string): Promise<void> {
  await tx
    .sql('auth.password_resets')
    .where({ id })
    .update({ token_hash: tokenHash, expires_at: tx.sql.raw(`now() + interval '1 hour'`) });
}

/** The person behind a link that can still be used; null for any other. Changes nothing. */
export async function findByToken(tx: Tx, tokenHash: string): Promise<string | null> {
  const found = await first<{ userId: string }>(
    tx
      .sql('auth.password_resets')
      .where({ token_hash: tokenHash })
      .whereNull('used_at')
      .where('expires_at', '>', tx.sql.fn.now())
      .select('user_id'),
  );
  return found?.userId ?? null;
}

/** Uses up a link, and with it all others of its person. Throws `token.invalid`. */
export async function consume(tx: Tx, tokenHash: string): Promise<string> {
  const used = await first<{ userId: string }>(
    tx
      .sql('auth.password_resets')
      .where({ token_hash: tokenHash })
      .whereNull('used_at')
      .where('expires_at', '>', tx.sql.fn.now())
      .update({ used_at: tx.sql.fn.now() })
      .returning('user_id'),
  );
  if (!used) throw new AppError('token.invalid');
  await tx
    .sql('auth.password_resets')
    .where({ user_id: used.userId })
    .whereNull('used_at')
    .update({ used_at: tx.sql.fn.now() });
  return used.userId;
}
