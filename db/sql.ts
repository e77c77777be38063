import knex, { type Knex } from 'knex';
import type pg from 'pg';

/** Builds SQL and holds no connection; each statement is told which one it runs on. */
const builder = knex({ client: 'pg' });

/** The query builder of a scope: `sql('table')…`, `sql.raw(…)`, `sql.fn`. */
export interface Sql extends Pick<Knex, 'raw' | 'fn'> {
  (table: Knex.TableDescriptor | Knex.AliasDict): Knex.QueryBuilder;
  <Row extends object>(table: Knex.TableDescriptor): Knex.QueryBuilder<Row, Row[]>;
}

export interface Statement {
  text: string;
  values: unknown[];
  /** The name it is prepared under, where it is: policies make planning the larger part of a short read. */
  name: string | undefined;
}
export type Answered = (error: Error | null | undefined, result?: pg.QueryResult) => void;

const preparedAtMost = 200;
const names = new Map<string, string>();

/** Texts that vary with their input would fill the server's memory, so only the first few hundred get a name. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= preparedAtMost) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** A builder whose statements are run by `run` until `close`: a closed scope runs no more statements. */
export function openSql(run: (statement: Statement, answered: Answered) => void): {
  sql: Sql;
  close: () => void;
} {
  let open = true;
  // What the builder takes for a connection.
  const connection = {
    query({ text, values }: { text: string; values: unknown[] }, answered: Answered): void {
      if (open) run({ text, values, name: nameOf(text) }, answered);
      else answered(new Error('this transaction is over'));
    },
  };
  const table = (name: Knex.TableDescriptor | Knex.AliasDict) => builder(name).connection(connection);
  const raw = (...args: Parameters<Knex['raw']>) => builder.raw(...args).connection(connection);
  const sql = Object.assign(table, { raw: raw as Knex['raw'], fn: builder.fn }) as Sql;
  return { sql, close: () => void (open = false) };
}
