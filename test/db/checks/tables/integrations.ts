import type { TableRules } from '../rules.ts';

export const integrationsTables = {
  globalTables: {
    mcp_categories: 'how the registry of servers is arranged, the same for every tenant',
    mcp_servers: 'the registry of servers, the same for every tenant',
    mcp_tools: 'the tools of the servers, the same for every tenant',
    mcp_tool_versions: 'the definitions of each tool, the same for every tenant',
    mcp_oauth_clients: 'the registrations of the platform itself; only the platform touches it',
    mcp_probes: 'whether the servers answered; says nothing of who uses them',
  },
  platformOnly: ['mcp_oauth_clients'],
  readByPartners: ['mcp_categories', 'mcp_servers', 'mcp_tools', 'mcp_tool_versions', 'mcp_probes'],
  closedToPartners: ['mcp_oauth_states'],
  keysWithoutTenant: {
    mcp_connections_server_fkey: 'mcp_servers is a global table',
    mcp_connections_webhook_key: 'a webhook key is 32 random bytes: no tenant can hit another one by chance',
  },
} satisfies TableRules;
