import { type Actor, personBehind } from '../../db/domain/actor.ts';
import * as views from '../../db/repos/identity/views.ts';
import * as apiKeys from '../../db/repos/identity/api-keys.ts';
import * as sessions from '../../db/repos/identity/sessions.ts';
import * as offboarding from '../../db/repos/people/offboarding.ts';
import * as members from '../../db/repos/people/members.ts';
import * as users from '../../db/repos/people/users.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import type { OffboardingReceipt } from '../../workflows/people/offboard-user.contract.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendToPerson } from '../settings/mail.ts';

const person = (id: string): Actor => ({ type: 'user', id });

/** Who is in a team. */
export function memberActivities(deps: Deps) {
  return {
    /**
     * Membership, sessions and ownership change in one transaction; repeated, it finds that done. Throws
     * `member.own-role`, `member.last-owner`, `permission.denied`, `user.not-found` for an heir outside the team.
     */
    async removeMember(request: {
      tenantId: string;
      userId: string;
      by: Actor;
      heirId: string | null;
    }): Promise<{ sessions: number; keys: number }> {
      const { tenantId, userId, by, heirId } = request;
      // Sessions are out of a tenant's reach.
      return deps.db.inScope(actingIn('platform', by), async (tx) => {
        if (!(await offboarding.leave(tx, tenantId, { userId, by: personBehind(by), heirId })))
          return { sessions: 0, keys: 0 };
        await views.endViewsOf(tx, { tenantId, userId }, 'removed');
        return {
          sessions: await sessions.endInTenant(tx, tenantId, userId),
          keys: await apiKeys.endOfPerson(tx, tenantId, userId, 'Removed from the business'),
        };
      });
    },

    /** Gives what the person left to the heir; repeated, it finds nothing left. */
    async handOver(request: {
      tenantId: string;
      userId: string;
      by: Actor;
      heirId: string | null;
    }): Promise<{ invitations: number; heirId: string | null }> {
      const { tenantId, userId, by, heirId } = request;
      return deps.db.inScope(actingIn({ tenantId }, by), async (tx) => {
        const to = heirId ?? (await offboarding.defaultHeir(tx, tenantId, personBehind(by)));
        const invitations = await offboarding.handOverInvitations(tx, tenantId, { from: userId, to });
        return { invitations, heirId: invitations > 0 || heirId ? to : null };
      });
    },

    /** Tells the person who took them out what ended, and who has what they left. */
    async sendOffboardingReceipt(request: {
      tenantId: string;
      userId: string;
      by: Actor;
      receipt: OffboardingReceipt;
    }): Promise<void> {
      const { tenantId, userId, by, receipt } = request;
      const found = await deps.db.inScope(actingIn('platform'), async (tx) => ({
        tenant: await tenants.get(tx, tenantId),
        left: await users.get(tx, userId),
        reader: await users.get(tx, personBehind(by)),
        heir: receipt.heirId ? await users.find(tx, receipt.heirId) : null,
      }));
      const { tenant, left, reader: user, heir } = found;
      await sendToPerson(
        deps,
        { tenant, user },
        {
          template: 'offboarding-receipt',
          key: effectKey(),
          values: () => ({
            person: left.name,
            heir: heir?.name ?? '',
            sessions: receipt.sessions,
            keys: receipt.keys,
            approvals: receipt.approvals,
            invitations: receipt.invitations,
          }),
        },
      );
    },

    /** Tells a person who is no longer in the team, and so no longer visible to it. */
    async sendMemberRemovedMail(request: { tenantId: string; userId: string }): Promise<void> {
      const { tenantId, userId } = request;
      const recipient = await deps.db.inScope(actingIn('platform'), async (tx) => ({
        tenant: await tenants.get(tx, tenantId),
        user: await users.get(tx, userId),
      }));
      await sendToPerson(deps, recipient, { template: 'member-removed', key: effectKey() });
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
      await sendToPerson(deps, found, {
        template: 'ownership-transferred',
        key: effectKey(),
        values: () => ({ other: found.counterpart.name, received }),
      });
    },
  };
}
