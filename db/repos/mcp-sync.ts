import type { Tx } from '../connect.ts';
import { AppError } from '../domain/errors.ts';
import { definitionHash, type ServerRecord, type ToolDefinition, type ToolState } from '../domain/mcp.ts';
import { giveDefaults } from './mcp-grants.ts';
import { mustHaveCategory, rowOf } from './mcp-registry.ts';
import { listTools, type RegisteredTool, toolVersions } from './mcp-tools.ts';

/** Names of the tools whose standing changed. */
export interface SyncResult {
  added: string[];
  /** Known tools whose changed definition was pinned, or that came back as they were approved. */
  pinned: string[];
  quarantined: string[];
  withdrawn: string[];
}

interface Standing {
  definition: ToolDefinition;
  position: number;
  liveHash: string;
  pinnedHash: string | null;
  state: ToolState;
  before: RegisteredTool | undefined;
}

/**
 * Brings the registry up to what a server says of itself. New tools are pinned at once. A tool of ours that changed
 * under a new version is pinned anew; one that changed under the same version, and any change of a server that is not
 * ours, sets the tool aside until a person approves it. Needs the reach of the platform; syncs of one server take turns.
 */
export async function syncServer(
  tx: Tx,
  server: ServerRecord,
  definitions: readonly ToolDefinition[],
): Promise<SyncResult> {
  const turn = JSON.stringify(['mcp-server', server.name]);
  await tx.sql.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [turn]);
  const versionBefore = await saveServer(tx, server);
  const known = await listTools(tx, { server: server.name });
  const trusted = server.kind === 'own' || known.length === 0;
  const newer = versionBefore !== null && isNewer(server.version, versionBefore);
  const standings: Standing[] = [];
  for (const [position, definition] of definitions.entries()) {
    const before = known.find(({ name }) => name === definition.name);
    const liveHash = await definitionHash(definition);
    const stays = before?.held || !(await mayPin(tx, server, { before, liveHash, trusted, newer }));
    standings.push({
      definition: { ...definition, risk: riskOf(server, definition, before) },
      position,
      liveHash,
      pinnedHash: stays ? (before?.pinnedHash ?? null) : liveHash,
      state: stays ? 'quarantined' : 'approved',
      before,
    });
  }
  return writeTools(tx, server, known, standings);
}

/** Our risk class stands in our code; for other servers it is what an administrator made of it. */
function riskOf({ kind }: ServerRecord, definition: ToolDefinition, before: RegisteredTool | undefined) {
  return kind === 'own' ? definition.risk : (before?.risk ?? definition.risk);
}

async function mayPin(
  tx: Tx,
  server: ServerRecord,
  tool: { before: RegisteredTool | undefined; liveHash: string; trusted: boolean; newer: boolean },
): Promise<boolean> {
  const { before, liveHash, trusted, newer } = tool;
  if (!before) return trusted;
  if (before.pinnedHash === liveHash) return true;
  if (server.kind !== 'own') return false;
  if (newer) return true;
  // An earlier release that is rolled out again brings back what was approved with it.
  const versions = await toolVersions(tx, server.name, before.name);
  return versions.some(({ hash, approvedAt }) => hash === liveHash && approvedAt !== null);
}

/** Compares the numbers of two versions; what follows them is not compared. */
function isNewer(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[.+-]/, 3).map(Number);
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

/** Writes what is declared; the category stays where an administrator put it. The version it had before. */
async function saveServer(tx: Tx, server: ServerRecord): Promise<string | null> {
  const row = rowOf(server);
  const stored = (await tx.sql('mcp_servers').where({ name: server.name }).first('version', 'status')) as
    { version: string; status: string } | undefined;
  if (stored?.status === 'removed') throw new AppError('server.not-found');
  if (!stored) await mustHaveCategory(tx, server.category);
  const declared = Object.keys(row).filter((column) => column !== 'name' && column !== 'category');
  const list = (table: string) => declared.map((column) => `${table}.${column}`).join(', ');
  const written = await tx
    .sql('mcp_servers')
    .insert(row)
    .onConflict('name')
    .merge({
      ...Object.fromEntries(declared.map((column) => [column, tx.sql.raw(`excluded.${column}`)])),
      updated_at: tx.sql.fn.now(),
    })
    .whereRaw(`(${list('mcp_servers')}) is distinct from (${list('excluded')})`)
    .returning('name');
  if (written.length > 0) {
    tx.record({
      action: stored ? 'server.updated' : 'server.added',
      targets: [{ type: 'server', id: server.name }],
      data: { kind: server.kind, version: server.version },
    });
  }
  return stored?.version ?? null;
}

async function writeTools(
  tx: Tx,
  server: ServerRecord,
  known: readonly RegisteredTool[],
  standings: readonly Standing[],
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
  const namesOf = (some: readonly Standing[]) => some.map(({ definition }) => definition.name);
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
  if (result.added.length > 0) await giveDefaults(tx, { server: name, tools: result.added });
  await takeFromMembers(tx, name, changed);
  recordSync(tx, server, result);
  return result;
}

function hasChanged({ before, definition, ...now }: Standing): boolean {
  if (!before) return true;
  const same =
    before.liveHash === now.liveHash && before.pinnedHash === now.pinnedHash && before.state === now.state;
  return !same || before.risk !== definition.risk || before.position !== now.position;
}

function isPinnedAnew({ before, pinnedHash, state }: Standing): boolean {
  return state === 'approved' && (before?.state !== 'approved' || before.pinnedHash !== pinnedHash);
}

function toolRow(tx: Tx, server: string, standing: Standing): Record<string, unknown> {
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
async function writeVersions(tx: Tx, server: ServerRecord, changed: readonly Standing[]): Promise<void> {
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
async function takeFromMembers(tx: Tx, server: string, changed: readonly Standing[]): Promise<void> {
  const stronger = changed
    .filter(({ before, definition }) => before?.risk === 'read' && definition.risk !== 'read')
    .map(({ definition }) => definition.name);
  if (stronger.length === 0) return;
  const taken = (await tx
    .sql('mcp_grants')
    .where({ server, grantee: 'role:member' })
    .whereIn('tool', stronger)
    .delete()
    .returning(['tenant_id', 'tool'])) as { tenant_id: string; tool: string }[];
  for (const { tenant_id: tenantId, tool } of taken) {
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
