import assert from 'node:assert/strict';
import { servers } from '../../../activities/mcp/catalog.ts';
import { vendorApi } from '../../../activities/mcp/kit/client.ts';
import { ownCredentials } from '../../../activities/mcp/kit/credentials.ts';
import { openConnections } from '../../../activities/mcp/kit/network.ts';
import type { ServerDefinition, Tool } from '../../../activities/mcp/kit/server.ts';
import { contractOf } from './contracts/index.ts';
import { exampleOf } from './suite/connected.ts';
import { strictUpstream, type Upstream } from './upstream/server.ts';

/** Runs a tool's example alone; returns whether it searched before it created something, and what it wrote. */
async function observe(server: ServerDefinition, tool: Tool, upstream: Upstream, key: string) {
  const { credentials } = await contractOf(server.name);
  const through = openConnections({ guarded: false });
  let looked = false;
  try {
    const connection = { credentials: ownCredentials(credentials), through, baseUrl: upstream.url };
    const options = { key, patienceMs: 0, signal: new AbortController().signal };
    const api = await vendorApi(server, connection, options);
    upstream.forget();
    await tool.run(tool.input.parse(exampleOf(tool)), {
      ...api,
      createOnce(steps) {
        looked = true;
        return api.createOnce(steps);
      },
    });
    const wrote = upstream.effects().map(({ request }) => request.raw.toString());
    return { looked, wrote: wrote.join('\n') };
  } finally {
    await through.close();
  }
}

describe('[MCP-G] tools that can be tried again', () => {
  for (const server of servers) {
    it(`${server.name}-mcp says of each whether it looks first`, async () => {
      const upstream = await strictUpstream(contractOf(server.name));
      try {
        for (const tool of server.tools) {
          const { looked, wrote } = await observe(server, tool, upstream, 'one');
          if (looked || !tool.looksFirst) {
            assert.equal(tool.looksFirst, looked, `${tool.name} looks first: ${looked}`);
            continue;
          }
          // It need not look where what it makes has an id made of the key.
          const same = await observe(server, tool, upstream, 'one');
          const other = await observe(server, tool, upstream, 'other');
          assert.equal(same.wrote, wrote, `${tool.name} neither looks nor writes the same again`);
          assert.notEqual(other.wrote, wrote, `${tool.name} neither looks nor carries the key`);
        }
      } finally {
        await upstream.close();
      }
    });
  }
});
