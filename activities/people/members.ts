import type { Actor } from '../../db/domain/actor.ts';
import * as sessions from '../../db/repos/identity/sessions.ts';
import * as members from '../../db/repos/people/members.ts';
import * as users from '../../db/repos/people/users.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendOnce } from '../settings/mail.ts';

const person = (id: string): Actor => ({ type: 'user', id });

/** Who is in a team. */
export function memberActivities(deps: Deps) {
  return {
    /**
     * Membership and sessions end in one transaction; repeated, it finds that done. Throws `member.own-role`,
     * `member.last-owner`, `permission.denied`.
     */
    async removeMember(request: { tenantId: string; userId: string; by: string }): Promise<void> {
      const { tenantId, userId, by } = request;
      // Sessions are out of a tenant's reach.
      await deps.db.inScope(actingIn('platform', person(by)), async (tx) => {
        if (await members.remove(tx, tenantId, { userId, by })) {
          await sessions.endInTenant(tx, tenantId, userId);
        }
      });
    },

    /** Tells a person who is no longer in the team, and so no longer visible to it. */
    async sendMemberRemovedMail(request: { tenantId: string; userId: string }): Promise<void> {
      const { tenantId, userId } = request;
      const { tenant, user } = await deps.db.inScope(actingIn('platform'), async (tx) => ({
        tenant: await tenants.get(tx, tenantId),
        user: await users.get(tx, userId),
      }));
      await sendOnce(deps, {
        tenantId,
        template: 'member-removed',
        key: effectKey(),
        to: { userId, name: user.name, address: user.email },
        language: user.language,
        values: async () => ({ name: user.name, business: tenant.name, portal: deps.publicUrl }),
      });
    },

    /** Throws `user.not-found`, `member.own-role`, `permission.denied`. */
    async transferOwnership(request: { tenantId: string; from: string; to: string }): Promise<void> {
      const { tenantId, from, to } = request;
      await deps.db.inScope(actingIn({ tenantId }, person(from)), (tx) =>
        members.transferOwnership(tx, tenantId, { from, to }),
      );
    },

    /** Tells one of the two people whom ownership moved between; `other` is named in the mail. */
    async sendOwnershipMail(request: {
      tenantId: string;
      userId: string;
      other: string;
      received: boolean;
    }): Promise<void> {
      const { tenantId, userId, other, received } = request;
      const found = await deps.db.inScope(actingIn('platform'), async (tx) => ({
        tenant: await tenants.get(tx, tenantId),
        user: await users.get(tx, userId),
        counterpart: await users.get(tx, other),
      }));
      const { tenant, user, counterpart } = found;
      await sendOnce(deps, {
        tenantId,
        template: 'ownership-transferred',
        key: effectKey(),
        to: { userId, name: user.name, address: user.email },
        language: user.language,
        values: async () => ({
          name: user.name,
          business: tenant.name,
          other: counterpart.name,
          received,
          portal: deps.publicUrl,
        }),
      });
    },
  };
}
