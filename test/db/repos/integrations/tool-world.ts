import { newId } from '../../../../db/domain/ids.ts';
import type { RiskClass } from '../../../../db/domain/integrations/risk.ts';
import type { ServerRecord } from '../../../../db/domain/integrations/servers.ts';
import type { ToolDefinition } from '../../../../db/domain/integrations/tools.ts';
import * as connections from '../../../../db/repos/integrations/connections.ts';
import { plantTenant, scope, type PlantedTenant, type TestDatabase } from '../../../support/database.ts';

export interface PlantedServer {
  server: string;
  tools: Readonly<Record<RiskClass, string>>;
}

const tools = { read: 'list', write: 'add', send: 'mail', money: 'charge', destructive: 'erase' } as const;

/** A server of our own with one approved tool of each risk class. */
export async function plantServer({ owner }: TestDatabase): Promise<PlantedServer> {
  const server = newId('tenant').replace('ten_', 's');
  await owner(
    `insert into mcp_servers (name, title, summary, category, priority, kind, version, docs_url, credential_fields, auth)
     values ($1, 'Shop', 'Sells', 'payments', 'core', 'builtin', '1.0.0', 'https://example.com', '[]', '{"kind":"key"}')`,
    [server],
  );
  await owner(
    `insert into mcp_tools (server, name, title, risk, definition, live_hash, pinned_hash, state, position)
     select $1, name, name, risk, '{}', 'hash', 'hash', 'approved', 1 from unnest($2::text[], $3::text[]) t (name, risk)`,
    [server, Object.values(tools), Object.keys(tools)],
  );
  return { server, tools };
}

/** A tenant that has connected the server, with the default grants. */
export async function plantConnection(database: TestDatabase, server: string): Promise<PlantedTenant> {
  const tenant = await plantTenant(database.db);
  await database.db.inScope(scope({ tenantId: tenant.tenantId }, tenant.userId), (tx) =>
    connections.saveConnection(tx, { server, accountLabel: 'Shop of Olga' }),
  );
  return tenant;
}

/** What a server of our own declares about itself; a name of its own each time. */
export function recordOf(more: Partial<ServerRecord> = {}): ServerRecord {
  return {
    name: newId('tenant').replace('ten_', 's'),
    title: 'Shop',
    summary: 'Sells things.',
    category: 'payments',
    priority: 'common',
    kind: 'builtin',
    version: '1.0.0',
    docsUrl: 'https://example.com/docs',
    credentialFields: [{ key: 'apiKey', label: 'API key', secret: true }],
    auth: { kind: 'key' },
    webhook: { scheme: 'hmac' },
    launch: null,
    ...more,
  };
}

export function toolOf(name: string, more: Partial<ToolDefinition> = {}): ToolDefinition {
  return {
    name,
    title: `Tool ${name}`,
    description: `Does ${name}.`,
    inputSchema: { type: 'object', properties: { limit: { type: 'integer' } } },
    annotations: { readOnlyHint: true },
    risk: 'read',
    ...more,
  };
}
