import { protectTenantTable } from './sql.ts';

/** Tool calls, their daily sums, and the rate limit and circuit breaker of each connection. */
export const name = '0012_integrations_calls';

// Calls and admissions name their server without a foreign key: its check would lock one registry row for all callers.
export const up = `
  create table mcp_calls (
    id text not null,
    tenant_id text not null,
    server text not null,
    tool text not null,
    actor_type text not null,
    actor_id text not null,
    workflow_id text,
    call_key text not null,
    attempt integer not null,
    -- 'ok' or a code of the error table.
    outcome text not null,
    vendor_code text,
    ms integer not null,
    bytes_in integer not null,
    bytes_out integer not null,
    at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  create index mcp_calls_tenant_idx on mcp_calls (tenant_id, at desc);
  create index mcp_calls_tool_idx on mcp_calls (tenant_id, server, tool, at desc);
  create index mcp_calls_server_idx on mcp_calls (server, at desc);
  create index mcp_calls_time_idx on mcp_calls (at desc);
  ${protectTenantTable('mcp_calls')}

  -- Rate limit and circuit breaker of one tenant at one service.
  create table mcp_admissions (
    tenant_id text not null,
    server text not null,
    tokens double precision not null,
    refilled_at timestamptz not null,
    -- What the last caller was told: 0 it may go, above 0 milliseconds until a token, -1 the breaker is open.
    wait_ms integer not null default 0,
    failures integer not null default 0,
    open_until timestamptz,
    -- After the breaker was open one call goes ahead; the others wait until it has settled, or until this moment.
    trial_until timestamptz,
    primary key (tenant_id, server)
  );
  ${protectTenantTable('mcp_admissions')}

  create table mcp_call_rollups (
    tenant_id text not null,
    -- A day of UTC.
    day date not null,
    server text not null,
    tool text not null,
    calls integer not null,
    -- Never left the gateway.
    refused integer not null,
    -- Came back from the service.
    errors integer not null,
    -- How many of those that left took how long: place n counts the times of the n-th bucket (db/repos/integrations/call-rollups.ts).
    times integer[] not null,
    last_at timestamptz not null,
    primary key (tenant_id, day, server, tool)
  );
  create index mcp_call_rollups_day_idx on mcp_call_rollups (day);
  create index mcp_call_rollups_server_idx on mcp_call_rollups (server, day);
  ${protectTenantTable('mcp_call_rollups')}`;
