import { listUnnotified, type LostNotice } from '../../db/repos/integrations/lost-connections.ts';
import { getServer } from '../../db/repos/integrations/servers.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendToPerson } from '../settings/mail.ts';

/** Per run; the next run takes the rest. */
const batchSize = 100;

/** Connections that a vendor no longer accepts. */
export function lostConnectionActivities(deps: Deps) {
  async function tell({ tenantId, server, userId, key }: LostNotice): Promise<void> {
    const found = await deps.db.inScope(actingIn({ tenantId }), async (tx) => ({
      tenant: await tenants.get(tx, tenantId),
      user: await users.get(tx, userId),
      title: (await getServer(tx, server)).title,
    }));
    await sendToPerson(deps, found, {
      template: 'connection-lost',
      key,
      values: () => ({ service: found.title, link: `${deps.publicUrl}/app/integrations/${server}` }),
    });
  }

  return {
    /**
     * Emails owners once per lost connection that it has to be reconnected. An email that fails doesn't hold up the
     * others.
     */
    async notifyLostConnections(): Promise<{ told: number }> {
      const scope = { ...actingIn('platform'), readOnly: true };
      const notices = await deps.db.inScope(scope, (tx) => listUnnotified(tx, batchSize));
      const failures: unknown[] = [];
      for (const notice of notices) {
        await tell(notice).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
      return { told: notices.length };
    },
  };
}
