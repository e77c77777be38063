import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { explain, PlainError } from '../kit/say.ts';

/** Creates a database unless it exists; `template` must have no open session. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    const source = template ? ` template ${client.escapeIdentifier(template)}` : '';
    await client.query(`create database ${client.escapeIdentifier(name)}${source}`);
  });
}

/** Waits until the server answers a query. Gives up when `ended` settles first (then with its reason) or time is over. */
export async function waitForPostgres(url: string, ended: Promise<string>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let reason: string | null = null;
  void ended.then((why) => (reason = why));
  for (;;) {
    if (reason !== null) throw new Error(`PostgreSQL ended while starting (${String(reason)}).`);
    try {
      await withClient(url, (client) => client.query('select 1'));
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error('PostgreSQL did not answer in time.', { cause: error });
      await sleep(30);
    }
  }
}

/** Checks that an external server answers; PlainError says why it does not. */
export async function checkDatabase(url: string): Promise<void> {
  try {
    await withClient(url, (client) => client.query('select 1'));
  } catch (cause) {
    const { host, pathname } = new URL(url);
    throw new PlainError(
      `The database of DATABASE_URL (${host}${pathname}) does not answer: ${explain(cause)}.`,
      { cause },
    );
  }
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // The server may die under the connection; the query in flight reports that, the event must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
