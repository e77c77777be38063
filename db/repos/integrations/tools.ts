import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { RiskClass } from '../../domain/integrations/risk.ts';
import type { ToolDefinition, ToolState } from '../../domain/integrations/tools.ts';
import { all, first } from '../shared/rows.ts';

export interface RegisteredTool {
  server: string;
  name: string;
  title: string;
  risk: RiskClass;
  /** As last seen; not to be shown to models unless the state is `approved`. */
  definition: ToolDefinition;
  liveHash: string;
  /** The hash a call must find; null for a tool that was never approved. */
  pinnedHash: string | null;
  state: ToolState;
  /** Set aside by a person. */
  held: boolean;
  position: number;
  seenAt: Date;
  approvedAt: Date | null;
  approvedBy: Actor | null;
}

/** Tools in the order in which their servers declare them. */
export async function listTools(
  tx: Tx,
  filter: { server?: string; state?: ToolState } = {},
): Promise<RegisteredTool[]> {
  const query = tx.sql('mcp_tools').orderBy(['server', 'position', 'name']);
  if (filter.server) void query.where({ server: filter.server });
  if (filter.state) void query.where({ state: filter.state });
  return all<RegisteredTool>(query);
}

/** Servers with tools that wait for a person, the longest waiting first. */
export async function listInReview(
  tx: Tx,
): Promise<{ server: string; title: string; isNew: boolean; tools: number; since: Date }[]> {
  return all(
    tx
      .sql('mcp_tools as t')
      .join('mcp_servers as s', 's.name', 't.server')
      .join('mcp_tool_versions as v', (on) =>
        on.on('v.server', 't.server').andOn('v.tool', 't.name').andOn('v.hash', 't.live_hash'),
      )
      .where({ 't.state': 'quarantined', 't.held': false })
      .whereIn('s.status', ['review', 'available', 'deprecated'])
      .groupBy('s.name', 's.title', 's.status')
      .orderBy('since')
      .select('s.name as server', 's.title', tx.sql.raw(`s.status = 'review' as is_new`))
      .select(tx.sql.raw('count(*)::int as tools, min(v.first_seen_at) as since')),
  );
}

/** How many servers have tools that need a review. */
export async function countInReview(tx: Tx): Promise<number> {
  return (await listInReview(tx)).length;
}

/** What people call tools, with their service: "Stripe: Refund payment"; by `server/tool`. */
export async function toolTitles(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await all<{ server: string; name: string; title: string }>(
    tx
      .sql('mcp_tools as t')
      .join('mcp_servers as s', 's.name', 't.server')
      .whereRaw(`t.server || '/' || t.name = any(?)`, [ids as string[]])
      .select('t.server', 't.name', tx.sql.raw(`s.title || ': ' || t.title as title`)),
  );
  return new Map(rows.map(({ server, name, title }) => [`${server}/${name}`, title]));
}

/** Throws `tool.not-found`. */
export async function getTool(tx: Tx, server: string, name: string): Promise<RegisteredTool> {
  const row = await first<RegisteredTool>(tx.sql('mcp_tools').where({ server, name }));
  if (!row) throw new AppError('tool.not-found');
  return row;
}

export interface ToolVersion {
  hash: string;
  definition: ToolDefinition;
  serverVersion: string;
  firstSeenAt: Date;
  approvedAt: Date | null;
  approvedBy: Actor | null;
}

/** Everything a tool has ever said about itself, newest first. */
export async function toolVersions(tx: Tx, server: string, tool: string): Promise<ToolVersion[]> {
  return all<ToolVersion>(
    tx
      .sql('mcp_tool_versions')
      .where({ server, tool })
      .orderBy([{ column: 'first_seen_at', order: 'desc' }, 'hash'])
      .select('hash', 'definition', 'server_version', 'first_seen_at', 'approved_at', 'approved_by'),
  );
}

/** What was approved beside what the tool says now; `pinned` is null for a tool that was never approved. */
export async function diffOf(
  tx: Tx,
  server: string,
  tool: string,
): Promise<{ pinned: ToolVersion | null; live: ToolVersion }> {
  const { pinnedHash, liveHash } = await getTool(tx, server, tool);
  const versions = await toolVersions(tx, server, tool);
  const live = versions.find(({ hash }) => hash === liveHash);
  if (!live) throw new Error(`the version ${liveHash} of ${server}/${tool} is not stored`);
  return { pinned: versions.find(({ hash }) => hash === pinnedHash) ?? null, live };
}

/**
 * Approves what a tool says now, and lets one go that was set aside. `liveHash` is what the person has read: when the
 * tool has changed since, nothing is approved and `tool.quarantined` is thrown.
 */
export async function approveTool(
  tx: Tx,
  approval: { server: string; tool: string; liveHash: string; risk?: RiskClass; reason: string },
): Promise<void> {
  const { server, tool, liveHash, risk, reason } = approval;
  const approved = { approved_at: tx.sql.fn.now(), approved_by: JSON.stringify(tx.scope.by.actor) };
  const changed = await tx
    .sql('mcp_tools')
    .where({ server, name: tool, live_hash: liveHash })
    .whereNot('state', 'withdrawn')
    .update({ ...approved, pinned_hash: liveHash, state: 'approved', held: false, ...(risk && { risk }) });
  if (changed === 0) {
    await getTool(tx, server, tool);
    throw new AppError('tool.quarantined', { text: 'This tool has changed again. Review the new version.' });
  }
  await tx.sql('mcp_tool_versions').where({ server, tool, hash: liveHash }).update(approved);
  tx.record({
    action: 'tool.approved',
    targets: [{ type: 'tool', id: `${server}/${tool}` }],
    data: { hash: liveHash, reason },
  });
}

/** Sets a tool aside by hand; only a person lets it go again. */
export async function quarantineTool(
  tx: Tx,
  { server, tool, reason }: { server: string; tool: string; reason: string },
): Promise<void> {
  const changed = await tx
    .sql('mcp_tools')
    .where({ server, name: tool, held: false })
    .update({ state: 'quarantined', held: true });
  if (changed === 0) return void (await getTool(tx, server, tool));
  tx.record({
    action: 'tool.quarantined',
    targets: [{ type: 'tool', id: `${server}/${tool}` }],
    data: { reason },
  });
}
