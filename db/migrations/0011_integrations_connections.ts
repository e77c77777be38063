import { protectTenantTable } from './sql.ts';

/** Tenants’ connections with MCP servers, who may use which tool, and inbound webhooks. */
export const name = '0011_integrations_connections';

export const up = `
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
    -- Until when a secret that the vendor sent is shown: without end until a person has seen it.
    handshake_secret_until timestamptz,
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

  create table mcp_webhook_deliveries (
    tenant_id text not null references tenants (id),
    server text not null,
    delivery_id text not null,
    event_type text not null,
    workflow_id text,
    received_at timestamptz not null default now(),
    primary key (tenant_id, server, delivery_id)
  );
  create index mcp_webhook_deliveries_received_idx on mcp_webhook_deliveries (received_at);
  create index mcp_webhook_deliveries_server_idx on mcp_webhook_deliveries (tenant_id, server, received_at desc, delivery_id desc);
  ${protectTenantTable('mcp_webhook_deliveries')}`;
