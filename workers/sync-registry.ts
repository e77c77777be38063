import { servers } from '../activities/mcp/catalog.ts';
import { definitionOf, recordOf } from '../activities/mcp/kit/describe.ts';
import type { Db } from '../db/scope.ts';
import { syncServer } from '../db/repos/integrations/tool-sync.ts';

/** Tells the registry which of our servers this release brings, before anybody calls one. */
export async function syncRegistry(db: Db): Promise<void> {
  for (const server of servers) {
    await db.inScope(
      { visibility: 'platform', by: { actor: { type: 'system', id: 'release' }, context: {} } },
      (tx) => syncServer(tx, recordOf(server), server.tools.map(definitionOf)),
    );
  }
}
