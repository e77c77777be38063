import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { type Answered, openSql, type Sql, type Statement } from './sql.ts';
import type { Setting } from './transaction.ts';

/**
 * Runs before a statement, in its transaction: it makes the transaction read-only and limits it to the rows of the
 * scope.
 */
interface Prelude {
  name: string;
  text: string;
  values: string[];
}

const readOnly = `set_config('transaction_read_only', 'on', true) is null`;

/** set_config never returns null, so it runs and the statement returns no row. */
function preludeOf(setting: Setting | null): Prelude {
  if (!setting) return { name: 'read', text: `select 1 where ${readOnly}`, values: [] };
  const [name, value] = setting;
  const text = `select 1 where ${readOnly} or set_config('${name}', $1, true) is null`;
  return { name: `read ${name}`, text, values: [value] };
}

/** What the driver's connection offers and its types leave out. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, string>;
  parse(statement: { name: string; text: string }): void;
  bind(statement: { statement: string; values: string[] }): void;
  execute(portal: object): void;
}

function send({ name, text, values }: Prelude, wire: Wire): void {
  if (!wire.parsedStatements[name]) {
    wire.parse({ name, text });
    // Should it be refused, the pool gives up the connection, and this note with it.
    wire.parsedStatements[name] = text;
  }
  wire.bind({ statement: name, values });
  wire.execute({});
}

/** One message to the server, and one transaction there: it begins with the prelude and ends with the statement. */
function statementIn(prelude: Prelude, { text, values, name }: Statement): pg.Query {
  const query = new pg.Query({
    text,
    values,
    queryMode: 'extended',
    ...(name && { name }),
  } as pg.QueryConfig);
  const { submit } = query;
  query.submit = (connection) => {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    try {
      send(prelude, wire);
      return submit.call(query, connection);
    } finally {
      wire.stream.uncork();
    }
  };
  return query;
}

interface Asked {
  statement: pg.Query;
  answered: Answered;
}

async function runTogether(pool: pg.Pool, together: readonly Asked[]): Promise<void> {
  const client = await pool.connect();
  const { stream } = (client as unknown as { connection: Wire }).connection;
  stream.cork();
  const results = together.map(
    ({ statement, answered }) =>
      new Promise<Error | undefined>((resolve) => {
        const settle = (error: Error | undefined, results?: pg.QueryResult[]) => {
          answered(error, results?.at(-1));
          resolve(error);
        };
        void client.query(statement as never, settle as never);
      }),
  );
  stream.uncork();
  const failed = (await Promise.all(results)).find(Boolean);
  // What is prepared on it is uncertain after a failure.
  client.release(failed);
}

export type Reader = (asked: Asked) => void;

/** Runs statements. Of those asked for in the same turn of the event loop, up to `perConnection` go out together. */
export function createReader(pool: pg.Pool, perConnection: number): Reader {
  let waiting: Asked[] = [];
  async function flush(): Promise<void> {
    await nextTurn();
    const all = waiting;
    waiting = [];
    for (let i = 0; i < all.length; i += perConnection) {
      const together = all.slice(i, i + perConnection);
      runTogether(pool, together).catch((error: Error) => {
        for (const { answered } of together) answered(error);
      });
    }
  }
  return (asked) => {
    if (waiting.push(asked) === 1) void flush();
  };
}

/**
 * Work that only reads, as the database sees to. Each statement sees what is committed when it begins, as in a
 * transaction of the default isolation, and takes one round trip.
 */
export async function read<T>(
  reader: Reader,
  setting: Setting | null,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const prelude = preludeOf(setting);
  const { sql, close } = openSql((statement, answered) =>
    reader({ statement: statementIn(prelude, statement), answered }),
  );
  try {
    return await work(sql);
  } finally {
    close();
  }
}
