import { parseArgs } from 'node:util';
import * as z from 'zod';
import { findServer } from '../../activities/mcp/catalog.ts';
import { ownCredentials } from '../../activities/mcp/kit/credentials.ts';
import { openConnections } from '../../activities/mcp/kit/network.ts';
import type { ServerDefinition } from '../../activities/mcp/kit/server.ts';
import type { Connection } from '../../activities/mcp/kit/session.ts';
import { serveOverHttp, serveOverStdio, type Serving } from '../../activities/mcp/serve.ts';
import type { Command } from './command.ts';
import { credentialsIn, CredentialsFileError } from './credentials-file.ts';

const options = {
  http: { type: 'string' },
  'base-url': { type: 'string' },
  credentials: { type: 'string' },
} as const;

const port = '--http takes a port from 0 to 65535.';
const settings = z.object({
  http: z
    .string()
    .regex(/^\d{1,5}$/, port)
    .transform(Number)
    .refine((number) => number <= 65_535, port)
    .optional(),
  'base-url': z.url({ protocol: /^https?$/, error: '--base-url takes an http or https address.' }).optional(),
  credentials: z.string().optional(),
});

/** What was asked for on the command line, or the sentence that says what is wrong with it. */
export function readArguments(
  args: string[],
): { server: ServerDefinition; given: z.output<typeof settings> } | string {
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return `${(error as Error).message.split('. ')[0]?.replace(/\.$/, '')}.`;
  }
  const given = settings.safeParse(parsed.values);
  if (!given.success) return given.error.issues[0]?.message ?? '';
  const [name = '', ...others] = parsed.positionals;
  if (others.length > 0) return `One server at a time: ${[name, ...others].join(', ')}.`;
  const server = findServer(name);
  return server
    ? { server, given: given.data }
    : `There is no server "${name}". npx bizosaas mcp list shows all.`;
}

/** Settled when the client hangs up or the process is told to end. */
function ended(overStdio: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (overStdio) process.stdin.once('close', () => resolve());
  });
}

/** Serves at a port, or answers the sentence that says why it cannot. */
async function serveAt(
  server: ServerDefinition,
  connection: Connection,
  number: number,
): Promise<Serving | string> {
  try {
    return await serveOverHttp(server, connection, number);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return `Port ${number} is taken. --http 0 finds a free one.`;
    if (code === 'EACCES') return `Port ${number} is not for this user.`;
    throw error;
  }
}

export const mcpServe: Command = {
  usage: 'mcp <name> [--http PORT] [--base-url URL] [--credentials FILE]',
  summary: 'Runs one MCP server alone, over stdio or Streamable HTTP',
  async run(_context, args) {
    // Over stdio, the standard output belongs to the protocol.
    const say = (line: string) => console.error(line);
    const refuse = (why: string) => {
      say(why);
      return 2;
    };
    const asked = readArguments(args);
    if (typeof asked === 'string') return refuse(asked);
    const { server, given } = asked;
    const baseUrl = given['base-url'];
    let credentials;
    try {
      credentials = given.credentials ? await credentialsIn(given.credentials) : ownCredentials({});
    } catch (error) {
      if (error instanceof CredentialsFileError) return refuse(error.message);
      throw error;
    }
    const connection = {
      credentials,
      // Who gives a stand-in for the vendor means it, wherever it lies.
      through: openConnections({ guarded: server.api.hostOfTenant === true && !baseUrl }),
      ...(baseUrl && { baseUrl }),
    };
    const overStdio = given.http === undefined;
    const serving =
      given.http === undefined
        ? serveOverStdio(server, connection)
        : await serveAt(server, connection, given.http);
    if (typeof serving === 'string') return refuse(serving);
    if (serving.url) say(`${server.name}-mcp at ${serving.url}`);
    await ended(overStdio);
    await serving.close();
    await connection.through.close();
    return 0;
  },
};
