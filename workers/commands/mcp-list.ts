import { servers } from '../../activities/mcp/catalog.ts';
import type { ServerDefinition } from '../../activities/mcp/kit/server.ts';
import type { Command } from './command.ts';
import { plainCount } from '../../db/domain/plural.ts';

/** A server as checks and other programs read it. */
function entryOf(server: ServerDefinition) {
  return {
    name: server.name,
    title: server.title,
    summary: server.summary,
    category: server.category,
    priority: server.priority,
    version: server.version,
    docsUrl: server.docsUrl,
    auth: server.auth.kind,
    credentials: server.credentials,
    webhook: server.webhook?.summary ?? null,
    tools: server.tools.map(({ name, title, risk, idempotent }) => ({ name, title, risk, idempotent })),
  };
}

export const mcpList: Command = {
  usage: 'mcp list [--json]',
  summary: 'Lists the MCP servers with their tools',
  async run({ say }, args) {
    const unknown = args.filter((arg) => arg !== '--json');
    if (unknown.length > 0) {
      say(
        `mcp list takes no ${unknown.map((arg) => `"${arg}"`).join(', ')}. Usage: npx bizosaas ${mcpList.usage}`,
      );
      return 2;
    }
    if (args.includes('--json')) {
      say(JSON.stringify(servers.map(entryOf), null, 2));
      return 0;
    }
    for (const { name, title, category, auth, tools } of servers) {
      say(
        `${`${name}-mcp`.padEnd(20)} ${title.padEnd(18)} ${category.padEnd(14)} ${auth.kind.padEnd(7)} ${plainCount(tools.length, 'tool', 'tools')}`,
      );
    }
    return 0;
  },
};
