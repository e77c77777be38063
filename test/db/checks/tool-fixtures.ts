import type { Query } from './tables.ts';

const end = new Date('2026-04-01T10:00:00Z');
const person = JSON.stringify({ type: 'user', id: 'usr_x' });

/** Each key has a server of its own, as a tenant has one connection to each. */
function serverOf(key: string): string {
  return `fixture-${key}`;
}

/** Plants the servers that the rows below name. */
export async function plantServers(owner: Query, keys: readonly string[]): Promise<void> {
  for (const key of [...keys, 'copy']) {
    await owner(
      `insert into mcp_servers (name, title, summary, category, priority, kind, version, docs_url, credential_fields, auth)
       values ($1, 'Fixture', '', 'finance', 'core', 'builtin', '1.0.0', 'https://example.com', '[]', '{"kind":"key"}')
       on conflict do nothing`,
      [serverOf(key)],
    );
  }
}

/** One row for each table of what tenants do with tools. */
export const toolFixtures = {
  mcp_connections: (tenant: string, key: string) => ({
    id: `con_${key}`,
    tenant_id: tenant,
    server: serverOf(key),
    status: 'connected',
    credential_version: 1,
    account_label: 'Shop',
    webhook_key: `${tenant}-${key}`,
    connected_by: person,
  }),
  mcp_grants: (tenant: string, key: string) => ({
    tenant_id: tenant,
    server: serverOf('base'),
    tool: key,
    grantee: 'workflow',
  }),
  mcp_oauth_states: (tenant: string, key: string) => ({
    tenant_id: tenant,
    state_hash: `${tenant}-${key}`,
    server: serverOf('base'),
    user_id: 'usr_x',
    key_id: 'k1',
    sealed: Buffer.from('sealed'),
    expires_at: end,
  }),
  mcp_webhook_deliveries: (tenant: string, key: string) => ({
    tenant_id: tenant,
    server: serverOf('base'),
    delivery_id: key,
    event_type: 'charge.succeeded',
  }),
  approvals: (tenant: string, key: string) => ({
    id: `apr_${key}`,
    tenant_id: tenant,
    server: serverOf('base'),
    tool: key,
    arguments_hash: 'hash',
    summary: '{}',
    risk: 'money',
    requested_by: person,
    status: 'pending',
    expires_at: end,
  }),
  approval_decisions: (tenant: string, key: string) => ({
    tenant_id: tenant,
    approval_id: 'apr_base',
    user_id: `usr_${key}`,
    decision: 'approved',
    reason: 'Read and understood',
  }),
  mcp_calls: (tenant: string, key: string) => ({
    id: `cal_${key}`,
    tenant_id: tenant,
    server: serverOf('base'),
    tool: 'list',
    actor_type: 'user',
    actor_id: 'usr_x',
    call_key: key,
    attempt: 1,
    outcome: 'ok',
    ms: 12,
    bytes_in: 1,
    bytes_out: 2,
  }),
  mcp_call_rollups: (tenant: string, key: string) => ({
    tenant_id: tenant,
    day: '2026-03-01',
    server: serverOf('base'),
    tool: key,
    calls: 3,
    refused: 1,
    errors: 1,
    times: [0, 2],
    last_at: end,
  }),
  mcp_admissions: (tenant: string, key: string) => ({
    tenant_id: tenant,
    server: serverOf(key),
    tokens: 1,
    refilled_at: end,
  }),
} as const;
