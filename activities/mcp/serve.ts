import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

import { toMcpServer } from './kit/mcp-server.ts';
import type { ServerDefinition } from './kit/server.ts';
import type { Connection } from './kit/session.ts';

/** A standalone server, until it is closed. */
export interface Serving {
  /** Null over stdio. */
  url: string | null;
  close(): Promise<void>;
}

export function serveOverStdio(server: ServerDefinition, connection: Connection): Serving {
  const handle = serveStdio(() => toMcpServer(server, connection));
  return { url: null, close: () => handle.close() };
}

/**
 * Streamable HTTP at `/mcp`, on loopback only: it acts with a person's credentials and doesn't authenticate callers.
 * Host names other than the machine's own are refused, which defeats DNS rebinding.
 */
export async function serveOverHttp(
  server: ServerDefinition,
  connection: Connection,
  port: number,
): Promise<Serving> {
  const handle = toNodeHandler(createMcpHandler(() => toMcpServer(server, connection)));
  const hostIsOurs = localhostHostValidation();
  const originIsOurs = localhostOriginValidation();
  const http = createServer((request, response) => {
    if (!hostIsOurs(request, response) || !originIsOurs(request, response)) return;
    // Parsed by hand: an invalid URL ("//") makes the URL class throw and the process exit.
    if (request.url?.split('?')[0] !== '/mcp') {
      response.writeHead(404).end();
      return;
    }
    void handle(request, response);
  });
  await listening(http, port);
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function listening(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
}
