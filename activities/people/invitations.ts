import type { Actor } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import * as invitations from '../../db/repos/people/invitations.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import type { InputOf } from '../../workflows/define.ts';
import type { sendInviteContract } from '../../workflows/people/send-invite.contract.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { linkToken, sendOnce } from '../settings/mail.ts';
import { dayMs } from '../../db/domain/time.ts';

const validMs = 7 * dayMs;

/** Invitations into a team. */
export function invitationActivities(deps: Deps) {
  return {
    /** Creates an invitation. Throws `user.already-member`, `invitation.pending`. */
    async createInvitation(input: InputOf<typeof sendInviteContract>): Promise<void> {
      const { tenantId, invitationId, email, name, role, invitedBy } = input;
      const expiresAt = new Date(deps.clock.now().getTime() + validMs);
      await deps.db.inScope(actingIn({ tenantId }, { type: 'user', id: invitedBy }), (tx) =>
        invitations.insert(tx, { id: invitationId, tenantId, email, name, role, invitedBy, expiresAt }),
      );
    },

    /** Every email of an invitation carries its current link, so a reminder doesn't invalidate an earlier one. */
    async sendInvitationMail(request: {
      tenantId: string;
      invitationId: string;
      reminder: boolean;
    }): Promise<void> {
      const { tenantId, invitationId, reminder } = request;
      const { invitation, tenant, inviter } = await deps.db.inScope(actingIn({ tenantId }), async (tx) => {
        const found = await invitations.find(tx, tenantId, invitationId);
        if (!found) throw new AppError('invitation.not-found');
        return {
          invitation: found,
          tenant: await tenants.get(tx, tenantId),
          inviter: await users.find(tx, found.invitedBy),
        };
      });
      if (invitation.status !== 'pending') return;
      const { token, tokenHash } = await linkToken(deps, invitations.linkSubject(invitation));
      await deps.db.inScope(actingIn({ tenantId }), (tx) =>
        invitations.setToken(tx, tenantId, invitationId, tokenHash),
      );
      const ended = await sendOnce(deps, {
        tenantId,
        template: 'invitation',
        key: effectKey(),
        to: { userId: null, name: invitation.name ?? '', address: invitation.email },
        language: tenant.language,
        values: async () => ({
          name: invitation.name ?? '',
          business: tenant.name,
          inviter: inviter?.name ?? tenant.name,
          reminder,
          portal: deps.publicUrl,
          link: `${deps.publicUrl}/invitations/accept?token=${token}`,
        }),
      });
      // The inviter must learn of it: this email is the whole point of the process.
      if (ended === 'refused' || ended === 'muted') throw new AppError('mail.refused');
    },

    /** Notes who had the invitation sent again. Throws `invitation.ended`. */
    async recordInvitationResent(request: {
      tenantId: string;
      invitationId: string;
      by: string;
    }): Promise<void> {
      const { tenantId, invitationId, by } = request;
      await deps.db.inScope(actingIn({ tenantId }, { type: 'user', id: by }), async (tx) => {
        const found = await invitations.find(tx, tenantId, invitationId);
        if (found?.status !== 'pending') throw new AppError('invitation.ended');
        invitations.recordResent(tx, invitationId);
      });
    },

    /** Account (unless there is one already), membership and end of the invitation in one transaction. */
    async acceptInvitation(request: {
      tenantId: string;
      invitationId: string;
      userId: string;
      name: string;
      passwordHash: string | null;
    }): Promise<void> {
      const { tenantId, invitationId, userId, name, passwordHash } = request;
      await deps.db.inScope(actingIn({ tenantId }, { type: 'user', id: userId }), async (tx) => {
        const invitation = await invitations.find(tx, tenantId, invitationId);
        if (!invitation) throw new AppError('invitation.not-found');
        // A retry after a lost response finds what the first attempt did.
        if (invitation.status === 'accepted') return;
        if (invitation.status !== 'pending') throw new AppError('invitation.ended');
        const { timezone, language } = await tenants.get(tx, tenantId);
        const { email, role } = invitation;
        if (passwordHash)
          await users.insert(tx, { id: userId, email, name, timezone, language, passwordHash });
        await users.addMember(tx, tenantId, userId, role);
        await users.verifyEmail(tx, userId);
        await invitations.end(tx, tenantId, invitationId, 'accepted');
      });
    },

    async endInvitation(request: {
      tenantId: string;
      invitationId: string;
      status: 'expired' | 'revoked';
      by: string | null;
    }): Promise<void> {
      const { tenantId, invitationId, status, by } = request;
      const actor: Actor | undefined = by ? { type: 'user', id: by } : undefined;
      await deps.db.inScope(actingIn({ tenantId }, actor), (tx) =>
        invitations.end(tx, tenantId, invitationId, status),
      );
    },
  };
}
