import { randomBytes } from 'node:crypto';
import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { ConnectionStatus } from '../../domain/integrations/connection.ts';
import { addDefaults } from './grants.ts';
import { tenantOf } from '../shared/scope.ts';
import { all, first, one } from '../shared/rows.ts';

export interface Connection {
  id: string;
  tenantId: string;
  server: string;
  status: ConnectionStatus;
  credentialVersion: number;
  /** The account at the service, as a person knows it. */
  accountLabel: string;
  accountKey: string | null;
  webhookKey: string;
  connectedBy: Actor;
  connectedAt: Date;
  disconnectedAt: Date | null;
  lastErrorCode: string | null;
  lastErrorAt: Date | null;
  /** Until when a secret from the vendor's handshake is shown; Infinity until it has been seen. */
  handshakeSecretUntil: Date | number | null;
}

const columns = [
  'id',
  'tenant_id',
  'server',
  'status',
  'credential_version',
  'account_label',
  'account_key',
  'webhook_key',
  'connected_by',
  'connected_at',
  'disconnected_at',
  'last_error_code',
  'last_error_at',
  'handshake_secret_until',
];

/** Has credentials; a lost connection keeps them for the day on which they are accepted again. */
export const openStatuses: ConnectionStatus[] = ['connected', 'needsReconnect'];

// Connecting again keeps the id, the address for notices and who was given what.
const upsert = `
  insert into mcp_connections (id, tenant_id, server, status, credential_version, account_label, account_key, webhook_key,
                               connected_by)
  values (:id, :tenantId, :server, 'connected', coalesce(cast(:credentialVersion as integer), 1), :accountLabel,
          :accountKey, :webhookKey, cast(:connectedBy as jsonb))
  on conflict (tenant_id, server) do update set
    status = 'connected', account_label = excluded.account_label, account_key = excluded.account_key,
    credential_version =
      coalesce(cast(:credentialVersion as integer), mcp_connections.credential_version + 1),
    connected_by = excluded.connected_by, connected_at = now(), disconnected_at = null,
    last_error_code = null, last_error_at = null, renewing_until = null, handshake_secret_until = null
  returning ${columns.join(', ')}, xmax = 0 as is_new`;

export interface NewConnection {
  server: string;
  accountLabel: string;
  accountKey?: string | null;
  /** The next number unless said otherwise; never one that stood for other credentials, as open ways are known by it. */
  credentialVersion?: number;
}

/**
 * Connects the tenant to a server, or connects it again. A first connection gives the tools to the default grantees.
 * Throws `server.not-found`, `server.disabled`, and `server.off` for a server that takes no new tenants.
 */
export async function saveConnection(tx: Tx, connection: NewConnection): Promise<Connection> {
  const { server, accountLabel, accountKey = null, credentialVersion = null } = connection;
  await mustTake(tx, server);
  const { isNew, ...saved } = await one<Connection & { isNew: boolean }>(
    tx.sql.raw(upsert, {
      id: newId('connection'),
      tenantId: tenantOf(tx),
      server,
      accountLabel,
      accountKey,
      credentialVersion,
      webhookKey: randomBytes(32).toString('base64url'),
      connectedBy: JSON.stringify(tx.scope.by.actor),
    }),
  );
  if (isNew) await addDefaults(tx, { server });
  tx.record({
    action: 'connection.opened',
    targets: [{ type: 'connection', id: saved.id }],
    data: { server, credentialVersion: saved.credentialVersion, again: !isNew },
  });
  return saved;
}

/** A deprecated server serves its tenants until it is retired, and takes no new ones. */
async function mustTake(tx: Tx, server: string): Promise<void> {
  const row = await first<{ status: string; id: string | null; ended: boolean }>(
    tx
      .sql('mcp_servers as s')
      .leftJoin('mcp_connections as c', (on) =>
        on.on('c.server', 's.name').andOnVal('c.tenant_id', tenantOf(tx)),
      )
      .where('s.name', server)
      .select('s.status', 'c.id', tx.sql.raw('coalesce(s.off_at <= now(), false) as ended')),
  );
  if (!row || row.status === 'removed') throw new AppError('server.not-found');
  const served = row.status === 'deprecated' && row.id !== null && !row.ended;
  if (row.status === 'disabled') throw new AppError('server.disabled');
  if (row.status !== 'available' && !served) throw new AppError('server.off');
}

export async function findConnection(tx: Tx, server: string): Promise<Connection | null> {
  return findWhere(tx, { tenant_id: tenantOf(tx), server });
}

/** Every connection within reach, of one tenant if one is named; by name of the server. */
export async function listConnections(tx: Tx, tenantId?: string): Promise<Connection[]> {
  const query = tx.sql('mcp_connections').orderBy(['server', 'tenant_id']);
  if (tenantId) void query.where({ tenant_id: tenantId });
  return all<Connection>(query.select(columns));
}

/** Whose address a notice came to; from the reach of the platform, since the tenant is what is asked for. */
export async function findByWebhookKey(tx: Tx, webhookKey: string): Promise<Connection | null> {
  return findWhere(tx, { webhook_key: webhookKey });
}

/** The tenants whose connection belongs to an account at a service; one account may serve several. */
export async function listByAccount(tx: Tx, server: string, accountKey: string): Promise<Connection[]> {
  return all<Connection>(
    tx.sql('mcp_connections').where({ server, account_key: accountKey }).orderBy('tenant_id').select(columns),
  );
}

/** How many tenants can use a server now; from the reach of the platform. */
export async function countConnected(tx: Tx, server: string): Promise<number> {
  const { n } = await one<{ n: number }>(
    tx.sql('mcp_connections').where({ server, status: 'connected' }).count('* as n'),
  );
  return n;
}

/** Ends the connection; who was given what is kept for the next time. False when it had ended. */
export async function disconnect(tx: Tx, server: string): Promise<boolean> {
  const id = await changeConnection(tx, server, openStatuses, {
    status: 'disconnected',
    disconnected_at: tx.sql.fn.now(),
    renewing_until: null,
    handshake_secret_until: null,
  });
  if (!id) return false;
  tx.record({ action: 'connection.ended', targets: [{ type: 'connection', id }], data: { server } });
  return true;
}

async function findWhere(tx: Tx, where: Record<string, string>): Promise<Connection | null> {
  return first<Connection>(tx.sql('mcp_connections').where(where).select(columns));
}

/** Changes the tenant's connection if its status is one of `from`; its id. */
export async function changeConnection(
  tx: Tx,
  server: string,
  from: ConnectionStatus[],
  values: Record<string, unknown>,
): Promise<string | undefined> {
  const row = await first<{ id: string }>(
    tx
      .sql('mcp_connections')
      .where({ tenant_id: tenantOf(tx), server })
      .whereIn('status', from)
      .update(values)
      .returning('id'),
  );
  return row?.id;
}
