import { protectTenantTable, shareGlobalTable } from './sql.ts';

/** The registry of tool servers, and what tenants do with it: connections, grants, approvals, calls. */
export const name = '0007_mcp';

const registry = `
  create table mcp_categories (key text primary key, title text not null, position integer not null);
  ${shareGlobalTable('mcp_categories')}
  insert into mcp_categories (key, title, position) values
    ('finance', 'Finance', 10), ('payments', 'Payments', 20), ('advertising', 'Advertising', 30),
    ('website', 'Website', 40), ('productivity', 'Productivity', 50), ('customers', 'Customers', 60),
    ('messaging', 'Messaging', 70), ('analytics', 'Analytics', 80), ('development', 'Development', 90),
    ('research', 'Research', 100);

  create table mcp_servers (
    name text primary key,
    title text not null,
    summary text not null,
    category text not null references mcp_categories (key),
    priority text not null check (priority in ('core', 'common', 'special')),
    kind text not null check (kind in ('own', 'npm', 'remote')),
    version text not null,
    docs_url text not null,
    credential_fields jsonb not null,
    auth jsonb not null,
    webhook jsonb,
    launch jsonb,
    featured boolean not null default false,
    status text not null default 'available'
      check (status in ('available', 'disabled', 'deprecated', 'off', 'removed')),
    successor text references mcp_servers (name),
    deprecated_at timestamptz,
    off_at timestamptz,
    notice text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index mcp_servers_category_idx on mcp_servers (category);
  ${shareGlobalTable('mcp_servers')}

  create table mcp_tools (
    server text not null references mcp_servers (name),
    name text not null,
    title text not null,
    risk text not null check (risk in ('read', 'write', 'send', 'money', 'destructive')),
    -- As last seen; the approved one stands in mcp_tool_versions under pinned_hash.
    definition jsonb not null,
    live_hash text not null,
    pinned_hash text,
    state text not null check (state in ('approved', 'quarantined', 'withdrawn')),
    -- Set aside by a person: no sync lets it go again.
    held boolean not null default false,
    position integer not null,
    seen_at timestamptz not null default now(),
    approved_at timestamptz,
    approved_by jsonb,
    primary key (server, name)
  );
  ${shareGlobalTable('mcp_tools')}

  create table mcp_tool_versions (
    server text not null,
    tool text not null,
    hash text not null,
    definition jsonb not null,
    server_version text not null,
    first_seen_at timestamptz not null default now(),
    approved_at timestamptz,
    approved_by jsonb,
    primary key (server, tool, hash),
    foreign key (server, tool) references mcp_tools (server, name)
  );
  ${shareGlobalTable('mcp_tool_versions')}

  -- The platform's own registration at a service; no tenant needs to see even that it is there.
  create table mcp_oauth_clients (
    server text primary key references mcp_servers (name),
    client_id text not null,
    key_id text not null,
    sealed bytea not null,
    updated_at timestamptz not null default now()
  );
  grant select, insert, update, delete on mcp_oauth_clients to bizosaas_platform;

  create table mcp_probes (
    server text not null references mcp_servers (name),
    at timestamptz not null default now(),
    ok boolean not null,
    ms integer not null,
    error_code text,
    primary key (server, at)
  );
  ${shareGlobalTable('mcp_probes')}`;

const connections = `
  create table mcp_connections (
    id text not null,
    tenant_id text not null references tenants (id),
    server text not null references mcp_servers (name),
    status text not null check (status in ('connected', 'needsReconnect', 'disconnected')),
    credential_version integer not null,
    account_label text not null,
    -- The account's id at the service, for services that send the notices of all accounts to one address.
    account_key text,
    -- Last part of the address to which the service sends its notices.
    webhook_key text not null constraint mcp_connections_webhook_key unique,
    connected_by jsonb not null,
    connected_at timestamptz not null default now(),
    disconnected_at timestamptz,
    last_error_code text,
    last_error_at timestamptz,
    renewing_until timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, server)
  );
  create index mcp_connections_server_idx on mcp_connections (server, tenant_id);
  create index mcp_connections_account_idx on mcp_connections (server, account_key) where account_key is not null;
  ${protectTenantTable('mcp_connections')}

  create table mcp_grants (
    tenant_id text not null,
    server text not null,
    tool text not null,
    grantee text not null,
    primary key (tenant_id, server, tool, grantee),
    foreign key (tenant_id, server) references mcp_connections (tenant_id, server)
  );
  ${protectTenantTable('mcp_grants')}

  create table mcp_oauth_states (
    tenant_id text not null references tenants (id),
    -- SHA-256 of the state; the state itself is only in the browser's way there and back.
    state_hash text not null,
    server text not null,
    user_id text not null,
    key_id text not null,
    sealed bytea not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant_id, state_hash)
  );
  create index mcp_oauth_states_hash_idx on mcp_oauth_states (state_hash);
  ${protectTenantTable('mcp_oauth_states')}
  -- A partner looks after its tenants; what opens doors is none of its business.
  revoke select on mcp_oauth_states from bizosaas_partner;

  create table mcp_deliveries (
    tenant_id text not null references tenants (id),
    server text not null,
    delivery_id text not null,
    event_type text not null,
    workflow_id text,
    received_at timestamptz not null default now(),
    primary key (tenant_id, server, delivery_id)
  );
  ${protectTenantTable('mcp_deliveries')}`;

// Calls and gauges name their server without a foreign key: its check would lock one row of the registry for all callers.
const calls = `
  create table mcp_approvals (
    id text not null,
    tenant_id text not null references tenants (id),
    server text not null,
    tool text not null,
    arguments_hash text not null,
    -- The arguments as people may read them: without secrets.
    summary jsonb not null,
    risk text not null check (risk in ('read', 'write', 'send', 'money', 'destructive')),
    requested_by jsonb not null,
    workflow_id text,
    status text not null check (status in ('pending', 'approved', 'denied', 'used', 'expired')),
    decided_by jsonb,
    decided_at timestamptz,
    reason text,
    expires_at timestamptz not null,
    used_at timestamptz,
    -- Key of the call that used it up: only a repetition of that very call is let through again.
    used_for text,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  create unique index mcp_approvals_pending_idx
    on mcp_approvals (tenant_id, server, tool, arguments_hash, (requested_by ->> 'type'), (requested_by ->> 'id'))
    where status = 'pending';
  create index mcp_approvals_created_idx on mcp_approvals (tenant_id, created_at desc, id desc);
  create index mcp_approvals_time_idx on mcp_approvals (created_at desc, id desc);
  ${protectTenantTable('mcp_approvals')}

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
  create table mcp_gauges (
    tenant_id text not null,
    server text not null,
    tokens double precision not null,
    refilled_at timestamptz not null,
    -- What the last caller was told: 0 it may go, above 0 milliseconds until a token, -1 the breaker is open.
    told_ms integer not null default 0,
    failures integer not null default 0,
    open_until timestamptz,
    -- After the breaker was open one call goes ahead; the others wait until it has settled, or until this moment.
    trial_until timestamptz,
    primary key (tenant_id, server)
  );
  ${protectTenantTable('mcp_gauges')}`;

export const up = `${registry}${connections}${calls}`;
