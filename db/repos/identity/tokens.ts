import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { first } from '../shared/rows.ts';

/** An email link: only its hash is stored, and it works once, until it expires. */
export async function insert(
  tx: Tx,
  token: { tenantId: string; userId: string; tokenHash: string; expiresAt: Date },
): Promise<void> {
  await tx.sql('verification_tokens').insert({
    id: newId('token'),
    tenant_id: token.tenantId,
    user_id: token.userId,
    token_hash: token.tokenHash,
    expires_at: token.expiresAt,
  });
}

export interface FoundToken {
  tenantId: string;
  userId: string;
  /** Neither used nor expired. */
  usable: boolean;
}

/** The token of a link, without using it up; null where there is none. */
export async function find(tx: Tx, tokenHash: string): Promise<FoundToken | null> {
  return first<FoundToken>(
    tx
      .sql('verification_tokens')
      .where({ token_hash: tokenHash })
      .select('tenant_id', 'user_id', tx.sql.raw('used_at is null and expires_at > now() as usable'))
      .limit(1),
  );
}

/** Consumes the token and returns its user. Throws `token.invalid` for unknown, used or expired ones alike. */
export async function consume(tx: Tx, tokenHash: string): Promise<{ tenantId: string; userId: string }> {
  const row = await first<{ tenantId: string; userId: string }>(
    tx
      .sql('verification_tokens')
      .where({ token_hash: tokenHash })
      .whereNull('used_at')
      .where('expires_at', '>', tx.sql.fn.now())
      .update({ used_at: tx.sql.fn.now() })
      .returning(['tenant_id', 'user_id']),
  );
  if (!row) throw new AppError('token.invalid');
  return row;
}
