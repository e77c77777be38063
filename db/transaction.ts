import type pg from 'pg';
import { openSql, type Sql } from './sql.ts';

/** The setting that row-level security reads, and whose rows it opens. */
export type Setting = readonly ['app.tenant_id' | 'app.partner_id', string];

/** The error a prepared statement keeps returning on its connection once a column was added to its table. */
const stalePlan = '0A000';
const ids = /^\w*$/;

function begin(setting: Setting | null): string {
  if (!setting) return 'begin';
  const [name, value] = setting;
  // The text goes without parameters, so that the beginning is one message; an id has no character to quote.
  if (!ids.test(value)) throw new Error('the id of a scope is made of letters, digits and underscores');
  return `begin; set local ${name} = '${value}'`;
}

/** A transaction that may change something. `finish` gives the last statement, which travels with the commit. */
export async function changeInTransaction<T>(
  pool: pg.Pool,
  setting: Setting | null,
  work: (sql: Sql) => Promise<T>,
  finish: () => pg.QueryConfig | null,
): Promise<T> {
  const text = begin(setting);
  const client = await pool.connect();
  const { sql, close } = openSql((statement, answered) => client.query(statement, answered as never));
  try {
    // The first statement travels with the beginning; should that fail, the statement fails behind it.
    const began = client.query(text);
    began.catch(() => undefined);
    const result = await work(sql);
    await began;
    close();
    const last = finish();
    // Should the last statement fail, the commit behind it is a rollback.
    await Promise.all([last && client.query(last), client.query('commit')]);
    client.release();
    return result;
  } catch (error) {
    close();
    // A connection that can't even do this is unusable.
    await client.query('rollback').then(
      () => client.release((error as { code?: string }).code === stalePlan),
      (broken: Error) => client.release(broken),
    );
    throw error;
  }
}
