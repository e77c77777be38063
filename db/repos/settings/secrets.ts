import type { Tx } from '../../scope.ts';
import { all, first } from '../shared/rows.ts';

export interface SealedSecret {
  version: number;
  /** Identifies the key it is sealed under. */
  keyId: string;
  sealed: Buffer;
}

/**
 * Stores the next version of a secret and returns its number. `seal` gets the number, as a sealed value is bound to it.
 * Writers of one secret take turns, so each gets its own number.
 */
export async function insertNext(
  tx: Tx,
  secret: { tenantId: string; name: string; keyId: string; seal: (version: number) => Buffer },
): Promise<number> {
  const { tenantId, name, keyId, seal } = secret;
  const turn = JSON.stringify(['secret', tenantId, name]);
  await tx.sql.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [turn]);
  const newest = await findNewest(tx, tenantId, name);
  const version = (newest?.version ?? 0) + 1;
  await tx
    .sql('secrets')
    .insert({ tenant_id: tenantId, name, version, key_id: keyId, sealed: seal(version) });
  tx.record({
    action: 'secret.stored',
    tenantId,
    targets: [{ type: 'secret', id: name }],
    data: { version },
  });
  return version;
}

export async function findNewest(tx: Tx, tenantId: string, name: string): Promise<SealedSecret | null> {
  return first<SealedSecret>(
    tx
      .sql('secrets')
      .where({ tenant_id: tenantId, name })
      .orderBy('version', 'desc')
      .limit(1)
      .select('version', 'key_id', 'sealed'),
  );
}

/** Deletes every version of a secret; does nothing when there is none. */
export async function removeAll(tx: Tx, tenantId: string, name: string): Promise<void> {
  const removed = await tx.sql('secrets').where({ tenant_id: tenantId, name }).delete();
  if (removed > 0) tx.record({ action: 'secret.removed', tenantId, targets: [{ type: 'secret', id: name }] });
}

/** Name prefix of staged secrets, which wait until a process takes them over. */
export const stagedPrefix = 'waiting/';

/** Deletes secrets staged before a moment. Returns how many. */
export async function removeStaged(
  tx: Tx,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const rows = await all<{ tenantId: string; name: string }>(
    tx.sql.raw(
      `select tenant_id, name from secrets where name like :waiting
     group by tenant_id, name having max(created_at) < :before order by tenant_id, name limit :limit`,
      { waiting: `${stagedPrefix}%`, before, limit },
    ),
  );
  for (const { tenantId, name } of rows) await removeAll(tx, tenantId, name);
  return rows.length;
}
