import pg from 'pg';
import { eventually } from './world.ts';

/** Holds what a statement locks, so that a test can stop others in the middle of a transaction. */
export async function heldLock(ownerUrl: string, statement: string, ...values: unknown[]) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('begin');
  const { rowCount } = await client.query(statement, values);
  if (rowCount === 0) throw new Error(`nothing to lock: ${statement}`);
  const countWaiting = async () => {
    // A transaction sees the activity as it was when it first looked, unless that is dropped.
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::integer as n from pg_stat_activity
       where datname = current_database() and pg_backend_pid() = any (pg_blocking_pids(pid))`,
    );
    return rows[0]?.n ?? 0;
  };
  return {
    /** Until another transaction waits for it; a worker that was killed is missed after ten seconds only. */
    waitedFor: () => eventually(countWaiting, (count) => count > 0, 60_000),
    async release(): Promise<void> {
      await client.query('rollback');
      await client.end();
    },
  };
}
