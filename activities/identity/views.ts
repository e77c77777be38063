import type { ViewEnd } from '../../db/domain/identity/impersonation.ts';
import * as records from '../../db/repos/identity/view-records.ts';
import * as views from '../../db/repos/identity/views.ts';
import * as users from '../../db/repos/people/users.ts';
import type { InputOf } from '../../workflows/define.ts';
import type { impersonateUserContract } from '../../workflows/identity/impersonate-user.contract.ts';
import type { Deps } from '../deps.ts';
import { sendOnce } from '../settings/mail.ts';
import { actingIn } from '../shared/attribution.ts';

/** Views of the portal as another person. */
export function viewActivities(deps: Deps) {
  return {
    /**
     * The view and its events in one transaction; repeated, it finds that done. Throws `user.not-found`,
     * `view.target-refused`, `view.support-access-off`, `view.already-open`, `permission.denied`.
     */
    async startView(input: InputOf<typeof impersonateUserContract>): Promise<{ expiresAt: string }> {
      const { impersonationId: id, ...view } = input;
      const scope = actingIn('platform', { type: 'user', id: input.adminId });
      const { expiresAt } = await deps.db.inScope(scope, (tx) => views.start(tx, { id, ...view }));
      return { expiresAt: expiresAt.toISOString() };
    },

    /** Tells the person who views, why, until when, and what may be done; once per view. */
    async sendViewMail({ impersonationId: id }: { impersonationId: string }): Promise<void> {
      const { view, user } = await deps.db.inScope(actingIn('platform'), async (tx) => {
        const found = await records.get(tx, id);
        return { view: found, user: await users.get(tx, found.userId) };
      });
      await sendOnce(deps, {
        tenantId: view.tenantId,
        template: 'view-started',
        key: `view-started/${id}`,
        to: { userId: view.userId, name: user.name, address: user.email },
        language: user.language,
        values: async () => ({
          name: user.name,
          business: view.tenantName,
          admin: view.adminName,
          reason: view.reason,
          startedAt: view.startedAt.toISOString(),
          expiresAt: view.expiresAt.toISOString(),
          timezone: user.timezone,
          changes: view.mode === 'change',
          portal: deps.publicUrl,
        }),
      });
    },

    /** Ends the view where its time is up or it isn't allowed any more; whether it has ended, and how long it may last. */
    async checkView({ impersonationId: id }: { impersonationId: string }): Promise<{
      ended: boolean;
      remainingMs: number;
    }> {
      return deps.db.inScope(actingIn('platform'), async (tx) => {
        await views.endDue(tx, { id });
        return views.readState(tx, id);
      });
    },

    /** Ends the view, unless it has ended. */
    async endView({
      impersonationId: id,
      reason,
    }: {
      impersonationId: string;
      reason: ViewEnd;
    }): Promise<void> {
      await deps.db.inScope(actingIn('platform'), (tx) => views.end(tx, id, reason));
    },

    /** Writes the certificate, once. */
    async certifyView({ impersonationId: id }: { impersonationId: string }): Promise<void> {
      await deps.db.inScope(actingIn('platform'), (tx) => records.certify(tx, id, deps.certificates));
    },
  };
}
