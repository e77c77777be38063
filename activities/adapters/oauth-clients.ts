import type { Db, Scope } from '../../db/scope.ts';
import { findOauthClient, saveOauthClient } from '../../db/repos/integrations/oauth.ts';
import type { OauthClients, Sealer } from '../ports.ts';

const purpose = 'oauth-clients';

/** The platform's OAuth client credentials with vendors. Only the database role of the platform can read them. */
export function storedOauthClients(db: Db, sealer: Sealer): OauthClients {
  const reading: Scope = {
    visibility: 'platform',
    by: { actor: { type: 'system', id: 'secrets' }, context: {} },
  };
  return {
    async find(server) {
      const found = await db.inScope(reading, (tx) => findOauthClient(tx, server));
      return found && { clientId: found.clientId, clientSecret: sealer.open(purpose, found, server) };
    },
    async save(by, server, { clientId, clientSecret }) {
      const sealed = sealer.seal(purpose, clientSecret, server);
      await db.inScope({ visibility: 'platform', by }, (tx) =>
        saveOauthClient(tx, { server, clientId, ...sealed }),
      );
    },
  };
}
