import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { first, isDuplicate, one } from '../shared/rows.ts';
import * as sessions from './sessions.ts';

/** Second factors are the sign-in provider's rows: every function here needs the reach of the platform. */

/** Id and chain of the event of a change, known before it is made, so that its email can look for it. */
export interface Filed {
  id: string;
  /** The platform's chain without it. */
  tenantId?: string;
}

export interface StoredFactor {
  keyId: string;
  sealed: Buffer;
  /** Of the hashes of the backup codes. */
  salt: Buffer;
}

export async function find(tx: Tx, userId: string): Promise<StoredFactor | null> {
  return first<StoredFactor>(
    tx.sql('auth.second_factors').where({ user_id: userId }).select('key_id', 'sealed', 'salt'),
  );
}

async function insertCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.sql('auth.backup_codes').insert(hashes.map((hash) => ({ user_id: userId, code_hash: hash })));
}

/** Adds the second factor of a person, whose first code was of `step`. Throws `second-factor.exists`. */
export async function add(
  tx: Tx,
  factor: StoredFactor & { userId: string; step: number; codeHashes: readonly string[]; filed: Filed },
): Promise<void> {
  const { userId, keyId, sealed, salt, step, codeHashes, filed } = factor;
  try {
    await tx
      .sql('auth.second_factors')
      .insert({ user_id: userId, key_id: keyId, sealed, salt, last_step: step });
  } catch (error) {
    if (isDuplicate(error, 'second_factors_pkey')) throw new AppError('second-factor.exists');
    throw error;
  }
  await insertCodes(tx, userId, codeHashes);
  await tx.sql('users').where({ id: userId }).update({ second_factor_at: tx.sql.fn.now() });
  tx.record({ ...filed, action: 'second-factor.added', targets: [{ type: 'user', id: userId }] });
}

/** Takes the second factor and its backup codes away. Throws `second-factor.missing`. */
export async function remove(tx: Tx, userId: string, filed: Filed): Promise<void> {
  const removed = await tx.sql('auth.second_factors').where({ user_id: userId }).delete();
  if (removed === 0) throw new AppError('second-factor.missing');
  await tx.sql('users').where({ id: userId }).update({ second_factor_at: null });
  tx.record({ ...filed, action: 'second-factor.removed', targets: [{ type: 'user', id: userId }] });
}

/** Whether the second factor of a person is for this super admin to remove: not their own, nor that of an equal. */
export const mayReset = (person: { id: string; platformRole: string | null }, by: string): boolean =>
  person.id !== by && person.platformRole !== 'superAdmin';

/**
 * Takes the second factor of a person away, and ends their sessions; how many were open. `by` is the super admin who asks,
 * null where the machine's operator does, who may remove anyone's. Throws `user.not-found`,
 * `second-factor.target-refused`, `second-factor.missing`.
 */
export async function reset(
  tx: Tx,
  change: { userId: string; by: string | null; reason: string; filed: Filed },
): Promise<number> {
  const { userId, by, reason, filed } = change;
  // Held, so that no promotion at the same moment makes the person an equal.
  const person = await first<{ id: string; platformRole: string | null }>(
    tx.sql('users').where({ id: userId }).forUpdate().select('id', 'platform_role'),
  );
  if (!person) throw new AppError('user.not-found');
  if (by !== null && !mayReset(person, by)) throw new AppError('second-factor.target-refused');
  const removed = await tx.sql('auth.second_factors').where({ user_id: userId }).delete();
  if (removed === 0) throw new AppError('second-factor.missing');
  await tx.sql('users').where({ id: userId }).update({ second_factor_at: null });
  const ended = await sessions.endOfPerson(tx, userId, 'revoked');
  tx.record({
    ...filed,
    action: 'second-factor.reset',
    targets: [{ type: 'user', id: userId }],
    data: { reason, sessions: ended },
  });
  return ended;
}

/** Uses up a step; false where it, or a later one, was used before. Of two at the same moment one gets it. */
export async function useStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const changed = await tx
    .sql('auth.second_factors')
    .where({ user_id: userId })
    .where('last_step', '<', step)
    .update({ last_step: step });
  return changed === 1;
}

/** Uses up a backup code; false for one that is unknown or was used. */
export async function useBackupCode(tx: Tx, userId: string, codeHash: string): Promise<boolean> {
  const changed = await tx
    .sql('auth.backup_codes')
    .where({ user_id: userId, code_hash: codeHash })
    .whereNull('used_at')
    .update({ used_at: tx.sql.fn.now() });
  if (changed === 0) return false;
  const left = await countBackupCodes(tx, userId);
  tx.record({ action: 'backup-code.used', targets: [{ type: 'user', id: userId }], data: { left } });
  return true;
}

/** How many backup codes a person has left. */
export async function countBackupCodes(tx: Tx, userId: string): Promise<number> {
  const { left } = await one<{ left: number }>(
    tx
      .sql('auth.backup_codes')
      .where({ user_id: userId })
      .whereNull('used_at')
      .select(tx.sql.raw('count(*)::int as left')),
  );
  return left;
}

/** New backup codes in place of all old ones. Throws `second-factor.missing`. */
export async function replaceBackupCodes(
  tx: Tx,
  userId: string,
  given: { codeHashes: readonly string[]; salt: Buffer; filed: Filed },
): Promise<void> {
  const changed = await tx.sql('auth.second_factors').where({ user_id: userId }).update({ salt: given.salt });
  if (changed === 0) throw new AppError('second-factor.missing');
  await tx.sql('auth.backup_codes').where({ user_id: userId }).delete();
  await insertCodes(tx, userId, given.codeHashes);
  tx.record({ ...given.filed, action: 'backup-codes.replaced', targets: [{ type: 'user', id: userId }] });
}

/** How many people a demand for a second factor concerns, and how many of them have none. */
export interface FactorCount {
  people: number;
  without: number;
}

const counted = `count(*)::int as people, count(*) filter (where u.second_factor_at is null)::int as without`;

export async function countOfTenant(tx: Tx, tenantId: string): Promise<FactorCount> {
  return one<FactorCount>(
    tx.sql.raw(
      `select ${counted} from memberships m join users u on u.id = m.user_id
       where m.tenant_id = :tenantId and u.status = 'active'`,
      { tenantId },
    ),
  );
}

/** Of the super admins. */
export async function countOfAdmins(tx: Tx): Promise<FactorCount> {
  return one<FactorCount>(
    tx.sql.raw(`select ${counted} from users u where u.platform_role = 'superAdmin' and u.status = 'active'`),
  );
}
