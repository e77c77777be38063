import { AppError } from '../../../db/domain/errors.ts';
import type { Scope } from '../../../db/scope.ts';
import * as connections from '../../../db/repos/integrations/connections.ts';
import { acquireRenewalLease, bumpCredentials } from '../../../db/repos/integrations/credential-renewal.ts';
import {
  recordHandshakeSecret,
  revealHandshakeSecret,
} from '../../../db/repos/integrations/handshake-secret.ts';
import type { Deps } from '../../deps.ts';
import { findServer } from '../catalog.ts';
import { readCredentials, secretName } from './stored-credentials.ts';
import type { Credentials } from '../kit/credentials.ts';
import { type Delivery, hmac, type Received, type WebhookScheme } from '../kit/webhooks.ts';

type Needs = Pick<Deps, 'db' | 'secrets' | 'oauthClients' | 'clock'>;
type Accepted = { tenantId: string } & Extract<Received, { verdict: 'event' | 'challenge' }>;

/** Milliseconds: longer than writing two rows takes; a renewal in progress keeps the lease. */
const leaseMs = 10_000;

const acting = (visibility: Scope['visibility'], readOnly: boolean): Scope => ({
  visibility,
  readOnly,
  by: { actor: { type: 'system', id: 'deliveries' }, context: {} },
});

/** Ids and types become parts of keys and events; anything but a short plain text is replaced by its fingerprint. */
const plain = (text: string) =>
  /^[\x20-\x7e]{1,200}$/.test(text) ? text : hmac('sha256', 'delivery', text, 'hex');

async function secretOf(
  deps: Needs,
  place: { tenantId: string; server: string },
  field: string | null,
): Promise<string> {
  if (field === null) return '';
  const own = await readCredentials(deps, place.tenantId, place.server);
  // Vendors sign with the app's secret, which is the platform's where tenants connect through its app.
  const registered: Credentials | null = own[field] ? null : await deps.oauthClients.find(place.server);
  return own[field] ?? registered?.[field] ?? '';
}

/** Stores the secret that a vendor sends in its handshake; the lease keeps the credentials from changing meanwhile. */
async function storeHandshakeSecret(
  deps: Needs,
  { tenantId, server }: { tenantId: string; server: string },
  brought: Credentials,
): Promise<void> {
  const scope = acting({ tenantId }, false);
  const mine = await deps.db.inScope(scope, (tx) => acquireRenewalLease(tx, { server, forMs: leaseMs }));
  if (!mine) throw new AppError('service.unavailable');
  const stored = await deps.secrets.get(tenantId, secretName(server));
  const changed = { ...(JSON.parse(stored ?? '{}') as Credentials), ...brought };
  await deps.secrets.put(tenantId, secretName(server), JSON.stringify(changed));
  await deps.db.inScope(scope, async (tx) => {
    await bumpCredentials(tx, { server });
    await recordHandshakeSecret(tx, server);
  });
}

/** The handshake secret of a vendor, shown to a person once; null when there is none or it was already shown. */
export function handshakeSecretOnce(deps: Needs) {
  return async (scope: Scope & { tenantId: string }, server: string): Promise<string | null> => {
    const field = findServer(server)?.webhook?.secretField;
    if (!field) return null;
    const mayBeSeen = await deps.db.inScope(scope, (tx) => revealHandshakeSecret(tx, server));
    if (!mayBeSeen) return null;
    return (await readCredentials(deps, scope.tenantId, server))[field] ?? null;
  };
}

async function verdictOf(
  scheme: WebhookScheme,
  delivery: Delivery,
  secret: string,
  nowMs: number,
): Promise<Exclude<Received, { verdict: 'refused' }>> {
  const received = await Promise.resolve(scheme.receive(delivery, secret, nowMs)).catch((error: unknown) => {
    throw new AppError('service.unavailable', { cause: error });
  });
  if (received.verdict === 'refused') throw new AppError('webhook.invalid');
  // Anyone can sign with an empty secret.
  if (received.verdict === 'event' && scheme.secretField !== null && secret === '') {
    throw new AppError('webhook.invalid');
  }
  return received;
}

/**
 * Finds the connection of a delivery and verifies that the vendor sent it. Throws `request.not-found` for a URL that
 * belongs to no connection, `webhook.invalid`, and `service.unavailable` when it can't be verified now.
 */
export function deliveryCheck(deps: Needs) {
  return async (
    { server, webhookKey }: { server: string; webhookKey: string },
    delivery: Delivery,
  ): Promise<Accepted> => {
    const scheme = findServer(server)?.webhook;
    const connection = await deps.db.inScope(acting('platform', true), (tx) =>
      connections.findByWebhookKey(tx, webhookKey),
    );
    if (!scheme || connection?.server !== server || connection.status === 'disconnected') {
      throw new AppError('request.not-found');
    }
    const place = { tenantId: connection.tenantId, server };
    const secret = await secretOf(deps, place, scheme.secretField);
    const received = await verdictOf(scheme, delivery, secret, deps.clock.now().getTime());
    if (received.verdict === 'event') {
      const { id, type } = received;
      return { ...received, tenantId: place.tenantId, id: plain(id), type: plain(type) };
    }
    if (received.secret !== undefined && scheme.secretField !== null) {
      await storeHandshakeSecret(deps, place, { [scheme.secretField]: received.secret });
    }
    return { ...received, tenantId: place.tenantId };
  };
}
