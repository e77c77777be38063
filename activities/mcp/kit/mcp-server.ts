import { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { vendorApi } from './client.ts';
import { type Problem, VendorError } from './errors.ts';
import { redactor, secretsOf } from './redact.ts';
import type { Connection } from './session.ts';
import type { CallOptions } from './sender.ts';
import { answersWithinMs, hintsOf, type ServerDefinition, type Tool } from './server.ts';

/** Names under `_meta` of a call and its result. */
export const meta = {
  /** Idempotency key of the call. */
  key: 'bizosaas/key',
  /** How long the server itself may wait for a vendor that asks to retry later; milliseconds. */
  patienceMs: 'bizosaas/patienceMs',
  /** The error of a result with `isError`, as data. */
  error: 'bizosaas/error',
  /** On a tool: its risk class. */
  risk: 'bizosaas/risk',
} as const;

/** Milliseconds: the caller times out first, with its own error; the connection to the vendor ends a moment later. */
const graceMs = 5_000;

/** Milliseconds that a standalone server waits for a vendor; behind the gateway, the workflow waits instead. */
const patienceAloneMs = 20_000;

interface Result {
  content: { type: 'text'; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: true;
  _meta?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A server of the kit as an MCP server, with one tenant's connection to the vendor. */
export function toMcpServer(server: ServerDefinition, connection: Connection): McpServer {
  const mcp = new McpServer(
    { name: `${server.name}-mcp`, title: server.title, version: server.version },
    // A server's tools stay the same while it runs, so clients need no notification of changes.
    { instructions: server.summary, capabilities: { tools: { listChanged: false } } },
  );
  for (const tool of server.tools) {
    mcp.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input,
        outputSchema: tool.output,
        annotations: { title: tool.title, ...hintsOf(tool) },
        _meta: { [meta.risk]: tool.risk },
      },
      async (input, context) => {
        const asked = (context.mcpReq._meta ?? {}) as Record<string, unknown>;
        return runTool(server, tool, connection, input, {
          ...(typeof asked[meta.key] === 'string' && { key: asked[meta.key] as string }),
          signal: context.mcpReq.signal,
          patienceMs: Number(asked[meta.patienceMs] ?? patienceAloneMs),
          answersWithinMs: answersWithinMs(tool) + graceMs,
        });
      },
    );
  }
  return mcp;
}

async function runTool(
  server: ServerDefinition,
  tool: Tool,
  connection: Connection,
  input: Record<string, unknown>,
  options: Omit<CallOptions, 'key'> & { key?: string },
): Promise<Result> {
  try {
    const api = await vendorApi(server, connection, options);
    const output = tool.output.parse(await tool.run(input, api));
    // A vendor may echo credentials; they are redacted here.
    const clean = redactor(secretsOf(server.credentials, await connection.credentials.read()));
    const structuredContent = clean(output);
    return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (error) {
    return failure(asVendorError(server.name, error));
  }
}

function failure(error: VendorError): Result {
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(error) }],
    _meta: { [meta.error]: error.toJSON() },
  };
}

function asVendorError(server: string, error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  if (error instanceof RangeError) {
    return new VendorError(
      server,
      { kind: 'invalid', code: 'invalid_value', message: error.message },
      { http: 0 },
    );
  }
  const problem: Problem =
    error instanceof z.ZodError
      ? {
          kind: 'unexpected-answer',
          code: 'unexpected_answer',
          message: 'The response could not be read.',
        }
      : {
          kind: 'unexpected-answer',
          code: 'tool_failed',
          message: 'The tool failed. Its makers need to look.',
        };
  return new VendorError(server, problem, { http: 0, retryable: false });
}
