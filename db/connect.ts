import knex, { type Knex } from 'knex';
import pg from 'pg';
import type { Attribution } from './domain/actor.ts';
import type { NewEvent } from './domain/event.ts';
import { writeEvents } from './ledger.ts';

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
export type Reach = { tenantId: string } | { partnerId: string } | 'platform';

/** Reach and attribution: what may be seen, and who acts. */
export interface Scope {
  reach: Reach;
  by: Attribution;
}

/** A transaction inside a scope. Repos take it as their first argument. */
export interface Tx {
  sql: Knex.Transaction;
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

function pool(url: string, max: number): Knex {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'bizosaas' },
    pool: { min: 0, max, acquireTimeoutMillis: 10_000, idleTimeoutMillis: 30_000 },
  });
}

/** Opens the pools. `poolSize` is the number of connections of the app role; the others take half of it. */
export function connectDb(urls: DatabaseUrls, poolSize = 10): Db {
  const half = Math.max(2, Math.floor(poolSize / 2));
  const app = pool(urls.app, poolSize);
  const platform = pool(urls.platform, half);
  const partner = pool(urls.partner, half);
  const authPool = new pg.Pool({
    connectionString: urls.platform,
    options: '-c search_path=auth',
    max: half,
  });
  // An idle connection that the server ends is replaced by the pool; the next query reports what matters.
  authPool.on('error', () => undefined);

  function open(reach: Reach): { on: Knex; setting: [string, string] | null } {
    if (reach === 'platform') return { on: platform, setting: null };
    if ('tenantId' in reach) return { on: app, setting: ['app.tenant_id', reach.tenantId] };
    return { on: partner, setting: ['app.partner_id', reach.partnerId] };
  }

  return {
    authPool,
    async inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
      const { on, setting } = open(scope.reach);
      return on.transaction(async (sql) => {
        if (setting) await sql.raw('select set_config(?, ?, true)', setting);
        const events: (NewEvent & { tenantId?: string })[] = [];
        const result = await work({ sql, scope, record: (event) => void events.push(event) });
        if (events.length > 0) await writeEvents(sql, scope, events);
        return result;
      });
    },
    async ping() {
      await app.raw('select 1');
    },
    async close() {
      await Promise.all([app.destroy(), platform.destroy(), partner.destroy(), authPool.end()]);
    },
  };
}
