import type pg from 'pg';
import type { Attribution } from './domain/actor.ts';
import type { NewEvent } from './domain/event.ts';
import type { Sql } from './sql.ts';

/** Whose rows a transaction may see: one tenant's, those of one partner's tenants (read only), or all. */
export type Visibility = { tenantId: string } | { partnerId: string } | 'platform';

/** What a transaction may see, and who acts in it. */
export interface Scope {
  visibility: Visibility;
  by: Attribution;
  /** The database refuses every change in this scope; in return each statement takes a single round trip. */
  readOnly?: boolean;
}

/** A transaction inside a scope. Repos take it as their first argument. */
export interface Tx {
  sql: Sql;
  scope: Scope;
  /** Records an event: the last statement before the commit, so that it is stored if and only if the change is. */
  record(event: NewEvent & { tenantId?: string }): void;
}

/** The database: transactions in a scope, and the lifetime of its pools. */
export interface Db {
  /** Runs `work` in one transaction; it commits when `work` returns and rolls back when it throws. */
  inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Pool of the sign-in provider, which runs its own SQL; its tables are in the schema `auth`. */
  authPool: pg.Pool;
  ping(): Promise<void>;
  close(): Promise<void>;
}
