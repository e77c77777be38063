import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { ownCredentials } from '../../../../activities/mcp/kit/credentials.ts';
import { meta, toMcpServer } from '../../../../activities/mcp/kit/mcp-server.ts';
import { openConnections } from '../../../../activities/mcp/kit/network.ts';
import type { ServerDefinition, Tool } from '../../../../activities/mcp/kit/server.ts';
import type { WireError } from '../../../../activities/mcp/gateway/outcomes.ts';
import { contractOf } from '../contracts/index.ts';
import type { Contract } from '../upstream/contract.ts';
import { strictUpstream, type Upstream } from '../upstream/server.ts';

export interface Called {
  result: Record<string, unknown> | null;
  error: (WireError & { server: string; http: number; requestId: string | null }) | null;
  /** Everything that came back, as text. */
  text: string;
}

/** A server of ours with its vendor's stand-in, and a client. */
export interface Connected {
  server: ServerDefinition;
  contract: Contract;
  upstream: Upstream;
  call(
    tool: string,
    args: Record<string, unknown>,
    options?: { key?: string; patienceMs?: number },
  ): Promise<Called>;
  close(): Promise<void>;
}

/** `credentials` replace the contract's; `connect` makes another connection to the same stand-in. */
export async function connectServer(server: ServerDefinition): Promise<Connected> {
  const contract = await contractOf(server.name);
  const upstream = await strictUpstream(contract);
  const through = openConnections({ guarded: false });
  const mcp = toMcpServer(server, {
    credentials: ownCredentials(contract.credentials),
    through,
    baseUrl: upstream.url,
  });
  const client = new Client({ name: 'contract-suite', version: '1.0.0' });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([mcp.connect(there), client.connect(here)]);
  return {
    server,
    contract,
    upstream,
    async call(name, args, { key, patienceMs = 0 } = {}) {
      const _meta = { ...(key && { [meta.key]: key }), [meta.patienceMs]: patienceMs };
      const answer = await client.callTool({ name, arguments: args, _meta });
      const error = (answer._meta?.[meta.error] ?? null) as Called['error'];
      if (answer.isError && !error) throw new Error(JSON.stringify(answer.content));
      const result = (answer.structuredContent ?? null) as Called['result'];
      return { result, error, text: JSON.stringify(answer) };
    },
    async close() {
      await client.close();
      await mcp.close();
      await through.close();
      await upstream.close();
    },
  };
}

/** The complete call that a tool declares. */
export function exampleOf(tool: Tool): Record<string, unknown> {
  const [example] = (tool.input.meta()?.['examples'] ?? []) as Record<string, unknown>[];
  if (!example) throw new Error(`${tool.name} has no example`);
  return structuredClone(example);
}

/** What was sent to the vendor, token requests aside. */
export function sent({ upstream }: Connected) {
  return upstream.requests().filter(({ operation }) => operation !== 'token');
}
