import type { Tx } from '../../scope.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { ToolServer } from '../../domain/integrations/servers.ts';
import { hourMs } from '../../domain/time.ts';
import { all } from '../shared/rows.ts';

/** A probe older than this says nothing about now. */
export const staleAfterMs = hourMs;
/** So many failed probes in a row are an outage. */
const outageAfter = 3;

export interface ServerHealth {
  server: string;
  /** By the newest probe; `unknown` when there is none or it is stale. */
  status: 'up' | 'down' | 'unknown';
  /** Share of probes that were answered, 0 to 1; null without probes. */
  uptime24h: number | null;
  uptime30d: number | null;
  /** Of the answered probes of the last 24 hours. */
  p95Ms: number | null;
  probedAt: Date | null;
  lastError: { code: string; at: Date } | null;
}

interface HealthRow {
  server: string;
  ok: boolean | null;
  fresh: boolean | null;
  probedAt: Date | null;
  uptime_24h: number | null;
  uptime_30d: number | null;
  p95Ms: number | null;
  errorCode: string | null;
  errorAt: Date | null;
}

/** Keeps the result of a probe. */
export async function recordProbe(
  tx: Tx,
  probe: { server: string; ok: boolean; ms: number; errorCode?: ErrorCode | null },
): Promise<void> {
  const { server, ok, ms, errorCode = null } = probe;
  await tx
    .sql('mcp_probes')
    .insert({ server, ok, ms, error_code: errorCode, at: tx.sql.raw('clock_timestamp()') });
  await noteTurn(tx, server, errorCode);
}

/** Three failures in a row are an outage, and the first answer after it its end; anything less is noise. */
async function noteTurn(tx: Tx, server: string, errorCode: ErrorCode | null): Promise<void> {
  const last = await all<{ ok: boolean }>(
    tx
      .sql('mcp_probes')
      .where({ server })
      .orderBy('at', 'desc')
      .limit(outageAfter + 1)
      .select('ok'),
  );
  const failed = (from: number) =>
    last.slice(from, from + outageAfter).filter(({ ok }) => !ok).length === outageAfter;
  const targets = [{ type: 'server', id: server }] as const;
  if (last[0]?.ok && failed(1)) tx.record({ action: 'server.recovered', targets });
  if (failed(0) && last[outageAfter]?.ok !== false) {
    tx.record({ action: 'server.failed', outcome: 'failure', targets, data: { errorCode } });
  }
}

/** What can be checked: services in use, each with the number of tenants whose connection may be used for it. */
export async function listChecked(
  tx: Tx,
): Promise<{ server: string; kind: ToolServer['kind']; tenants: number }[]> {
  const rows = await all<{ server: string; kind: ToolServer['kind']; tenants: number }>(
    tx.sql.raw(
      `select s.name as server, s.kind, count(*)::int as tenants
     from mcp_servers s join mcp_connections c on c.server = s.name and c.status = 'connected'
     where s.status = 'available' or (s.status = 'deprecated' and s.off_at > now())
     group by s.name order by s.name`,
    ),
  );
  return rows;
}

/** Some of the tenants connected to a service, beginning at another one each turn. */
export async function tenantsInTurn(
  tx: Tx,
  { server, turn, limit }: { server: string; turn: number; limit: number },
): Promise<string[]> {
  const rows = await all<{ tenantId: string }>(
    tx.sql.raw(
      `with numbered as (
       select tenant_id, row_number() over (order by tenant_id) - 1 as n, count(*) over () as total
       from mcp_connections where server = :server and status = 'connected'
     ) select tenant_id from numbered order by (n - :turn % total + total) % total limit :limit`,
      { server, turn, limit },
    ),
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Health of every server that is offered, or of the named one; by name. */
export async function listHealth(tx: Tx, server?: string): Promise<ServerHealth[]> {
  const rows = await all<HealthRow>(
    tx.sql.raw(
      `select s.name as server, newest.ok, newest.at as probed_at,
            newest.at > now() - cast(:stale as interval) as fresh, day.uptime as uptime_24h,
            month.uptime as uptime_30d, round(day.p95) as p95_ms, failed.error_code, failed.at as error_at
     from mcp_servers s
     left join lateral (select ok, at from mcp_probes p where p.server = s.name order by at desc limit 1) newest on true
     left join lateral (
       select avg(ok::int)::float8 as uptime, percentile_cont(0.95) within group (order by ms) filter (where ok) as p95
       from mcp_probes p where p.server = s.name and at > now() - interval '24 hours') day on true
     left join lateral (
       select avg(ok::int)::float8 as uptime
       from mcp_probes p where p.server = s.name and at > now() - interval '30 days') month on true
     left join lateral (
       select error_code, at from mcp_probes p where p.server = s.name and not ok order by at desc limit 1) failed on true
     where s.status <> 'removed' and (cast(:server as text) is null or s.name = :server)
     order by s.name`,
      { stale: `${staleAfterMs} milliseconds`, server: server ?? null },
    ),
  );
  return rows.map(healthOfRow);
}

function healthOfRow(row: HealthRow): ServerHealth {
  const { server, ok, fresh, errorCode: code, errorAt: at } = row;
  return {
    server,
    status: fresh ? (ok ? 'up' : 'down') : 'unknown',
    uptime24h: row.uptime_24h,
    uptime30d: row.uptime_30d,
    p95Ms: row.p95Ms,
    probedAt: row.probedAt,
    lastError: at && { code: code ?? 'tool.vendor-unavailable', at },
  };
}

/** Null for a server that is not in the registry. */
export async function healthOf(tx: Tx, server: string): Promise<ServerHealth | null> {
  return (await listHealth(tx, server))[0] ?? null;
}

/** How long answered probes took in each hour of the last 24, oldest first; hours without an answer are left out. */
export async function probeTrend(tx: Tx, server: string): Promise<{ hour: Date; ms: number }[]> {
  const rows = await all<{ hour: Date; ms: number }>(
    tx.sql.raw(
      `select date_trunc('hour', at) as hour, round(avg(ms))::int as ms from mcp_probes
     where server = ? and ok and at > now() - interval '24 hours' group by 1 order by 1`,
      [server],
    ),
  );
  return rows;
}
