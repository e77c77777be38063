import { defineServer, type ServerDefinition } from './kit/server.ts';
import { manifest as ga4 } from './servers/ga4/manifest.ts';
import { tools as ga4Tools } from './servers/ga4/tools.ts';
import { manifest as googleAds } from './servers/google-ads/manifest.ts';
import { tools as googleAdsTools } from './servers/google-ads/tools.ts';
import { manifest as quickbooks } from './servers/quickbooks/manifest.ts';
import { tools as quickbooksTools } from './servers/quickbooks/tools.ts';
import { manifest as stripe } from './servers/stripe/manifest.ts';
import { tools as stripeTools } from './servers/stripe/tools.ts';

/** Our servers, sorted by name. */
export const servers: readonly ServerDefinition[] = [
  defineServer(ga4, ga4Tools),
  defineServer(googleAds, googleAdsTools),
  defineServer(quickbooks, quickbooksTools),
  defineServer(stripe, stripeTools),
];

export function findServer(name: string): ServerDefinition | null {
  return servers.find((server) => server.name === name.replace(/-mcp$/, '')) ?? null;
}
