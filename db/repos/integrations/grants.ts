import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { defaultGrantees } from '../../domain/integrations/grants.ts';
import { riskClasses } from '../../domain/integrations/risk.ts';
import { tenantOf } from '../shared/scope.ts';
import { all, first } from '../shared/rows.ts';

export interface Grant {
  server: string;
  tool: string;
  /** `role:owner`, `agent:bookkeeper`, `workflow`. */
  grantee: string;
}

/**
 * Gives tools of a server to their default grantees in every connection within reach: all tools at the first connection
 * of a tenant, the named ones when a server brings new tools to those who have it.
 */
export async function addDefaults(
  tx: Tx,
  { server, tools }: { server: string; tools?: readonly string[] },
): Promise<void> {
  const pairs = riskClasses.flatMap((risk) => defaultGrantees(risk).map((grantee) => ({ risk, grantee })));
  await tx.sql.raw(
    `insert into mcp_grants (tenant_id, server, tool, grantee)
     select c.tenant_id, t.server, t.name, d.grantee from mcp_connections c
     join mcp_tools t on t.server = c.server
     join unnest(cast(:risks as text[]), cast(:grantees as text[])) as d (risk, grantee) on d.risk = t.risk
     where c.server = :server and (cast(:tools as text[]) is null or t.name = any (cast(:tools as text[])))
     on conflict do nothing`,
    {
      server,
      tools: tools ?? null,
      risks: pairs.map(({ risk }) => risk),
      grantees: pairs.map(({ grantee }) => grantee),
    },
  );
}

/** Grants a tool; false when it had been given. Throws for a server that is not connected, or no such tool. */
export async function setGrant(tx: Tx, { server, tool, grantee }: Grant): Promise<boolean> {
  const tenantId = tenantOf(tx);
  const known = await first<{ id: string | null }>(
    tx
      .sql('mcp_tools as t')
      .leftJoin('mcp_connections as c', (on) =>
        on.on('c.server', 't.server').andOnVal('c.tenant_id', tenantId),
      )
      .where({ 't.server': server, 't.name': tool })
      .select('c.id'),
  );
  if (!known) throw new AppError('tool.not-found');
  if (!known.id) throw new AppError('connection.not-found');
  const added = await tx
    .sql('mcp_grants')
    .insert({ tenant_id: tenantId, server, tool, grantee })
    .onConflict(['tenant_id', 'server', 'tool', 'grantee'])
    .ignore()
    .returning('tool');
  if (added.length === 0) return false;
  tx.record({
    action: 'grant.added',
    targets: [{ type: 'tool', id: `${server}/${tool}` }],
    data: { grantee },
  });
  return true;
}

/** Removes a grant; false when it had not been given. */
export async function removeGrant(tx: Tx, { server, tool, grantee }: Grant): Promise<boolean> {
  const removed = await tx
    .sql('mcp_grants')
    .where({ tenant_id: tenantOf(tx), server, tool, grantee })
    .delete();
  if (removed === 0) return false;
  tx.record({
    action: 'grant.removed',
    targets: [{ type: 'tool', id: `${server}/${tool}` }],
    data: { grantee },
  });
  return true;
}

/** Who may call which tool of the tenant; of one server if one is named. */
export async function listGrants(tx: Tx, server?: string): Promise<Grant[]> {
  const query = tx
    .sql('mcp_grants')
    .where({ tenant_id: tenantOf(tx) })
    .select('server', 'tool', 'grantee')
    .orderBy(['server', 'tool', 'grantee']);
  if (server) void query.where({ server });
  return all<Grant>(query);
}
