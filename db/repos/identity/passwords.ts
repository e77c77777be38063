import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { first } from '../shared/rows.ts';
import type { Filed } from './second-factors.ts';

/** Passwords are the sign-in provider's rows: every function here needs the reach of the platform. */

/** A mark of the password a person has now: another one as soon as the password changes. Null without a password. */
export async function markOf(tx: Tx, userId: string): Promise<string | null> {
  const found = await first<{ mark: string }>(
    tx.sql.raw(
      `select encode(sha256(convert_to(password, 'UTF8')), 'hex') as mark from auth.accounts
       where user_id = :userId and provider_id = 'credential' and password is not null`,
      { userId },
    ),
  );
  return found?.mark ?? null;
}

/** Sets a new password, and with it what was demanded is done. `passwordHash` is an encoded argon2id hash. */
export async function set(
  tx: Tx,
  userId: string,
  given: { passwordHash: string; action: 'password.changed' | 'password.reset'; filed: Filed },
): Promise<void> {
  const changed = await tx
    .sql('auth.accounts')
    .where({ user_id: userId, provider_id: 'credential' })
    .update({ password: given.passwordHash, updated_at: tx.sql.fn.now() });
  if (changed === 0) throw new AppError('user.not-found');
  await tx.sql('users').where({ id: userId }).update({ must_change_password: false });
  tx.record({ ...given.filed, action: given.action, targets: [{ type: 'user', id: userId }] });
}
