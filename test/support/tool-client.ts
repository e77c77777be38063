import { randomUUID } from 'node:crypto';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { findServer } from '../../activities/mcp/catalog.ts';
import { ownCredentials } from '../../activities/mcp/kit/credentials.ts';
import { meta, toMcpServer } from '../../activities/mcp/kit/mcp-server.ts';
import { openConnections } from '../../activities/mcp/kit/network.ts';

/** What a tool answered, or the error of the service as data. */
export type ToolOutcome = Readonly<{ data?: any; error?: any }>;

/** A client of a built-in server, over MCP, with the given credentials. */
export interface ToolClient {
  /** The same key is another try of the same call. */
  call(tool: string, args?: Record<string, unknown>, key?: string): Promise<ToolOutcome>;
  /** The output of a call that has to work. */
  done(tool: string, args?: Record<string, unknown>, key?: string): Promise<any>;
  close(): Promise<void>;
}

export async function toolClient(
  name: string,
  credentials: Record<string, string>,
  /** `guarded`: kept out of private networks as in production, where the server declares it. */
  options: { guarded?: boolean } = {},
): Promise<ToolClient> {
  const server = findServer(name);
  if (!server) throw new Error(`There is no server ${name}.`);
  const through = openConnections({
    guarded: options.guarded === true && server.api.hostOfTenant === true,
  });
  const mcp = toMcpServer(server, { credentials: ownCredentials(credentials), through });
  const client = new Client({ name: 'test', version: '1.0.0' });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([mcp.connect(there), client.connect(here)]);

  const call: ToolClient['call'] = async (tool, args = {}, key = randomUUID()) => {
    const result = await client.callTool({
      name: tool,
      arguments: args,
      _meta: { [meta.key]: key, [meta.patienceMs]: 0 },
    });
    if (!result.isError) return { data: result.structuredContent };
    return { error: result._meta?.[meta.error] ?? result.content };
  };
  return {
    call,
    async done(tool, args, key) {
      const { data, error } = await call(tool, args, key);
      if (error) throw new Error(`${tool} failed: ${JSON.stringify(error)}`);
      return data;
    },
    async close() {
      await client.close();
      await mcp.close();
      await through.close();
    },
  };
}
