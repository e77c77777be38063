import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { openStatuses } from './connections.ts';
import { first } from '../shared/rows.ts';
import { tenantOf } from '../shared/scope.ts';

/**
 * Access was renewed and stored as the next version of the secret; that number. Ends the lease of the renewal. Throws
 * `connection.missing` when the tenant has disconnected meanwhile.
 */
export async function bumpCredentials(
  tx: Tx,
  { server, credentialVersion }: { server: string; credentialVersion?: number },
): Promise<number> {
  const next = credentialVersion ?? tx.sql.raw('credential_version + 1');
  const row = await first<{ id: string; credentialVersion: number }>(
    tx
      .sql('mcp_connections')
      .where({ tenant_id: tenantOf(tx), server })
      .whereIn('status', openStatuses)
      .update({ credential_version: next, renewing_until: null })
      .returning(['id', 'credential_version']),
  );
  if (!row) throw new AppError('connection.missing');
  tx.record({
    action: 'connection.renewed',
    targets: [{ type: 'connection', id: row.id }],
    data: { server, credentialVersion: row.credentialVersion },
  });
  return row.credentialVersion;
}

/** Of all who want to renew an access at the same moment one may; the lease ends automatically after `forMs`. */
export async function acquireRenewalLease(
  tx: Tx,
  { server, forMs }: { server: string; forMs: number },
): Promise<boolean> {
  const taken = await tx
    .sql('mcp_connections')
    .where({ tenant_id: tenantOf(tx), server })
    .whereIn('status', openStatuses)
    .whereRaw('(renewing_until is null or renewing_until <= clock_timestamp())')
    .update({
      renewing_until: tx.sql.raw('clock_timestamp() + cast(? as interval)', [`${forMs} milliseconds`]),
    });
  return taken === 1;
}

/** Gives the lease back after a renewal that failed. */
export async function releaseRenewalLease(tx: Tx, server: string): Promise<void> {
  await tx
    .sql('mcp_connections')
    .where({ tenant_id: tenantOf(tx), server })
    .update({ renewing_until: null });
}
