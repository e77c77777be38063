import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

/** A third-party MCP server over HTTP, which wants a bearer token and may change what it says. */
export interface RemoteMcp {
  url: string;
  token: string;
  says: { description: string };
  /** Headers of the last request. */
  heard: IncomingHttpHeaders;
  close(): Promise<void>;
}

export async function remoteMcp(token: string): Promise<RemoteMcp> {
  const says = { description: 'Says a word back.' };
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'remote', version: '1.0.0' });
      server.registerTool(
        'echo',
        {
          title: 'Echo',
          description: says.description,
          inputSchema: z.object({ word: z.string() }),
          annotations: { readOnlyHint: true },
        },
        ({ word }) => ({ content: [{ type: 'text', text: `heard ${word}` }] }),
      );
      server.registerTool(
        'forget',
        { description: 'Forgets everything.', annotations: { destructiveHint: true } },
        () => ({ content: [{ type: 'text', text: 'gone' }] }),
      );
      return server;
    }),
  );
  const heard: IncomingHttpHeaders = {};
  const http = createServer((request, response) => {
    for (const name of Object.keys(heard)) delete heard[name];
    Object.assign(heard, request.headers);
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    void handle(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    token,
    says,
    heard,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
