import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { ConnectionStatus } from '../../domain/integrations/connection.ts';
import { isCall, medianOf, rejectedCodes } from './call-rollups.ts';
import { keysetPage } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';

/**
 * How calls went; a request for approval is none. `refused` never left the gateway, `errors` came back from the
 * server; times are of what left.
 */
export interface Usage {
  /** The server, tool, tenant or day (`2026-11-22`) they are counted for. */
  key: string;
  /** What a person calls it; null where the key says it. */
  title: string | null;
  calls: number;
  refused: number;
  errors: number;
  p50Ms: number | null;
  p95Ms: number | null;
  lastAt: Date;
  /** Whether daily sums are part of it. */
  summed: boolean;
}

export interface UsageFilter {
  by: 'server' | 'tool' | 'tenant' | 'day';
  from: Date;
  to: Date;
  server?: string | undefined;
  tool?: string | undefined;
  tenantId?: string | undefined;
  /** Whose days are counted; UTC when not named. */
  timezone?: string | undefined;
  limit?: number | undefined;
}

/** For each way of counting: its key in calls and in their daily sums, and where the words for a key stand. */
const groups = {
  server: {
    key: 'server',
    ofSums: 'server',
    title: '(select title from mcp_servers where name = counted.key)',
  },
  tool: {
    key: `server || '/' || tool`,
    ofSums: `server || '/' || tool`,
    title: `(select title from mcp_tools t where t.server || '/' || t.name = counted.key)`,
  },
  tenant: {
    key: 'tenant_id',
    ofSums: 'tenant_id',
    title: '(select name from tenants where id = counted.key)',
  },
  day: {
    key: `to_char(at at time zone :timezone, 'YYYY-MM-DD')`,
    ofSums: `to_char(day, 'YYYY-MM-DD')`,
    title: 'null',
  },
} as const;

/** The shortest time that a share of the calls did not exceed. */
const percentile = (share: number) =>
  `(select min(ms) from ranked where ranked.key = counted.key and upto >= total * ${share})`;

/** Of the same key and time there are many calls: they are counted before they are ranked. */
function usageQuery(by: UsageFilter['by'], where: string): string {
  const { key, ofSums, title } = groups[by];
  return `
    with recent as (
      select ${key} as key, ms, count(*) as calls, count(*) filter (where ${rejectedCodes}) as refused,
             count(*) filter (where outcome <> 'ok' and not ${rejectedCodes}) as errors, max(at) as last_at
      from mcp_calls where at >= :from and at < :to and ${isCall} ${where} group by 1, 2
    ), sums as (
      select ${ofSums} as key, calls, refused, errors, times, last_at
      from mcp_call_rollups
      where day >= (cast(:from as timestamptz) at time zone 'UTC')::date
        and day < cast(:to as timestamptz) at time zone 'UTC' ${where}
    ), counted as (
      select key, sum(calls)::bigint as calls, sum(refused)::bigint as refused, sum(errors)::bigint as errors,
             max(last_at) as last_at, bool_or(summed) as summed
      from (select key, calls, refused, errors, last_at, false as summed from recent
            union all select key, calls, refused, errors, last_at, true from sums) as parts group by key
    ), points as (
      select key, ms, sum(n) as n
      from (select key, ms, calls - refused as n from recent
            union all select key, ${medianOf('bucket')}, n
            from sums, unnest(times) with ordinality as time (n, bucket)) as parts
      where n > 0 group by key, ms
    ), ranked as (
      select key, ms, sum(n) over (partition by key order by ms) as upto, sum(n) over (partition by key) as total from points
    )
    select counted.*, ${percentile(0.5)} as p50_ms, ${percentile(0.95)} as p95_ms, ${title} as title from counted
    order by ${by === 'day' ? 'key' : 'calls desc, key'} limit :limit`;
}

/**
 * Calls within reach between two moments, counted by server, tool, tenant or day: the busiest first, days in order.
 * Of old calls there are daily sums only: whole days of UTC, with times to a twentieth.
 */
export async function listUsage(tx: Tx, filter: UsageFilter): Promise<Usage[]> {
  const { by, from, to, timezone = 'UTC', limit = 400 } = filter;
  const conditions = { server: 'server', tool: 'tool', tenant_id: 'tenantId' } as const;
  const where = Object.entries(conditions)
    .filter(([, name]) => filter[name] !== undefined)
    .map(([column, name]) => `and ${column} = :${name}`)
    .join(' ');
  const values = { ...filter, from, to, timezone, limit };
  return all<Usage>(tx.sql.raw(usageQuery(by, where), values));
}

export interface Adoption {
  server: string;
  connected: number;
  needsReconnect: number;
  disconnected: number;
  /** Connected, and for the first time or again within the last thirty days. */
  connectedLately: number;
}

/** How many tenants within reach use each server; servers that were never connected are left out. */
export async function listAdoption(tx: Tx): Promise<Adoption[]> {
  return all<Adoption>(
    tx.sql.raw(
      `select server, count(*) filter (where status = 'connected') as connected,
            count(*) filter (where status = 'needsReconnect') as needs_reconnect,
            count(*) filter (where status = 'disconnected') as disconnected,
            count(*) filter (where status = 'connected' and connected_at > now() - interval '30 days') as connected_lately
     from mcp_connections group by server order by connected desc, server`,
    ),
  );
}

export interface ServerTenant {
  tenantId: string;
  tenantName: string;
  status: ConnectionStatus;
  accountLabel: string;
  connectedAt: Date;
  lastCallAt: Date | null;
}

/** The tenants that are or were connected to a server, the latest first. */
export async function tenantsUsing(
  tx: Tx,
  { server, cursor, limit }: { server: string } & Paging,
): Promise<Page<ServerTenant>> {
  const query = tx
    .sql('mcp_connections as c')
    .join('tenants as t', 't.id', 'c.tenant_id')
    .where('c.server', server)
    .select(
      'c.tenant_id',
      't.name as tenant_name',
      'c.status',
      'c.account_label',
      'c.connected_at',
      tx.sql.raw(
        `greatest((select max(at) from mcp_calls k where k.tenant_id = c.tenant_id and k.server = c.server),
                  (select max(last_at) from mcp_call_rollups d where d.tenant_id = c.tenant_id and d.server = c.server))
         as last_call_at`,
      ),
      tx.sql.raw('c.connected_at::text as key_0'),
      'c.tenant_id as key_1',
    );
  return keysetPage<ServerTenant>(query, {
    columns: ['c.connected_at', 'c.tenant_id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor,
    limit,
  });
}

/** The owners of the tenants that have a service connected now. */
export async function ownersUsing(tx: Tx, server: string): Promise<{ tenantId: string; userId: string }[]> {
  return all<{ tenantId: string; userId: string }>(
    tx
      .sql('mcp_connections as c')
      .join('tenants as t', 't.id', 'c.tenant_id')
      .join('memberships as m', 'm.tenant_id', 'c.tenant_id')
      .where({ 'c.server': server, 'm.role': 'owner' })
      .whereNot('c.status', 'disconnected')
      .whereNot('t.status', 'abandoned')
      .orderBy(['c.tenant_id', 'm.user_id'])
      .select('c.tenant_id', 'm.user_id'),
  );
}
