import type { Actor } from '../../db/domain/actor.ts';
import * as registry from '../../db/repos/integrations/servers.ts';
import { ownersUsing } from '../../db/repos/integrations/usage.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendToPerson } from '../settings/mail.ts';

interface Turning {
  server: string;
  /** The moment it was turned off (ISO 8601): another one each time. */
  disabledAt: string;
}

/** Turning servers of the registry off. */
export function disablingActivities(deps: Deps) {
  return {
    /** Since when it is off; the first moment where it was off already. Throws `request.invalid`, `server.not-found`. */
    async disableServer(request: {
      server: string;
      reason: string;
      actor: Actor;
    }): Promise<{ disabledAt: string }> {
      const { server: name, reason, actor } = request;
      return deps.db.inScope(actingIn('platform', actor), async (tx) => {
        await registry.setStatus(tx, { name, status: 'disabled', reason });
        const { disabledAt, updatedAt } = await registry.getServer(tx, name);
        return { disabledAt: (disabledAt ?? updatedAt).toISOString() };
      });
    },

    /** Owners of the tenants that use the server; none once it is on again. */
    async ownersToNotify({ server, disabledAt }: Turning): Promise<{ tenantId: string; userId: string }[]> {
      return deps.db.inScope({ ...actingIn('platform'), readOnly: true }, async (tx) => {
        const now = await registry.getServer(tx, server);
        return now.disabledAt?.toISOString() === disabledAt ? ownersUsing(tx, server) : [];
      });
    },

    /** Tells one owner, once for each time it is turned off. An owner who has left meanwhile is left out. */
    async notifyOfDisabled(request: { tenantId: string; userId: string } & Turning): Promise<void> {
      const { tenantId, userId, server, disabledAt } = request;
      const found = await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const role = await users.findRole(tx, tenantId, userId);
        if (role !== 'owner') return null;
        return {
          tenant: await tenants.get(tx, tenantId),
          user: await users.get(tx, userId),
          title: (await registry.getServer(tx, server)).title,
        };
      });
      if (!found) return;
      await sendToPerson(deps, found, {
        template: 'server-disabled',
        key: `server-disabled/${server}/${disabledAt}/${userId}`,
        values: () => ({
          service: found.title,
          disabledAt,
          link: `${deps.publicUrl}/app/integrations/${server}`,
        }),
      });
    },
  };
}
