import { z } from 'zod';
import { riskClasses } from '../../../db/domain/integrations/risk.ts';
import { kebabName, serverKinds, serverStatuses } from '../../../db/domain/integrations/servers.ts';
import { toolStates } from '../../../db/domain/integrations/tools.ts';
import { toolCopy } from '../../../templates/admin/integrations/copy/tool.ts';
import { optionalParam, paged, words, sortOf } from '../shared/query.ts';

export const serverQuery = z.object({
  q: words,
  category: optionalParam(kebabName),
  featured: optionalParam(z.enum(['yes', 'no'])),
  status: optionalParam(z.enum(serverStatuses)),
  kind: optionalParam(z.enum(serverKinds)),
  sort: sortOf(['title']),
  ...paged,
});
export type ServerQuery = z.output<typeof serverQuery>;

export const serverParams = z.object({ server: kebabName });
export const toolParams = z.object({ server: kebabName, tool: z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/) });

/** Hash of the definition that was read: an approval is valid for exactly that. */
export const liveHash = z.string().regex(/^[0-9a-f]{64}$/, toolCopy.reload);

/** How a thing was used over the last seven days; shares are 0 to 1, times milliseconds. */
const usage = z.object({
  calls: z.number().int(),
  errorRate: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

const health = z.object({
  status: z.enum(['up', 'down', 'unknown']),
  uptime24h: z.number().nullable(),
  uptime30d: z.number().nullable(),
  p95Ms: z.number().nullable(),
  probedAt: z.string().nullable(),
  lastError: z.object({ code: z.string(), at: z.string() }).nullable(),
});

export const serverItem = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  category: z.string(),
  kind: z.enum(serverKinds),
  version: z.string(),
  status: z.enum(serverStatuses),
  featured: z.boolean(),
  health,
  /** Tenants that are connected now. */
  connected: z.number().int(),
  toolsQuarantined: z.number().int(),
  lastWeek: usage,
});

export const toolItem = z.object({
  name: z.string(),
  title: z.string(),
  /** As last seen; not yet approved if the tool is quarantined. */
  description: z.string(),
  risk: z.enum(riskClasses),
  state: z.enum(toolStates),
  liveHash: z.string(),
  pinnedHash: z.string().nullable(),
  seenAt: z.string(),
  approvedAt: z.string().nullable(),
  lastWeek: usage,
});

export const serverDetail = serverItem.extend({
  docsUrl: z.string(),
  /** An edit has to send it as `seenAt`. */
  updatedAt: z.string(),
  fields: z.array(
    z.object({ label: z.string(), sentAs: z.string(), secret: z.boolean(), optional: z.boolean() }),
  ),
  successor: z.string().nullable(),
  offAt: z.string().nullable(),
  notice: z.string().nullable(),
  adoption: z.object({
    connected: z.number().int(),
    needsReconnect: z.number().int(),
    disconnected: z.number().int(),
    connectedLately: z.number().int(),
  }),
  tools: z.array(toolItem),
});

const version = z.object({
  hash: z.string(),
  serverVersion: z.string(),
  firstSeenAt: z.string(),
  approvedAt: z.string().nullable(),
});

/** A server that is no longer in the registry. */
export const removed = z.object({ removed: z.string() });

export const toolDetail = toolItem.extend({
  inputSchema: z.unknown(),
  outputSchema: z.unknown(),
  /** What changed since it was approved. */
  changes: z.array(
    z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  versions: z.array(version),
});

export const tenantItem = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  status: z.string(),
  accountLabel: z.string(),
  connectedAt: z.string(),
  lastCallAt: z.string().nullable(),
});
