import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { keysetPage } from '../shared/paging.ts';

/** One use of a tool, as it was written down. */
export interface CallRecord {
  id: string;
  tenantId: string;
  server: string;
  tool: string;
  actorType: Actor['type'];
  actorId: string;
  workflowId: string | null;
  /** `ok` or a code of the error table. */
  outcome: string;
  ms: number;
  at: Date;
}

const columns = [
  'id',
  'tenant_id',
  'server',
  'tool',
  'actor_type',
  'actor_id',
  'workflow_id',
  'outcome',
  'ms',
  'at',
];

/** Every use within reach, newest first. */
export async function listCalls(
  tx: Tx,
  filter: Paging & {
    server?: string | undefined;
    tool?: string | undefined;
    tenantId?: string | undefined;
    /** Leaves out what the platform did to see whether a service answers. */
    withoutProbes?: boolean;
  },
): Promise<Page<CallRecord>> {
  const query = tx.sql('mcp_calls').select(...columns, tx.sql.raw('at::text as key_0'), 'id as key_1');
  if (filter.server) void query.where({ server: filter.server });
  if (filter.tool) void query.where({ tool: filter.tool });
  if (filter.withoutProbes) void query.whereNot({ actor_type: 'system' });
  if (filter.tenantId) void query.where({ tenant_id: filter.tenantId });
  return keysetPage<CallRecord>(query, {
    columns: ['at', 'id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
  });
}
