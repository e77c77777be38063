import type { TableRules } from '../rules.ts';

export const integrationsTables = {
  globalTables: {
    mcp_categories: 'how the registry of services is arranged, the same for everybody',
    mcp_servers: 'the registry of services, the same for everybody',
    mcp_tools: 'the tools of the services, the same for everybody',
    mcp_tool_versions: 'what each tool has said about itself, the same for everybody',
    mcp_oauth_clients: 'the registrations of the platform itself; only the platform touches it',
    mcp_probes: 'whether the services answered; says nothing of who uses them',
  },
  platformOnly: ['mcp_oauth_clients'],
  readByPartners: ['mcp_categories', 'mcp_servers', 'mcp_tools', 'mcp_tool_versions', 'mcp_probes'],
  closedToPartners: ['mcp_oauth_states'],
  keysWithoutTenant: {
    mcp_connections_server_fkey: 'mcp_servers is a global table',
    mcp_connections_webhook_key:
      'an address for notices is 32 random bytes: nobody meets one of another tenant by chance',
  },
} satisfies TableRules;
