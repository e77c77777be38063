import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { deviceName } from '../../db/domain/identity/device.ts';
import * as resets from '../../db/repos/identity/password-resets.ts';
import * as securityEvents from '../../db/repos/identity/security-events.ts';
import * as users from '../../db/repos/people/users.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { linkToken, sendOnce } from '../settings/mail.ts';

/** Emails about the account of a person, who may belong to no tenant. */
export function identityNoticeActivities(deps: Deps) {
  const reading = () => ({ ...actingIn('platform'), readOnly: true });

  return {
    /** Sends the link for a new password; does nothing where the address has no account. */
    async sendPasswordReset({ resetId }: { resetId: string }): Promise<void> {
      const user = await deps.db.inScope(reading(), async (tx) => {
        const userId = await resets.findPerson(tx, resetId);
        return userId === null ? null : users.find(tx, userId);
      });
      if (!user) return;
      await sendOnce(deps, {
        tenantId: PLATFORM_TENANT_ID,
        template: 'reset-password',
        key: effectKey(),
        to: { userId: user.id, name: user.name, address: user.email },
        language: user.language,
        values: async (mailId) => {
          const { token, tokenHash } = await linkToken(deps, mailId);
          await deps.db.inScope(actingIn('platform'), (tx) => resets.setToken(tx, resetId, tokenHash));
          const link = `${deps.publicUrl}/reset-password?token=${token}`;
          return { name: user.name, portal: deps.publicUrl, link };
        },
      });
    },

    /** Tells a person of a change; false where it isn't stored, or not yet. */
    async sendSecurityNotice(request: {
      tenantId: string;
      userId: string;
      eventId: string;
    }): Promise<boolean> {
      const { tenantId, userId, eventId } = request;
      const { event, user } = await deps.db.inScope(reading(), async (tx) => ({
        event: await securityEvents.find(tx, tenantId, eventId),
        user: await users.find(tx, userId),
      }));
      if (!event || !user) return false;
      await sendOnce(deps, {
        tenantId,
        template: 'security-notice',
        key: effectKey(),
        to: { userId, name: user.name, address: user.email },
        language: user.language,
        values: async () => ({
          name: user.name,
          portal: deps.publicUrl,
          change: event.action,
          at: event.occurredAt,
          device: deviceName(event.context.userAgent ?? null),
        }),
      });
      return true;
    },
  };
}
