import type { z } from 'zod';
import type { Tx } from '../../../db/scope.ts';
import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import { neededFieldsOf } from '../../../db/domain/integrations/registration.ts';
import { listCategories } from '../../../db/repos/integrations/categories.ts';
import {
  healthOf,
  listHealth,
  probeTrend,
  type ServerHealth,
} from '../../../db/repos/integrations/probes.ts';
import { findOauthClient } from '../../../db/repos/integrations/oauth.ts';
import { getServer, listServers } from '../../../db/repos/integrations/servers.ts';
import {
  diffOf,
  getTool,
  listTools,
  type RegisteredTool,
  toolVersions,
} from '../../../db/repos/integrations/tools.ts';
import { type Adoption, listAdoption, listUsage, type Usage } from '../../../db/repos/integrations/usage.ts';
import type { RequestContext } from '../../kit/context.ts';
import { isoOf } from '../shared/query.ts';
import { changesBetween } from './diff.ts';
import type { serverDetail, serverItem, ServerQuery, toolDetail, toolItem } from './schemas.ts';
import { dayMs } from '../../../db/domain/time.ts';

const weekMs = 7 * dayMs;

function lastWeek(): { from: Date; to: Date } {
  const to = new Date();
  return { from: new Date(to.getTime() - weekMs), to };
}

/** Failed calls as a share (0 to 1) of those that reached the vendor; null if none did. */
export function errorRateOf(usage: Pick<Usage, 'calls' | 'refused' | 'errors'> | undefined): number | null {
  const left = usage ? usage.calls - usage.refused : 0;
  return usage && left > 0 ? usage.errors / left : null;
}

const usageOf = (usage: Usage | undefined) => ({
  calls: usage?.calls ?? 0,
  errorRate: errorRateOf(usage),
  p95Ms: usage?.p95Ms ?? null,
});

function healthItem(health: ServerHealth | null | undefined) {
  if (!health) {
    const none = { uptime24h: null, uptime30d: null, p95Ms: null, probedAt: null, lastError: null };
    return { status: 'unknown' as const, ...none };
  }
  const { server: _server, probedAt, lastError, ...rest } = health;
  return {
    ...rest,
    probedAt: isoOf(probedAt),
    lastError: lastError && { code: lastError.code, at: lastError.at.toISOString() },
  };
}

interface ServerFigures {
  health: ServerHealth | null | undefined;
  adoption: Adoption | undefined;
  usage: Usage | undefined;
  quarantined: number;
}

function toItem(server: ToolServer, figures: ServerFigures): z.input<typeof serverItem> {
  const { name, title, summary, category, kind, version, status, featured } = server;
  return {
    ...{ name, title, summary, category, kind, version, status, featured },
    health: healthItem(figures.health),
    connected: figures.adoption?.connected ?? 0,
    toolsQuarantined: figures.quarantined,
    lastWeek: usageOf(figures.usage),
  };
}

/** A page of the registry with health, adoption and usage; only tenants in the viewer’s scope are counted. */
export async function readServers(
  context: RequestContext,
  query: ServerQuery,
  { counted }: { counted?: boolean } = {},
) {
  const { featured, sort, ...filter } = query;
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const [page, health, adoption, usage, waiting, categories] = await Promise.all([
      listServers(tx, {
        ...filter,
        counted,
        descending: sort?.descending,
        ...(featured && { featured: featured === 'yes' }),
      }),
      listHealth(tx),
      listAdoption(tx),
      listUsage(tx, { by: 'server', ...lastWeek() }),
      listTools(tx, { state: 'quarantined' }),
      listCategories(tx),
    ]);
    const items = page.items.map((server) =>
      toItem(server, {
        health: health.find((one) => one.server === server.name),
        adoption: adoption.find((one) => one.server === server.name),
        usage: usage.find(({ key }) => key === server.name),
        quarantined: waiting.filter((tool) => tool.server === server.name).length,
      }),
    );
    return { ...page, items, categories };
  });
}

function toTool(tool: RegisteredTool, usage: Usage | undefined): z.input<typeof toolItem> {
  const { name, title, risk, state, liveHash, pinnedHash } = tool;
  return {
    ...{ name, title, risk, state, liveHash, pinnedHash },
    description: tool.definition.description,
    seenAt: tool.seenAt.toISOString(),
    approvedAt: isoOf(tool.approvedAt),
    lastWeek: usageOf(usage),
  };
}

/** One server with its tools. Throws `server.not-found`. */
export async function readServer(context: RequestContext, name: string) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const [server, health, trend, adoption, usage, toolUsage, tools, categories] = await Promise.all([
      getServer(tx, name),
      healthOf(tx, name),
      probeTrend(tx, name),
      listAdoption(tx),
      listUsage(tx, { by: 'server', server: name, ...lastWeek() }),
      listUsage(tx, { by: 'tool', server: name, ...lastWeek() }),
      listTools(tx, { server: name }),
      listCategories(tx),
    ]);
    const adopted = adoption.find((one) => one.server === name);
    const quarantined = tools.filter(({ state }) => state === 'quarantined').length;
    const { server: _server, ...numbers } = adopted ?? noAdoption(name);
    const detail: z.input<typeof serverDetail> = {
      ...toItem(server, { health, adoption: adopted, usage: usage[0], quarantined }),
      docsUrl: server.docsUrl,
      updatedAt: server.updatedAt.toISOString(),
      fields: server.kind === 'builtin' ? [] : neededFieldsOf(server),
      successor: server.successor,
      offAt: isoOf(server.offAt),
      notice: server.notice,
      adoption: numbers,
      tools: tools.map((tool) =>
        toTool(
          tool,
          toolUsage.find(({ key }) => key === `${name}/${tool.name}`),
        ),
      ),
    };
    return { server, detail, trend, categories, clientId: await clientIdOf(context, tx, server) };
  });
}

const noAdoption = (server: string): Adoption => ({
  ...{ server, connected: 0, needsReconnect: 0, disconnected: 0, connectedLately: 0 },
});

/** The platform's OAuth client id at a vendor, for those who may manage the registry. */
async function clientIdOf(context: RequestContext, tx: Tx, { name, auth }: ToolServer) {
  if (auth.kind !== 'oauth2' || !context.can('registry.manage')) return null;
  return (await findOauthClient(tx, name))?.clientId ?? null;
}

/** One tool: its current definition, what changed since it was approved, and all its versions. Throws `tool.not-found`. */
export async function readTool(context: RequestContext, server: string, name: string) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const [owner, tool, versions, usage] = await Promise.all([
      getServer(tx, server),
      getTool(tx, server, name),
      toolVersions(tx, server, name),
      listUsage(tx, { by: 'tool', server, tool: name, ...lastWeek() }),
    ]);
    const { pinned, live } = await diffOf(tx, server, name);
    const { inputSchema, outputSchema } = live.definition;
    const detail: z.input<typeof toolDetail> = {
      ...toTool(tool, usage[0]),
      ...{ inputSchema, outputSchema: outputSchema ?? null },
      changes: pinned ? changesBetween(pinned.definition, live.definition) : [],
      versions: versions.map((version) => ({
        hash: version.hash,
        serverVersion: version.serverVersion,
        firstSeenAt: version.firstSeenAt.toISOString(),
        approvedAt: isoOf(version.approvedAt),
      })),
    };
    return { server: owner, detail };
  });
}
