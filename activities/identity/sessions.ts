import type { Actor } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import * as sessions from '../../db/repos/identity/sessions.ts';
import * as users from '../../db/repos/people/users.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import type { RevocationTarget } from '../../workflows/identity/revoke-sessions.contract.ts';
import type { Deps } from '../deps.ts';
import { sendOnce } from '../settings/mail.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';

/** Sessions that an administrator ends. */
export function sessionActivities(deps: Deps) {
  return {
    /** How many sessions a revocation will end, and whose. Throws `session.not-found`, `user.not-found`. */
    async planRevocation(request: {
      tenantId: string;
      target: RevocationTarget;
    }): Promise<{ sessions: number; userIds: string[] }> {
      const { tenantId, target } = request;
      return deps.db.inScope({ ...actingIn('platform'), readOnly: true }, async (tx) => {
        const open = await sessions.listOpen(tx, tenantId, target);
        if (target.kind === 'session' && open.length === 0) throw new AppError('session.not-found');
        if (target.kind === 'person') await users.get(tx, target.userId);
        const owners = open.map(({ userId }) => userId);
        return {
          sessions: open.length,
          userIds: target.kind === 'person' ? [target.userId] : [...new Set(owners)],
        };
      });
    },

    /**
     * Ends sessions in one transaction with its event; from its commit on no request with them is accepted. Repeated, it
     * finds nothing open.
     */
    async endSessions(request: {
      tenantId: string;
      target: RevocationTarget;
      forcePasswordReset: boolean;
      reason: string;
      by: Actor;
    }): Promise<void> {
      const { tenantId, target, forcePasswordReset, reason, by } = request;
      await deps.db.inScope(actingIn('platform', by), async (tx) => {
        const open = await sessions.listOpen(tx, tenantId, target);
        const ids = open.map(({ id }) => id);
        const ended = await sessions.end(tx, ids, forcePasswordReset ? 'password-reset' : 'revoked');
        const userId = target.kind === 'tenant' ? null : target.userId;
        if (ended > 0)
          tx.record({
            action: 'session.revoked',
            targets: userId ? [{ type: 'user', id: userId }] : [{ type: 'tenant', id: tenantId }],
            data: { reason, sessions: ended },
            tenantId,
          });
        if (forcePasswordReset && userId) await users.requireNewPassword(tx, userId, { tenantId, reason });
      });
    },

    /** Tells people that they were signed out, each once; `forcePasswordReset` also how to go on. */
    async sendSessionsEndedMails(request: {
      tenantId: string;
      userIds: string[];
      forcePasswordReset: boolean;
    }): Promise<void> {
      const { tenantId, userIds, forcePasswordReset } = request;
      const { tenant, people } = await deps.db.inScope(actingIn('platform'), async (tx) => ({
        tenant: tenantId === PLATFORM_TENANT_ID ? null : await tenants.get(tx, tenantId),
        people: await users.listByIds(tx, userIds),
      }));
      for (const { id: userId, name, email, language } of people) {
        await sendOnce(deps, {
          tenantId,
          template: 'sessions-ended',
          key: `${effectKey()}/${userId}`,
          to: { userId, name, address: email },
          language,
          values: async () => ({
            name,
            business: tenant?.name ?? 'BizOSaaS',
            portal: deps.publicUrl,
            reset: forcePasswordReset,
          }),
        });
      }
    },
  };
}
