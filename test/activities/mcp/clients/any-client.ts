import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as FirstStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as FirstHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Clients in use: the first line of the SDK, the second as it is, and the second speaking the newest revision. */
export const clientKinds = ['v1', 'v2', 'v2 auto'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** The revision each of them agrees on with a server that speaks both. */
export const revisionOf: Record<ClientKind, string> = {
  v1: '2025-11-25',
  v2: '2025-11-25',
  'v2 auto': '2026-07-28',
};

export interface ListedTool {
  name: string;
  title?: string | undefined;
  annotations?: Record<string, unknown> | undefined;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown> | undefined;
  _meta?: Record<string, unknown> | undefined;
}

export interface CallResult {
  isError?: boolean | undefined;
  content: { type: string; text?: string }[];
  structuredContent?: Record<string, unknown> | undefined;
  _meta?: Record<string, unknown> | undefined;
}

/** What all of them can do. */
export interface AnyClient {
  /** Null where the client does not tell. */
  revision: string | null;
  server: { name: string; version: string } | undefined;
  tools(): Promise<ListedTool[]>;
  call(name: string, args: Record<string, unknown>, meta?: Record<string, unknown>): Promise<CallResult>;
  close(): Promise<void>;
}

/** Where a server is: at an address, or a program to start from the project's folder. */
export type Place = { url: string } | { program: string; args: string[] };

const cwd = fileURLToPath(new URL('../../../../', import.meta.url));
const who = { name: 'any-client', version: '1.0.0' };
const startOf = (place: { program: string; args: string[] }) =>
  ({ command: place.program, args: place.args, cwd, stderr: 'ignore' }) as const;

export async function openClient(kind: ClientKind, place: Place): Promise<AnyClient> {
  return kind === 'v1' ? openFirst(place) : openSecond(kind, place);
}

async function openFirst(place: Place): Promise<AnyClient> {
  const client = new FirstClient(who);
  const http = 'url' in place ? new FirstHttp(new URL(place.url)) : null;
  const transport = http ?? new FirstStdio(startOf(place as Exclude<Place, { url: string }>));
  // Its own types disagree about a session id that may be undefined.
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return {
    revision: http?.protocolVersion ?? null,
    server: client.getServerVersion(),
    tools: async () => (await client.listTools()).tools as ListedTool[],
    call: async (name, args, _meta = {}) =>
      (await client.callTool({ name, arguments: args, _meta })) as unknown as CallResult,
    close: () => client.close(),
  };
}

async function openSecond(kind: Exclude<ClientKind, 'v1'>, place: Place): Promise<AnyClient> {
  const newest = kind === 'v2 auto' ? ({ versionNegotiation: { mode: 'auto' } } as const) : {};
  const client = new Client(who, newest);
  await client.connect(
    'url' in place
      ? new StreamableHTTPClientTransport(new URL(place.url))
      : new StdioClientTransport(startOf(place)),
  );
  return {
    revision: client.getNegotiatedProtocolVersion() ?? null,
    server: client.getServerVersion(),
    tools: async () => (await client.listTools()).tools as unknown as ListedTool[],
    call: async (name, args, _meta = {}) =>
      (await client.callTool({ name, arguments: args, _meta })) as unknown as CallResult,
    close: () => client.close(),
  };
}
