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
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::integer as n from pg_stat_activity
       where datname = current_database() and pg_backend_pid() = any (pg_blocking_pids(pid))`,
    );
    return rows[0]?.n ?? 0;
  };
  return {
    /** Until another transaction waits for it. */
    waitedFor: () => eventually(countWaiting, (count) => count > 0),
    async release(): Promise<void> {
      await client.query('rollback');
      await client.end();
    },
  };
}
