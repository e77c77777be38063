import { shareGlobalTable } from './sql.ts';

/** The registry of MCP servers: servers, tools and their versions, health. */
export const name = '0010_integrations_servers';

export const up = `
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
    kind text not null check (kind in ('builtin', 'npm', 'remote')),
    version text not null,
    docs_url text not null,
    credential_fields jsonb not null,
    auth jsonb not null,
    webhook jsonb,
    launch jsonb,
    featured boolean not null default false,
    status text not null default 'available'
      check (status in ('review', 'available', 'disabled', 'deprecated', 'off', 'removed')),
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
  create index mcp_probes_at_idx on mcp_probes (at);
  ${shareGlobalTable('mcp_probes')}`;
