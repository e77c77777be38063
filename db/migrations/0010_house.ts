import { protectTenantTable } from './sql.ts';

/** What stays of old tool calls, the rounds that remove old rows, and the indexes by which they find them. */
export const name = '0010_house';

export const up = `
  create table mcp_call_days (
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
    -- How many of those that left took how long: place n counts the times of the n-th bucket (db/repos/call-sums.ts).
    times integer[] not null,
    last_at timestamptz not null,
    primary key (tenant_id, day, server, tool)
  );
  create index mcp_call_days_day_idx on mcp_call_days (day);
  create index mcp_call_days_server_idx on mcp_call_days (server, day);
  ${protectTenantTable('mcp_call_days')}

  -- One row for each night; written along with each part of its work, so that nothing is counted twice.
  create table house_rounds (
    key text primary key,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    -- Removed rows by the key of their rule.
    removed jsonb not null default '{}',
    -- Keys of rules that could not be followed.
    failed jsonb not null default '[]'
  );
  create index house_rounds_started_idx on house_rounds (started_at desc);
  grant select, insert, update, delete on house_rounds to bizosaas_platform;

  create index mcp_deliveries_received_idx on mcp_deliveries (received_at);
  create index mcp_approvals_open_idx on mcp_approvals (expires_at) where status in ('pending', 'approved');
  create index mcp_probes_at_idx on mcp_probes (at);
  create index mails_created_idx on mails (created_at);
  create index runs_closed_idx on runs (closed_at) where closed_at is not null;
  create index secrets_created_idx on secrets (created_at);
  create index sessions_expires_idx on auth.sessions (expires_at);`;
