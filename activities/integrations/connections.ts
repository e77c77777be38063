import type { Actor } from '../../db/domain/actor.ts';
import { AppError, type ErrorCode } from '../../db/domain/errors.ts';
import type { CredentialField } from '../../db/domain/integrations/credential-field.ts';
import * as connections from '../../db/repos/integrations/connections.ts';
import { saveOauthState, takeOauthState } from '../../db/repos/integrations/oauth.ts';
import { getServer } from '../../db/repos/integrations/servers.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { findServer } from '../mcp/catalog.ts';
import { probeWith } from '../mcp/probe.ts';
import { readCredentials, secretName, withoutClient } from '../mcp/gateway/stored-credentials.ts';
import type { Credentials } from '../mcp/kit/credentials.ts';
import type { ServerDefinition } from '../mcp/kit/server.ts';
import { listThirdParty } from '../mcp/read-third-party.ts';
import { authorizationUrl, hashOf, assertIssuer, newSecret, redeemCode, revokeToken } from '../mcp/oauth.ts';

const verifiers = 'oauth-verifiers';
const unreachable: ReadonlySet<ErrorCode> = new Set(['tool.vendor-unavailable', 'tool.timeout']);

/** Tells one account from another: the first field that was entered and isn't secret. */
function labelOf(title: string, fields: readonly CredentialField[], values: Credentials): string {
  const open = fields.find(({ key, secret }) => !secret && key !== 'clientId' && values[key]);
  return (open && values[open.key]) ?? `${title} account`;
}

/** An outage while connecting, in words for the person who waits; any other error as it is. */
function notReached(title: string, error: unknown): unknown {
  if (!(error instanceof AppError) || !unreachable.has(error.code)) return error;
  return new AppError('tool.vendor-unavailable', {
    text: `We couldn’t reach ${title}. Nothing was saved. Try again.`,
    cause: error,
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  });
}

/** Connecting services. What is secret waits in the store under a name; only the name travels. */
export function connectionActivities(deps: Deps) {
  const serverOf = (name: string): ServerDefinition => {
    const server = findServer(name);
    if (!server) throw new AppError('server.not-found');
    return server;
  };
  const standInOf = (server: string) => deps.tools.baseUrls[server];
  const redirectUri = (server: string) => `${deps.publicUrl}/app/integrations/${server}/callback`;

  async function waiting(tenantId: string, name: string): Promise<Credentials> {
    const stored = await deps.secrets.get(tenantId, name);
    if (stored === null) throw new AppError('connection.missing');
    return JSON.parse(stored) as Credentials;
  }

  async function clientOf(server: ServerDefinition) {
    const client = await deps.oauthClients.find(server.name);
    if (client) return client;
    throw new AppError('oauth.failed', {
      text: `OAuth isn’t set up for ${server.title} yet. Enter a token instead, or ask your administrator.`,
    });
  }

  /** Checks the credentials of a third-party server by listing its tools. */
  async function checkThirdParty(request: { tenantId: string; server: string; secret: string }) {
    const { tenantId, secret } = request;
    const record = await deps.db.inScope(actingIn({ tenantId }), (tx) => getServer(tx, request.server));
    const credentials = await waiting(tenantId, secret);
    await listThirdParty(deps, record, credentials).catch((error: unknown) => {
      throw notReached(record.title, error);
    });
    return { accountLabel: labelOf(record.title, record.credentialFields, credentials) };
  }

  return {
    /** Checks that credentials work with the server's probe. Throws `connection.refused`, `tool.vendor-unavailable`. */
    async checkCredentials(request: {
      tenantId: string;
      server: string;
      secret: string;
    }): Promise<{ accountLabel: string }> {
      const server = findServer(request.server);
      if (!server) return checkThirdParty(request);
      const client = server.auth.kind === 'oauth2' ? await deps.oauthClients.find(server.name) : null;
      const credentials = { ...client, ...(await waiting(request.tenantId, request.secret)) };
      const renewed = await probeWith(server, credentials, {
        standIn: standInOf(server.name),
        allowPrivateHosts: deps.tools.allowPrivateHosts,
      }).catch((error: unknown) => {
        throw notReached(server.title, error);
      });
      if (renewed !== credentials) {
        // A token that was renewed during the check may be the only one that is still valid.
        const own = withoutClient(renewed, client);
        await deps.secrets.put(request.tenantId, request.secret, JSON.stringify(own));
      }
      return { accountLabel: labelOf(server.title, server.credentials, renewed) };
    },

    /** Opens the connection with the checked credentials. */
    async openConnection(request: {
      tenantId: string;
      server: string;
      secret: string;
      accountLabel: string;
      actor: Actor;
    }): Promise<{ connectionId: string }> {
      const { tenantId, server, secret, accountLabel, actor } = request;
      const name = secretName(server);
      const credentials = await waiting(tenantId, secret);
      await deps.secrets.put(tenantId, name, JSON.stringify(credentials));
      const { id } = await deps.db.inScope(actingIn({ tenantId }, actor), (tx) =>
        connections.saveConnection(tx, { server, accountLabel }),
      );
      return { connectionId: id };
    },

    async dropSecret({ tenantId, secret }: { tenantId: string; secret: string }): Promise<void> {
      await deps.secrets.remove(tenantId, secret);
    },

    /**
     * The authorization URL for a person. Throws `oauth.failed` when the platform has no client registration with the
     * vendor.
     */
    async startOAuth(request: {
      tenantId: string;
      server: string;
      connectId: string;
      actor: Actor;
      returnTo?: string;
    }): Promise<{ url: string }> {
      const { tenantId, connectId, actor, returnTo } = request;
      const server = serverOf(request.server);
      const client = await clientOf(server);
      // The state leads the callback to the waiting process and to the page it started from. The random part in between
      // can't be guessed.
      const state = [
        connectId,
        newSecret(),
        ...(returnTo ? [Buffer.from(returnTo).toString('base64url')] : []),
      ].join('.');
      const verifier = newSecret();
      const stateHash = hashOf(state);
      const sealed = deps.sealer.seal(verifiers, verifier, stateHash);
      await deps.db.inScope(actingIn({ tenantId }, actor), (tx) =>
        saveOauthState(tx, { server: server.name, userId: actor.id, stateHash, ...sealed }),
      );
      const asked = {
        state,
        verifier,
        redirectUri: redirectUri(server.name),
        standIn: standInOf(server.name),
      };
      return { url: authorizationUrl(server, client, asked) };
    },

    /** Exchanges the callback of the vendor for staged credentials. Throws `oauth.failed`. */
    async finishOAuth(request: {
      tenantId: string;
      server: string;
      secret: string;
      actor: Actor;
    }): Promise<void> {
      const { tenantId, secret, actor } = request;
      const server = serverOf(request.server);
      const callback = await waiting(tenantId, secret);
      assertIssuer(server, callback);
      const stateHash = hashOf(callback['state'] ?? '');
      const state = await deps.db.inScope(actingIn({ tenantId }, actor), (tx) =>
        takeOauthState(tx, { stateHash, userId: actor.id }),
      );
      if (state.server !== server.name) throw new AppError('oauth.failed');
      const verifier = deps.sealer.open(verifiers, state, stateHash);
      const asked = {
        callback,
        verifier,
        redirectUri: redirectUri(server.name),
        standIn: standInOf(server.name),
      };
      const credentials = await redeemCode(server, await clientOf(server), asked);
      await deps.secrets.put(tenantId, secret, JSON.stringify(credentials));
    },

    /** Revokes our access at the vendor. Returns whether that succeeded. */
    async revokeAccess({ tenantId, server }: { tenantId: string; server: string }): Promise<boolean> {
      const own = findServer(server);
      if (!own) return false;
      return revokeToken(own, await readCredentials(deps, tenantId, server), standInOf(server));
    },

    /** Ends a connection and deletes its credentials. */
    async closeConnection({
      tenantId,
      server,
      actor,
    }: {
      tenantId: string;
      server: string;
      actor: Actor;
    }): Promise<void> {
      await deps.db.inScope(actingIn({ tenantId }, actor), (tx) => connections.disconnect(tx, server));
      await deps.secrets.remove(tenantId, secretName(server));
    },
  };
}
