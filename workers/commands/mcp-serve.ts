import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { findServer } from '../../activities/mcp/catalog.ts';
import {
  type CredentialSource,
  type Credentials,
  ownCredentials,
} from '../../activities/mcp/kit/credentials.ts';
import { openConnections } from '../../activities/mcp/kit/network.ts';
import { serveOverHttp, serveOverStdio } from '../../activities/mcp/serve.ts';
import type { Command } from './command.ts';

const options = {
  http: { type: 'string' },
  'base-url': { type: 'string' },
  credentials: { type: 'string' },
} as const;

const settings = z.object({
  http: z.coerce.number().int().min(0).max(65_535).optional(),
  'base-url': z.url({ protocol: /^https?$/ }).optional(),
  credentials: z.string().optional(),
});

/** Credentials in a file: tokens that were renewed are written back before they are used. */
async function credentialsIn(file: string | undefined): Promise<CredentialSource> {
  if (!file) return ownCredentials({});
  const content: unknown = JSON.parse(await readFile(file, 'utf8'));
  const credentials = z.record(z.string(), z.string()).parse(content);
  return ownCredentials(credentials, async (renewed: Credentials) => {
    const beside = `${file}.new`;
    await writeFile(beside, JSON.stringify(renewed, null, 2), { mode: 0o600 });
    await rename(beside, file);
  });
}

/** Settled when the client hangs up or somebody ends the process. */
function ended(overStdio: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (overStdio) process.stdin.once('close', () => resolve());
  });
}

export const mcpServe: Command = {
  usage: 'mcp <name> [--http PORT] [--base-url URL] [--credentials FILE]',
  summary: 'Runs one MCP server alone, over stdio or Streamable HTTP',
  async run(_context, args) {
    // Over stdio, the standard output belongs to the protocol.
    const say = (line: string) => console.error(line);
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const given = settings.safeParse(values);
    if (!given.success) {
      say(z.prettifyError(given.error));
      return 2;
    }
    const server = findServer(positionals[0] ?? '');
    if (!server) {
      say(`There is no server "${positionals[0] ?? ''}". npx bizosaas mcp list shows all.`);
      return 2;
    }
    const baseUrl = given.data['base-url'];
    const connection = {
      credentials: await credentialsIn(given.data.credentials),
      // Who gives a stand-in for the vendor means it, wherever it lies.
      through: openConnections({ guarded: server.api.hostOfTenant === true && !baseUrl }),
      ...(baseUrl && { baseUrl }),
    };
    const overStdio = given.data.http === undefined;
    const serving = overStdio
      ? serveOverStdio(server, connection)
      : await serveOverHttp(server, connection, given.data.http ?? 0);
    if (serving.url) say(`${server.name}-mcp at ${serving.url}`);
    await ended(overStdio);
    await serving.close();
    await connection.through.close();
    return 0;
  },
};
