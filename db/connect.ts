import pg from 'pg';
import type { NewEvent } from './domain/event.ts';
import { appendEvents } from './ledger.ts';
import { createReader, read, type Reader } from './reading.ts';
import type { Db, Scope, Tx, Visibility } from './scope.ts';
import type { Sql } from './sql.ts';
import { changeInTransaction, type Setting } from './transaction.ts';
import { orUnavailable } from './unavailable.ts';

// Money columns are bigint; amounts stay far below 2^53, so plain numbers are exact.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`bigint ${value} is beyond exact numbers`);
  return number;
});

/** Connection strings of the login roles; each role has only the privileges its name implies. */
export interface DatabaseUrls {
  app: string;
  platform: string;
  partner: string;
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
  // The pool replaces a connection that the server ends; a query that was using it fails with its own error.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Read transactions that may share one connection. A tenant's statements are short; those over all tenants take long
 * and would keep others waiting, so each has its own connection.
 */
const readsPerConnection = { tenant: 4, all: 1 } as const;

interface RolePool {
  pool: pg.Pool;
  reader: Reader;
}

function openRolePool(connectionString: string, max: number, perConnection: number): RolePool {
  const pool = openPool({ connectionString, max, pipeline: true });
  return { pool, reader: createReader(pool, perConnection) };
}

/** Opens the pools. `poolSize` is the number of connections of the app role; the others take half of it. */
export function connectDb(urls: DatabaseUrls, poolSize = 10): Db {
  const half = Math.max(2, Math.floor(poolSize / 2));
  const app = openRolePool(urls.app, poolSize, readsPerConnection.tenant);
  const platform = openRolePool(urls.platform, half, readsPerConnection.all);
  const partner = openRolePool(urls.partner, half, readsPerConnection.all);
  const authPool = openPool({
    connectionString: urls.platform,
    options: '-c search_path=auth',
    max: half,
  });

  function open(visibility: Visibility): { role: RolePool; setting: Setting | null } {
    if (visibility === 'platform') return { role: platform, setting: null };
    if ('tenantId' in visibility) return { role: app, setting: ['app.tenant_id', visibility.tenantId] };
    return { role: partner, setting: ['app.partner_id', visibility.partnerId] };
  }

  return {
    authPool,
    async inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
      const { role, setting } = open(scope.visibility);
      const events: (NewEvent & { tenantId?: string })[] = [];
      const record = (event: (typeof events)[number]) => void events.push(event);
      if (!scope.readOnly) {
        const last = () => (events.length > 0 ? appendEvents(scope, events) : null);
        return orUnavailable(() =>
          changeInTransaction(role.pool, setting, (sql) => work({ sql, scope, record }), last),
        );
      }
      const onlyRead = async (sql: Sql) => {
        const result = await work({ sql, scope, record });
        if (events.length > 0) throw new Error('a read-only scope cannot record events');
        return result;
      };
      return orUnavailable(() => read(role.reader, setting, onlyRead));
    },
    async ping() {
      await app.pool.query('select 1');
    },
    async close() {
      await Promise.all([app.pool, platform.pool, partner.pool, authPool].map((pool) => pool.end()));
    },
  };
}
