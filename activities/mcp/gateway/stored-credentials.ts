import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../db/domain/errors.ts';
import type { ServerRecord } from '../../../db/domain/integrations/servers.ts';
import { markDisconnected } from '../../../db/repos/integrations/connection-health.ts';
import {
  acquireRenewalLease,
  bumpCredentials,
  releaseRenewalLease,
} from '../../../db/repos/integrations/credential-renewal.ts';
import type { Scope } from '../../../db/scope.ts';
import type { GatewayDeps } from './deps.ts';
import type { CredentialSource, Credentials } from '../kit/credentials.ts';
import { VendorError } from '../kit/errors.ts';

/**
 * Milliseconds. A renewal takes one request to the vendor; a holder that takes longer is presumed dead, and the next
 * may try.
 */
const leaseMs = 45_000;
const lookAgainMs = 150;

/** Name under which a tenant's credentials for a server are stored. */
export const secretName = (server: string) => `mcp/${server}`;

/** What the tenant stored, plus the platform's OAuth client where the server needs one. */
export async function readCredentials(
  deps: Pick<GatewayDeps, 'secrets' | 'oauthClients'>,
  tenantId: string,
  server: string,
): Promise<Credentials> {
  const stored = await deps.secrets.get(tenantId, secretName(server));
  if (stored === null) throw new AppError('connection.missing');
  const own = JSON.parse(stored) as Credentials;
  return own['refreshToken'] && !own['clientId']
    ? { ...own, ...(await deps.oauthClients.find(server)) }
    : own;
}

/**
 * What the tenant stored for a third-party server. Such a server may ask for more fields than when the tenant
 * connected; then nothing is sent to it. Throws `connection.missing` and `connection.incomplete`.
 */
export async function completeCredentials(
  deps: Pick<GatewayDeps, 'secrets' | 'oauthClients'>,
  tenantId: string,
  { name, credentialFields }: Pick<ServerRecord, 'name' | 'credentialFields'>,
): Promise<Credentials> {
  if (credentialFields.length === 0) return {};
  const stored = await readCredentials(deps, tenantId, name);
  if (credentialFields.every(({ key, optional }) => optional || stored[key])) return stored;
  throw new AppError('connection.incomplete');
}

/** Without the platform's OAuth client, which is stored once for all tenants. */
export function withoutClient(credentials: Credentials, client: Credentials | null): Credentials {
  const { clientId, clientSecret, ...own } = credentials;
  return client && clientId === client['clientId'] && clientSecret === client['clientSecret']
    ? own
    : credentials;
}

/**
 * A tenant's stored credentials. Among all processes one renews at a time, under a lease; the others wait for what it
 * stores. Renewed credentials are stored before they are used, since the old ones may be invalid by then.
 */
export function storedCredentials(
  deps: GatewayDeps,
  place: { scope: Scope; tenantId: string; server: string },
  initial: Credentials,
): CredentialSource {
  const { scope, tenantId, server } = place;
  let current = initial;
  let renewal: Promise<Credentials> | null = null;

  async function renewUnderLease(
    exchange: (from: Credentials) => Promise<Credentials>,
  ): Promise<Credentials> {
    const renewed = await exchange(await readCredentials(deps, tenantId, server));
    const own = withoutClient(renewed, await deps.oauthClients.find(server));
    await deps.secrets.put(tenantId, secretName(server), JSON.stringify(own));
    await deps.db.inScope(scope, (tx) => bumpCredentials(tx, { server }));
    return renewed;
  }

  async function giveUp(error: unknown): Promise<never> {
    await deps.db.inScope(scope, async (tx) => {
      await releaseRenewalLease(tx, server);
      if (error instanceof VendorError && error.kind === 'credentials') {
        await markDisconnected(tx, server, 'connection.needs-reconnect');
      }
    });
    throw error;
  }

  async function renew(
    stale: string | undefined,
    exchange: (from: Credentials) => Promise<Credentials>,
  ): Promise<Credentials> {
    const untilMs = Date.now() + leaseMs;
    while (Date.now() < untilMs) {
      const stored = await readCredentials(deps, tenantId, server);
      if (stored['accessToken'] !== stale) return stored;
      const mine = await deps.db.inScope(scope, (tx) => acquireRenewalLease(tx, { server, forMs: leaseMs }));
      if (mine) return renewUnderLease(exchange).catch(giveUp);
      await sleep(lookAgainMs);
    }
    throw new AppError('tool.vendor-unavailable');
  }

  return {
    read: async () => current,
    async renew(stale, exchange) {
      if (current['accessToken'] !== stale) return current;
      renewal ??= renew(stale, exchange).finally(() => (renewal = null));
      current = await renewal;
      return current;
    },
  };
}
