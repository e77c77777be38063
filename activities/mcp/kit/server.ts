import * as z from 'zod';
import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import type { RiskClass } from '../../../db/domain/integrations/risk.ts';
import type { serverPriorities } from '../../../db/domain/integrations/servers.ts';
import type { Auth } from './auth.ts';
import type { ApiProfile, VendorApi } from './vendor-api.ts';
import type { WebhookScheme } from './webhooks.ts';
import { minuteMs } from '../../../db/domain/time.ts';

/** What a server is and how its vendor is reached: data for pages, CLI and generated docs. */
export interface Manifest {
  /** kebab-case; the server is named `<name>-mcp` and its tools start with `<name>_` in snake_case. */
  name: string;
  title: string;
  /** One sentence for a business person: what it is for. */
  summary: string;
  /** Key of a category. */
  category: string;
  priority: (typeof serverPriorities)[number];
  /** Semantic version of this server; a changed tool needs a new one. */
  version: string;
  /** The vendor's own API documentation. */
  docsUrl: string;
  /**
   * The form a person fills in to connect; with OAuth, the fields that the connect flow fills in and a file may hold.
   */
  credentials: readonly CredentialField[];
  auth: Auth;
  api: ApiProfile;
  webhook: WebhookScheme | null;
  /** A read-only call that shows that the credentials work: for "test connection" and for health checks. */
  probe: { tool: string; arguments: Record<string, unknown> };
  /** Further families of tools in this server, by the prefixes of their names. */
  toolsets?: readonly string[];
}

export interface Tool {
  name: string;
  title: string;
  description: string;
  risk: RiskClass;
  /** Doing it twice is the same as doing it once, whatever the key. */
  idempotent: boolean;
  /**
   * A repeated attempt finds what an earlier one created: writes go through `createOnce`, or ids are derived from the
   * key.
   */
  looksFirst: boolean;
  /** The vendor takes idempotency keys, but not for this write: a lost response leaves the outcome unknown. */
  takesNoKey: boolean;
  /** The vendor answers only after minutes of work. */
  slow: boolean;
  input: z.ZodObject;
  output: z.ZodObject;
  run(input: Record<string, unknown>, api: VendorApi): Promise<unknown>;
}

export interface ServerDefinition extends Manifest {
  tools: readonly Tool[];
}

type Shape = Record<string, z.ZodType>;

/**
 * Declares a tool. `example` is a complete call: the contract suite, the page "try a tool" and the docs run on it.
 * Unknown input fields are refused. Reads and calls with `idempotent` must be repeatable.
 */
export function defineTool<Input extends Shape, Output extends z.ZodObject>(tool: {
  name: string;
  title: string;
  /** For people and models: what it does, what it needs, what comes back. */
  description: string;
  risk: RiskClass;
  idempotent?: boolean;
  looksFirst?: boolean;
  takesNoKey?: boolean;
  slow?: boolean;
  input: Input;
  output: Output;
  example: z.input<z.ZodObject<Input>>;
  run(input: z.output<z.ZodObject<Input>>, api: VendorApi): Promise<z.input<Output>>;
}): Tool {
  const { example, input, ...rest } = tool;
  return {
    idempotent: tool.risk === 'read',
    looksFirst: false,
    takesNoKey: false,
    slow: false,
    ...rest,
    input: z.strictObject(input).meta({ examples: [example] }),
    run: (args, api) => tool.run(args as z.output<z.ZodObject<Input>>, api),
  };
}

/** Declares a server; its tools are in `tools.ts`. */
export function defineManifest(manifest: Manifest): Manifest {
  return manifest;
}

export function defineServer(manifest: Manifest, tools: readonly Tool[]): ServerDefinition {
  const prefixes = [manifest.name, ...(manifest.toolsets ?? [])].map((name) => `${name.replace(/-/g, '_')}_`);
  for (const { name } of tools) {
    if (!prefixes.some((prefix) => name.startsWith(prefix))) {
      throw new Error(`${name} does not begin with ${prefixes.join(' or ')}`);
    }
  }
  if (!tools.some(({ name, risk }) => name === manifest.probe.tool && risk === 'read')) {
    throw new Error(`the probe of ${manifest.name} is not one of its reads`);
  }
  return { ...manifest, tools };
}

/** Timeout for a vendor's response; milliseconds. */
export function answersWithinMs(tool: Pick<Tool, 'slow'> | undefined): number {
  return tool?.slow ? 9 * minuteMs : 55_000;
}

/** The four MCP hints, all explicit: clients assume the worst for missing ones. @see MCP ToolAnnotations. */
export function hintsOf(tool: Tool) {
  return {
    readOnlyHint: tool.risk === 'read',
    destructiveHint: tool.risk === 'destructive',
    idempotentHint: tool.idempotent,
    openWorldHint: true,
  };
}

export function toolOf(server: ServerDefinition | null, toolName: string): Tool | undefined {
  return server?.tools.find(({ name }) => name === toolName);
}

/** Whether a call can be tried again with the same key although it's unknown how the previous attempt ended. */
export function isRepeatable(server: ServerDefinition | null, toolName: string): boolean {
  const tool = toolOf(server, toolName);
  if (!server || !tool) return false;
  const takesKey = server.api.idempotency !== undefined && !tool.takesNoKey;
  return tool.idempotent || tool.looksFirst || takesKey;
}
