import type { Tx } from '../../scope.ts';
import { openStatuses } from './connections.ts';
import { first } from '../shared/rows.ts';
import { tenantOf } from '../shared/scope.ts';

/** The service brought a secret, which a person will have to see: it is entered at the service. */
export async function recordHandshakeSecret(tx: Tx, server: string): Promise<void> {
  await tx
    .sql('mcp_connections')
    .where({ tenant_id: tenantOf(tx), server })
    .update({ handshake_secret_until: 'infinity' });
}

/** Long enough for a person who has sent the form twice, or whose browser has lost the page. */
const shownFor = '1 minute';

/** Whether that secret may be shown: once, and for a moment after. */
export async function revealHandshakeSecret(tx: Tx, server: string): Promise<boolean> {
  const connection = { tenant_id: tenantOf(tx), server };
  const revealed = await first<{ id: string }>(
    tx
      .sql('mcp_connections')
      .where({ ...connection, handshake_secret_until: 'infinity' })
      .whereIn('status', openStatuses)
      .update({ handshake_secret_until: tx.sql.raw('now() + cast(? as interval)', [shownFor]) })
      .returning('id'),
  );
  if (revealed) {
    tx.record({
      action: 'connection.secret-revealed',
      targets: [{ type: 'connection', id: revealed.id }],
      data: { server },
    });
    return true;
  }
  const again = await first(
    tx
      .sql('mcp_connections')
      .where(connection)
      .whereIn('status', openStatuses)
      .where('handshake_secret_until', '>', tx.sql.fn.now())
      .select('id')
      .limit(1),
  );
  return again !== null;
}
