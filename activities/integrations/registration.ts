import type { Actor } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { type ServerRecord, serverRecord } from '../../db/domain/integrations/servers.ts';
import {
  credentialFieldsOf,
  headersOf,
  type ServerDescription,
  type ServerSource,
} from '../../db/domain/integrations/registration.ts';
import * as registry from '../../db/repos/integrations/servers.ts';
import { syncServer } from '../../db/repos/integrations/tool-sync.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import type { Credentials } from '../mcp/kit/credentials.ts';
import { listThirdParty } from '../mcp/read-third-party.ts';

/** A source that can be run or reached. A remote server has no known version. */
export type Fetched =
  | { kind: 'npm'; version: string; package: string; program: string; lock: string; args: string[] }
  | { kind: 'remote'; version: string; url: string };

/**
 * Stores a fetched source in its server's record. The credential fields stay as they were, or as the source describes
 * them.
 */
function launchOf(
  fetched: Fetched,
  before: ServerRecord['launch'],
  fields: ServerDescription['fields'] | null,
): ServerRecord['launch'] {
  if (fetched.kind === 'remote') {
    const headers = fields ? headersOf(fields) : before && 'url' in before ? before.headers : {};
    return { url: fetched.url, headers };
  }
  const environment = fields
    ? fields.map(({ sentAs }) => sentAs)
    : before && 'environment' in before
      ? before.environment
      : [];
  const { package: name, version, program, lock, args } = fetched;
  return { package: name, version, program, lock, args, environment };
}

/** Registering third-party servers. */
export function registrationActivities(deps: Deps) {
  return {
    /**
     * Fetches the package or address without running anything. Throws `package.not-found`, `package.no-program`,
     * `service.unavailable`.
     */
    async fetchServer({ source }: { source: ServerSource }): Promise<Fetched> {
      if (source.kind === 'remote') return { kind: 'remote', version: '1.0.0', url: source.url };
      const { program, lock } = await deps.packages.pin(source);
      const { package: name, version, args } = source;
      return { kind: 'npm', package: name, version, program, lock, args };
    },

    /**
     * Adds the server to the registry in review, hidden from tenants. Throws `server.name-taken`, `category.not-found`.
     */
    async insertServer(request: {
      server: string;
      registration: ServerDescription;
      fetched: Fetched;
      actor: Actor;
    }): Promise<void> {
      const { server, registration, fetched, actor } = request;
      const { title, summary, category, docsUrl, fields } = registration;
      const record: ServerRecord = {
        ...{ name: server, title, summary, category, docsUrl },
        priority: 'special',
        kind: fetched.kind,
        version: fetched.version,
        credentialFields: credentialFieldsOf({ kind: fetched.kind, fields }),
        auth: { kind: 'key' },
        webhook: null,
        launch: launchOf(fetched, null, fields),
      };
      await deps.db.inScope(actingIn('platform', actor), async (tx) => {
        const known = await registry.findServer(tx, server);
        // An earlier attempt whose response was lost has already added it.
        if (known?.status === 'review' && JSON.stringify(known.launch) === JSON.stringify(record.launch))
          return;
        await registry.addServer(tx, serverRecord.parse(record), 'review');
      });
    },

    /**
     * Starts or reaches the server and records its tools; from then on this source is the one that runs. Returns the
     * number of tools. Throws `connection.refused`, `tool.vendor-unavailable`.
     */
    async readServerTools(request: {
      server: string;
      fetched: Fetched;
      secret: string | null;
      actor: Actor;
    }): Promise<number> {
      const { server, fetched, secret, actor } = request;
      const scope = actingIn('platform', actor);
      const found = await deps.db.inScope({ ...scope, readOnly: true }, (tx) =>
        registry.getServer(tx, server),
      );
      const launch = launchOf(fetched, found.launch, null);
      const record = serverRecord.parse({ ...found, version: fetched.version, launch });
      const definitions = await listThirdParty(deps, record, await trialCredentials(secret));
      await deps.db.inScope(scope, (tx) => syncServer(tx, record, definitions));
      return definitions.length;
    },

    /** Makes the server available to tenants. Throws `server.not-reviewed`. */
    async publishServer({ server, actor }: { server: string; actor: Actor }): Promise<void> {
      await deps.db.inScope(actingIn('platform', actor), (tx) => registry.publishServer(tx, server));
    },

    async discardServer(request: { server: string; reason: string; actor: Actor | null }): Promise<void> {
      const { server, reason, actor } = request;
      await deps.db.inScope(actingIn('platform', actor ?? undefined), async (tx) => {
        const known = await registry.findServer(tx, server);
        if (known?.status === 'review') await registry.removeServer(tx, server, reason);
      });
    },
  };

  async function trialCredentials(secret: string | null): Promise<Credentials> {
    if (secret === null) return {};
    const stored = await deps.secrets.get(PLATFORM_TENANT_ID, secret);
    if (stored === null) throw new AppError('connection.refused', { text: 'Enter the credentials again.' });
    return JSON.parse(stored) as Credentials;
  }
}
