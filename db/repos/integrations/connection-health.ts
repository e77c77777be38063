import type { Tx } from '../../scope.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { TestResult } from '../../domain/integrations/connection.ts';
import { changeConnection, findConnection } from './connections.ts';
import { all } from '../shared/rows.ts';
import { tenantOf } from '../shared/scope.ts';

/** The service no longer accepts the access; false when that was known. */
export async function markDisconnected(tx: Tx, server: string, errorCode: ErrorCode): Promise<boolean> {
  const lost = await lose(tx, { tenant_id: tenantOf(tx), server }, errorCode);
  return lost > 0;
}

/** Connected tenants have to enter more before the server is used again; from the reach of the platform. */
export async function requireMoreCredentials(tx: Tx, server: string): Promise<void> {
  await lose(tx, { server }, 'connection.incomplete');
}

/** Sets aside what is connected of these; how many. */
async function lose(
  tx: Tx,
  which: { tenant_id?: string; server: string },
  errorCode: ErrorCode,
): Promise<number> {
  const lost = await all<{ id: string; tenantId: string }>(
    tx
      .sql('mcp_connections')
      .where({ ...which, status: 'connected' })
      .update({
        status: 'needsReconnect',
        last_error_code: errorCode,
        last_error_at: tx.sql.fn.now(),
        renewing_until: null,
      })
      .returning(['id', 'tenant_id']),
  );
  for (const { id, tenantId } of lost) {
    tx.record({
      action: 'connection.lost',
      outcome: 'failure',
      tenantId,
      targets: [{ type: 'connection', id }],
      data: { server: which.server, errorCode },
    });
  }
  return lost.length;
}

/**
 * The service accepts the access again; false when it never stopped to. Its credentials count as new ones, so that a
 * later loss is told anew.
 */
export async function markHealthy(tx: Tx, server: string): Promise<boolean> {
  const id = await changeConnection(tx, server, ['needsReconnect'], {
    status: 'connected',
    credential_version: tx.sql.raw('credential_version + 1'),
    last_error_code: null,
    last_error_at: null,
  });
  if (!id) return false;
  tx.record({ action: 'connection.recovered', targets: [{ type: 'connection', id }], data: { server } });
  return true;
}

/** Records a test of the connection. Throws `connection.not-found`. */
export async function recordTest(
  tx: Tx,
  { server, result, ms }: { server: string; result: TestResult; ms: number },
): Promise<void> {
  const found = await findConnection(tx, server);
  if (!found) throw new AppError('connection.not-found');
  tx.record({
    action: 'connection.tested',
    outcome: result === 'works' ? 'success' : 'failure',
    targets: [{ type: 'connection', id: found.id }],
    data: { server, result, ms },
  });
}
