import pg from 'pg';
import type { Attribution } from './domain/actor.ts';
import type { NewEvent } from './domain/event.ts';
import { appendEvents } from './ledger.ts';
import { createReader, read, type Reader } from './reading.ts';
import type { Sql } from './sql.ts';
import { changeInTransaction, type Setting } from './transaction.ts';

// Money columns are bigint; amounts stay far below 2^53, so plain numbers are exact.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`bigint ${value} is beyond exact numbers`);
  return number;
});

/** Connection strings of the login roles; each role can do only what its name says. */
export interface DatabaseUrls {
  app: string;
  platform: string;
  partner: string;
}

/** Whose rows a transaction may see: one tenant's, those of one partner's tenants (read only), or all. */
export type Visibility = { tenantId: string } | { partnerId: string } | 'platform';

/** Reach and attribution: what may be seen, and who acts. */
export interface Scope {
  visibility: Visibility;
  by: Attribution;
  /** The database refuses every change in this scope; in return each statement takes one round trip and no more. */
  readOnly?: boolean;
}

/** A transaction inside a scope. Repos take it as their first argument. */
export interface Tx {
  sql: Sql;
  scope: Scope;
  /** Records what happened; written as the last statement before the commit, so that it happened or it did not. */
  record(event: NewEvent & { tenantId?: string }): void;
}

export interface Db {
  inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Pool of the sign-in provider, which speaks PostgreSQL itself; its tables stand in the schema `auth`. */
  authPool: pg.Pool;
  ping(): Promise<void>;
  close(): Promise<void>;
}

const idleTimeoutMillis = 30_000;
const connectionTimeoutMillis = 10_000;

function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    application_name: 'bizosaas',
    idleTimeoutMillis,
    connectionTimeoutMillis,
    ...config,
  });
  // A connection that the server ends is replaced by the pool; whoever was using it hears of it from the query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A tenant's statements are short and may share a way; those over all tenants keep others waiting, so each has its own. */
const together = { tenant: 4, all: 1 } as const;

interface Way {
  pool: pg.Pool;
  reader: Reader;
}

function openWay(connectionString: string, max: number, perConnection: number): Way {
  const pool = openPool({ connectionString, max, pipeline: true });
  return { pool, reader: createReader(pool, perConnection) };
}

/** Opens the pools. `poolSize` is the number of connections of the app role; the others take half of it. */
export function connectDb(urls: DatabaseUrls, poolSize = 10): Db {
  const half = Math.max(2, Math.floor(poolSize / 2));
  const app = openWay(urls.app, poolSize, together.tenant);
  const platform = openWay(urls.platform, half, together.all);
  const partner = openWay(urls.partner, half, together.all);
  const authPool = openPool({
    connectionString: urls.platform,
    options: '-c search_path=auth',
    max: half,
  });

  function open(visibility: Visibility): { way: Way; setting: Setting | null } {
    if (visibility === 'platform') return { way: platform, setting: null };
    if ('tenantId' in visibility) return { way: app, setting: ['app.tenant_id', visibility.tenantId] };
    return { way: partner, setting: ['app.partner_id', visibility.partnerId] };
  }

  return {
    authPool,
    async inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
      const { way, setting } = open(scope.visibility);
      const events: (NewEvent & { tenantId?: string })[] = [];
      const record = (event: (typeof events)[number]) => void events.push(event);
      if (!scope.readOnly) {
        const last = () => (events.length > 0 ? appendEvents(scope, events) : null);
        return changeInTransaction(way.pool, setting, (sql) => work({ sql, scope, record }), last);
      }
      return read(way.reader, setting, async (sql) => {
        const result = await work({ sql, scope, record });
        if (events.length > 0) throw new Error('a scope that only reads records no event');
        return result;
      });
    },
    async ping() {
      await app.pool.query('select 1');
    },
    async close() {
      await Promise.all([app.pool, platform.pool, partner.pool, authPool].map((pool) => pool.end()));
    },
  };
}
