import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import type { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import type { InputOf } from '../../workflows/define.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

type SignUp = InputOf<typeof onboardTenantContract>;

/** Creates, activates and abandons tenants. */
export function tenantActivities({ db }: Deps) {
  return {
    /**
     * Creates tenant, owner, credential and membership in one transaction. The address is still to be confirmed. Throws
     * `user.email-taken`.
     */
    async createTenant(signUp: SignUp): Promise<void> {
      const { tenantId, userId, timezone, language } = signUp;
      await db.inScope(actingIn({ tenantId }, { type: 'user', id: userId }), async (tx) => {
        // A retry after a lost response finds what the first attempt did.
        if (await tenants.find(tx, tenantId)) return;
        await tenants.insert(tx, {
          id: tenantId,
          name: signUp.businessName,
          timezone,
          language,
          partnerId: signUp.partnerId,
        });
        await users.insert(tx, {
          id: userId,
          email: signUp.email,
          name: signUp.ownerName,
          timezone,
          language,
          passwordHash: signUp.passwordHash,
        });
        await users.addMember(tx, tenantId, userId, 'owner');
      });
    },

    async activateTenant({ tenantId, userId }: { tenantId: string; userId: string }): Promise<void> {
      await db.inScope(actingIn({ tenantId }, { type: 'user', id: userId }), async (tx) => {
        await tenants.setStatus(tx, tenantId, 'live');
      });
    },

    /** Undoes createTenant: the name and the email address are free again, and signing in is no longer possible. */
    async abandonTenant({ tenantId }: { tenantId: string }): Promise<void> {
      await db.inScope(actingIn({ tenantId }), async (tx) => {
        if (!(await tenants.find(tx, tenantId))) return;
        await users.removeMembersOfAbandoned(tx, tenantId);
        await tenants.setStatus(tx, tenantId, 'abandoned');
      });
    },
  };
}
