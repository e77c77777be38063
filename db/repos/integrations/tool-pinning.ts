import type { Tx } from '../../scope.ts';
import type { ServerRecord } from '../../domain/integrations/servers.ts';
import type { ToolDefinition, ToolState } from '../../domain/integrations/tools.ts';
import { addDefaults } from './grants.ts';
import type { RegisteredTool } from './tools.ts';
import { all } from '../shared/rows.ts';

/** Names of the tools whose standing changed. */
export interface SyncResult {
  added: string[];
  /** Known tools whose changed definition was pinned, or that came back as they were approved. */
  pinned: string[];
  quarantined: string[];
  withdrawn: string[];
}

/** What is to be written about one tool, beside what was. */
export interface PinState {
  definition: ToolDefinition;
  position: number;
  liveHash: string;
  pinnedHash: string | null;
  state: ToolState;
  before: RegisteredTool | undefined;
}

/** Writes how the tools of a server stand, the versions that are new, and what tenants gain and lose by it. */
export async function writeTools(
  tx: Tx,
  server: ServerRecord,
  known: readonly RegisteredTool[],
  standings: readonly PinState[],
): Promise<SyncResult> {
  const { name } = server;
  const present = standings.map(({ definition }) => definition.name);
  const withdrawn = known
    .filter((tool) => tool.state !== 'withdrawn' && !present.includes(tool.name))
    .map((tool) => tool.name);
  const changed = standings.filter(hasChanged);
  await tx
    .sql('mcp_tools')
    .where({ server: name })
    .whereIn('name', present)
    .update({ seen_at: tx.sql.fn.now() });
  if (withdrawn.length > 0) {
    await tx
      .sql('mcp_tools')
      .where({ server: name })
      .whereIn('name', withdrawn)
      .update({ state: 'withdrawn' });
  }
  if (changed.length > 0) {
    await tx
      .sql('mcp_tools')
      .insert(changed.map((one) => toolRow(tx, name, one)))
      .onConflict(['server', 'name'])
      .merge();
    await writeVersions(tx, server, changed);
  }
  const namesOf = (some: readonly PinState[]) => some.map(({ definition }) => definition.name);
  const result: SyncResult = {
    added: namesOf(changed.filter(({ before }) => !before)),
    pinned: namesOf(changed.filter((one) => one.before && isPinnedAnew(one))),
    quarantined: namesOf(
      changed.filter(
        ({ state, before, liveHash }) =>
          state === 'quarantined' && (before?.state !== state || before.liveHash !== liveHash),
      ),
    ),
    withdrawn,
  };
  if (result.added.length > 0) await addDefaults(tx, { server: name, tools: result.added });
  await takeFromMembers(tx, name, changed);
  recordSync(tx, server, result);
  return result;
}

function hasChanged({ before, definition, ...now }: PinState): boolean {
  if (!before) return true;
  const same =
    before.liveHash === now.liveHash && before.pinnedHash === now.pinnedHash && before.state === now.state;
  return !same || before.risk !== definition.risk || before.position !== now.position;
}

function isPinnedAnew({ before, pinnedHash, state }: PinState): boolean {
  return state === 'approved' && (before?.state !== 'approved' || before.pinnedHash !== pinnedHash);
}

function toolRow(tx: Tx, server: string, standing: PinState): Record<string, unknown> {
  const { definition, before, liveHash, pinnedHash, state, position } = standing;
  const { name, title, risk } = definition;
  const approval = isPinnedAnew(standing)
    ? { approved_at: tx.sql.fn.now(), approved_by: tx.scope.by.actor }
    : { approved_at: before?.approvedAt ?? null, approved_by: before?.approvedBy ?? null };
  return {
    server,
    name,
    title,
    risk,
    definition: JSON.stringify(definition),
    live_hash: liveHash,
    pinned_hash: pinnedHash,
    state,
    held: before?.held ?? false,
    position,
    ...approval,
    approved_by: approval.approved_by && JSON.stringify(approval.approved_by),
  };
}

/** A definition that was approved once stays so in the list of versions. */
async function writeVersions(tx: Tx, server: ServerRecord, changed: readonly PinState[]): Promise<void> {
  const approved = { approved_at: tx.sql.fn.now(), approved_by: JSON.stringify(tx.scope.by.actor) };
  const keep = (column: string) => tx.sql.raw(`coalesce(mcp_tool_versions.${column}, excluded.${column})`);
  await tx
    .sql('mcp_tool_versions')
    .insert(
      changed.map(({ definition, liveHash, state }) => ({
        server: server.name,
        tool: definition.name,
        hash: liveHash,
        definition: JSON.stringify(definition),
        server_version: server.version,
        ...(state === 'approved' ? approved : { approved_at: null, approved_by: null }),
      })),
    )
    .onConflict(['server', 'tool', 'hash'])
    .merge({ approved_at: keep('approved_at'), approved_by: keep('approved_by') });
}

/** A tool that used to read and now does more is no longer one for every member; owners may give it to them again. */
async function takeFromMembers(tx: Tx, server: string, changed: readonly PinState[]): Promise<void> {
  const stronger = changed
    .filter(({ before, definition }) => before?.risk === 'read' && definition.risk !== 'read')
    .map(({ definition }) => definition.name);
  if (stronger.length === 0) return;
  const taken = await all<{ tenantId: string; tool: string }>(
    tx
      .sql('mcp_grants')
      .where({ server, grantee: 'role:member' })
      .whereIn('tool', stronger)
      .delete()
      .returning(['tenant_id', 'tool']),
  );
  for (const { tenantId, tool } of taken) {
    tx.record({
      action: 'grant.removed',
      tenantId,
      targets: [{ type: 'tool', id: `${server}/${tool}` }],
      data: { grantee: 'role:member' },
    });
  }
}

function recordSync(tx: Tx, server: ServerRecord, result: SyncResult): void {
  const { added, pinned, quarantined, withdrawn } = result;
  for (const tool of quarantined) {
    tx.record({
      action: 'tool.quarantined',
      outcome: 'denied',
      targets: [{ type: 'tool', id: `${server.name}/${tool}` }],
      data: { version: server.version },
    });
  }
  const counts = {
    added: added.length,
    pinned: pinned.length,
    quarantined: quarantined.length,
    withdrawn: withdrawn.length,
  };
  if (Object.values(counts).every((count) => count === 0)) return;
  tx.record({
    action: 'server.synced',
    targets: [{ type: 'server', id: server.name }],
    data: { version: server.version, ...counts },
  });
}
