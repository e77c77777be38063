import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { tenantOf } from '../shared/scope.ts';
import { first } from '../shared/rows.ts';

/** How long a person may take at the service before the way back is closed. */
export const longestStateMs = 600_000;

export interface OauthState {
  tenantId: string;
  server: string;
  userId: string;
  keyId: string;
  /** The verifier of the exchange, sealed by the caller. */
  sealed: Buffer;
}

/** Remembers that a person set out to connect a service. */
export async function saveOauthState(
  tx: Tx,
  state: Omit<OauthState, 'tenantId'> & { stateHash: string; lifetimeMs?: number },
): Promise<void> {
  const tenantId = tenantOf(tx);
  const { stateHash, server, userId, keyId, sealed } = state;
  const lifetimeMs = Math.min(state.lifetimeMs ?? longestStateMs, longestStateMs);
  await tx.sql('mcp_oauth_states').insert({
    tenant_id: tenantId,
    state_hash: stateHash,
    server,
    user_id: userId,
    key_id: keyId,
    sealed,
    expires_at: tx.sql.raw('now() + cast(? as interval)', [`${lifetimeMs} milliseconds`]),
  });
  tx.record({ action: 'connection.started', targets: [{ type: 'server', id: server }] });
}

/**
 * Uses a state up on the way back from the service; what it was about. A state proves nothing about who brings it, so
 * it works for the person it was given to only. Throws `oauth.failed` for unknown, used, expired and others' ones alike.
 */
export async function takeOauthState(
  tx: Tx,
  { stateHash, userId }: { stateHash: string; userId: string },
): Promise<OauthState> {
  const row = await first<OauthState>(
    tx
      .sql('mcp_oauth_states')
      .where({ state_hash: stateHash, user_id: userId })
      .whereNull('used_at')
      .whereRaw('expires_at > clock_timestamp()')
      .update({ used_at: tx.sql.fn.now() })
      .returning(['tenant_id', 'server', 'user_id', 'key_id', 'sealed']),
  );
  if (!row) throw new AppError('oauth.failed');
  return row;
}

/** The platform's own registration at a service; the secret is sealed by the caller. */
export interface OauthClient {
  server: string;
  clientId: string;
  keyId: string;
  sealed: Buffer;
}

/** Stores the registration; only the platform reaches this table. */
export async function saveOauthClient(tx: Tx, client: OauthClient): Promise<void> {
  await tx
    .sql('mcp_oauth_clients')
    .insert({
      server: client.server,
      client_id: client.clientId,
      key_id: client.keyId,
      sealed: client.sealed,
      updated_at: tx.sql.fn.now(),
    })
    .onConflict('server')
    .merge();
  tx.record({ action: 'server.oauth-client-saved', targets: [{ type: 'server', id: client.server }] });
}

export async function findOauthClient(tx: Tx, server: string): Promise<OauthClient | null> {
  return first<OauthClient>(
    tx.sql('mcp_oauth_clients').where({ server }).select('server', 'client_id', 'key_id', 'sealed'),
  );
}
