import { randomBytes } from 'node:crypto';
import type { Tx } from '../../scope.ts';
import type { Actor } from '../../domain/actor.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { ConnectionStatus, TestResult } from '../../domain/integrations/connection.ts';
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
const open: ConnectionStatus[] = ['connected', 'needsReconnect'];

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
 * Throws `server.not-found`, and `server.off` for a server that takes no new tenants.
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

/** How many tenants can use a server now; from the reach of the platform. */
export async function countConnected(tx: Tx, server: string): Promise<number> {
  const { n } = await one<{ n: number }>(
    tx.sql('mcp_connections').where({ server, status: 'connected' }).count('* as n'),
  );
  return n;
}

/**
 * The service accepts the access again; false when it never stopped to. Its credentials count as new ones, so that a
 * later loss is told anew.
 */
export async function markHealthy(tx: Tx, server: string): Promise<boolean> {
  const id = await change(tx, server, ['needsReconnect'], {
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

/** Ends the connection; who was given what is kept for the next time. False when it had ended. */
export async function disconnect(tx: Tx, server: string): Promise<boolean> {
  const id = await change(tx, server, open, {
    status: 'disconnected',
    disconnected_at: tx.sql.fn.now(),
    renewing_until: null,
    handshake_secret_until: null,
  });
  if (!id) return false;
  tx.record({ action: 'connection.ended', targets: [{ type: 'connection', id }], data: { server } });
  return true;
}

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
      .whereIn('status', open)
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
      .whereIn('status', open)
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
      .whereIn('status', open)
      .where('handshake_secret_until', '>', tx.sql.fn.now())
      .select('id')
      .limit(1),
  );
  return again !== null;
}

/** Of all who want to renew an access at the same moment one may; the lease ends automatically after `forMs`. */
export async function acquireRenewalLease(
  tx: Tx,
  { server, forMs }: { server: string; forMs: number },
): Promise<boolean> {
  const taken = await tx
    .sql('mcp_connections')
    .where({ tenant_id: tenantOf(tx), server })
    .whereIn('status', open)
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

async function findWhere(tx: Tx, where: Record<string, string>): Promise<Connection | null> {
  return first<Connection>(tx.sql('mcp_connections').where(where).select(columns));
}

/** Changes the tenant's connection if it stands as one of `from`; its id. */
async function change(
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
