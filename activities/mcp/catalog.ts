import { defineServer, type ServerDefinition } from './kit/server.ts';
import { manifest as stripe } from './servers/stripe/manifest.ts';
import { tools as stripeTools } from './servers/stripe/tools.ts';

/** Our servers, sorted by name. */
export const servers: readonly ServerDefinition[] = [defineServer(stripe, stripeTools)];

export function findServer(name: string): ServerDefinition | null {
  return servers.find((server) => server.name === name.replace(/-mcp$/, '')) ?? null;
}
