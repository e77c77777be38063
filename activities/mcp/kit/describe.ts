import * as z from 'zod';
import type { ServerRecord } from '../../../db/domain/integrations/servers.ts';
import type { ToolDefinition } from '../../../db/domain/integrations/tools.ts';
import { hintsOf, type ServerDefinition, type Tool } from './server.ts';

/** A server as the registry stores it. */
export function recordOf(server: ServerDefinition): ServerRecord {
  const { auth, webhook } = server;
  return {
    name: server.name,
    title: server.title,
    summary: server.summary,
    category: server.category,
    priority: server.priority,
    kind: 'builtin',
    version: server.version,
    docsUrl: server.docsUrl,
    credentialFields: [...server.credentials],
    auth: {
      kind: auth.kind,
      ...(auth.kind === 'oauth2' && { authorizeUrl: auth.authorizeUrl, scopes: [...auth.scopes] }),
    },
    webhook: webhook && { scheme: webhook.summary, secretField: webhook.secretField },
    launch: null,
  };
}

/** A tool as the registry stores it, and as MCP clients see it. */
export function definitionOf(tool: Tool): ToolDefinition {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: z.toJSONSchema(tool.input, { io: 'input' }),
    outputSchema: z.toJSONSchema(tool.output, { io: 'output' }),
    annotations: { title: tool.title, ...hintsOf(tool) },
    risk: tool.risk,
  };
}
