import type { Tx } from '../../scope.ts';
import type { RetentionKey } from '../../domain/audit/retention.ts';
import { all, first } from '../shared/rows.ts';

/** One purge run. */
export interface PurgeRun {
  key: string;
  startedAt: Date;
  /** Null while it runs. */
  endedAt: Date | null;
  removed: Partial<Record<RetentionKey, number>>;
  /** Rules that failed. */
  failed: readonly RetentionKey[];
}

/**
 * Adds to the removed rows of a purge run, in the transaction that removes them, so that every row is counted exactly
 * once.
 */
export async function noteRemoved(tx: Tx, key: string, rule: RetentionKey, removed: number): Promise<void> {
  await tx.sql.raw(
    `insert into purge_runs as r (key, removed) values (:key, jsonb_build_object(:rule::text, :removed::int))
     on conflict (key) do update set
       removed = r.removed || jsonb_build_object(:rule::text, coalesce((r.removed ->> :rule)::int, 0) + :removed::int)`,
    { key, rule, removed },
  );
}

/** Ends a purge run with its event; repeating it changes nothing. Returns what it removed. */
export async function finishPurgeRun(
  tx: Tx,
  key: string,
  failed: readonly RetentionKey[],
): Promise<PurgeRun['removed']> {
  const ended = await first<{ removed: PurgeRun['removed'] }>(
    tx
      .sql('purge_runs')
      .where({ key })
      .whereNull('ended_at')
      .update({ ended_at: tx.sql.fn.now(), failed: JSON.stringify(failed) })
      .returning('removed'),
  );
  if (!ended) return (await findRound(tx, key))?.removed ?? {};
  const counts = Object.entries(ended.removed).filter(([, count]) => count > 0);
  tx.record({
    action: 'records.purged',
    outcome: failed.length > 0 ? 'failure' : 'success',
    targets: [{ type: 'house', id: key }],
    data: { ...Object.fromEntries(counts), ...(failed.length > 0 && { failed: failed.join(', ') }) },
  });
  return ended.removed;
}

async function findRound(tx: Tx, key: string): Promise<PurgeRun | null> {
  return first<PurgeRun>(tx.sql('purge_runs').where({ key }));
}

/** The latest purge runs, newest first. */
export async function listPurgeRuns(tx: Tx, limit: number): Promise<PurgeRun[]> {
  return all<PurgeRun>(tx.sql('purge_runs').orderBy('started_at', 'desc').limit(limit));
}
