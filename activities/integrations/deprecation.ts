import type { Actor } from '../../db/domain/actor.ts';
import { lastDayBefore } from '../../db/domain/integrations/deprecation.ts';
import * as registry from '../../db/repos/integrations/servers.ts';
import { ownersUsing } from '../../db/repos/integrations/usage.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

/** Deprecation of servers. */
export function deprecationActivities(deps: Deps) {
  return {
    /** Throws `request.invalid` with field messages, `server.off`, `server.not-found`. */
    async deprecateServer(end: {
      server: string;
      successor: string | null;
      offAt: string;
      notice: string | null;
      reason: string;
      actor: Actor;
    }): Promise<void> {
      const { server: name, successor, notice, reason, actor } = end;
      const offAt = new Date(end.offAt);
      await deps.db.inScope(actingIn('platform', actor), (tx) =>
        registry.deprecate(tx, { name, successor, offAt, notice, reason }),
      );
    },

    /** Owners of the tenants that are connected to the server now, and the values of their email. */
    async readDeprecation({ server }: { server: string }): Promise<{
      owners: { tenantId: string; userId: string }[];
      data: Record<string, string>;
    }> {
      return deps.db.inScope({ ...actingIn('platform'), readOnly: true }, async (tx) => {
        const ending = await registry.getServer(tx, server);
        const next = ending.successor ? await registry.getServer(tx, ending.successor) : null;
        return {
          owners: await ownersUsing(tx, server),
          data: {
            service: ending.title,
            endsAt: lastDayBefore(ending.offAt ?? new Date()),
            successor: next?.title ?? '',
            notice: ending.notice ?? '',
          },
        };
      });
    },

    async retireServer({ server }: { server: string }): Promise<void> {
      await deps.db.inScope(actingIn('platform'), (tx) =>
        registry.retireServer(tx, server, 'Its announced end has come.'),
      );
    },

    async undoDeprecation({
      server,
      reason,
      by,
    }: {
      server: string;
      reason: string;
      by: Actor;
    }): Promise<void> {
      await deps.db.inScope(actingIn('platform', by), (tx) => registry.undeprecate(tx, server, reason));
    },
  };
}
