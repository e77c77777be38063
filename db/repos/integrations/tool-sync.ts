import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { ServerRecord } from '../../domain/integrations/servers.ts';
import { definitionHash, type ToolDefinition } from '../../domain/integrations/tools.ts';
import { assertCategory, rowOf } from './servers.ts';
import { type PinState, type SyncResult, writeTools } from './tool-pinning.ts';
import { listTools, type RegisteredTool, toolVersions } from './tools.ts';
import { first } from '../shared/rows.ts';

/**
 * Brings the registry up to what a server says of itself. New tools of ours are pinned at once. A tool of ours that
 * changed under a new version is pinned anew; one that changed under the same version, and whatever a server that is not
 * ours says for the first time or otherwise, sets the tool aside until a person approves it. Needs the reach of the platform; syncs of one server take turns.
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
  const newer = versionBefore !== null && isNewer(server.version, versionBefore);
  const standings: PinState[] = [];
  for (const [position, definition] of definitions.entries()) {
    const before = known.find(({ name }) => name === definition.name);
    const liveHash = await definitionHash(definition);
    const stays = before?.held || !(await mayPin(tx, server, { before, liveHash, newer }));
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
  return kind === 'builtin' ? definition.risk : (before?.risk ?? definition.risk);
}

async function mayPin(
  tx: Tx,
  server: ServerRecord,
  tool: { before: RegisteredTool | undefined; liveHash: string; newer: boolean },
): Promise<boolean> {
  const { before, liveHash, newer } = tool;
  if (!before) return server.kind === 'builtin';
  if (before.pinnedHash === liveHash) return true;
  if (server.kind !== 'builtin') return false;
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
  const stored = await first<{ version: string; status: string }>(
    tx.sql('mcp_servers').where({ name: server.name }).select('version', 'status'),
  );
  if (stored?.status === 'removed') throw new AppError('server.not-found');
  if (!stored) await assertCategory(tx, server.category);
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
