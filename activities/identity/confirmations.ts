import { Context } from '@temporalio/activity';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import type { User } from '../../db/domain/people/user.ts';
import { hourMs } from '../../db/domain/time.ts';
import * as members from '../../db/repos/people/members.ts';
import * as users from '../../db/repos/people/users.ts';
import { actingIn, effectKey } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import { sendConfirmation, sendOnce } from '../settings/mail.ts';

/** The account of an address, and the tenant to file a confirmation under; null where there is none. */
async function findAccount(
  deps: Deps,
  email: string,
): Promise<{ user: User; tenantId: string | null } | null> {
  return deps.db.inScope({ ...actingIn('platform'), readOnly: true }, async (tx) => {
    const user = await users.findByEmail(tx, email);
    if (!user) return null;
    const [tenant] = await members.tenantsOf(tx, user.id);
    return { user, tenantId: tenant?.tenantId ?? null };
  });
}

/** The hour this activity was asked for in; the same for every attempt. */
const hourOf = (): number => Math.floor(Context.current().info.scheduledTimestampMs / hourMs);

/** Emails to an address that a stranger may have typed: only they tell what is known of it, never the page. */
export function confirmationActivities(deps: Deps) {
  return {
    /**
     * Tells the person of an address that was signed up once more that there is an account already, or sends the link
     * again where that waits to be confirmed. Once an hour for each account, however often it is signed up.
     */
    async sendAccountExists({ email }: { email: string }): Promise<void> {
      const found = await findAccount(deps, email);
      if (!found) return;
      const { user, tenantId } = found;
      const key = `signed-up-again/${user.id}/${hourOf()}`;
      if (!user.emailVerifiedAt && tenantId) {
        await sendConfirmation(deps, { tenantId, userId: user.id, key });
        return;
      }
      await sendOnce(deps, {
        tenantId: PLATFORM_TENANT_ID,
        template: 'account-exists',
        key,
        to: { userId: user.id, name: user.name, address: user.email },
        language: user.language,
        values: async () => ({ name: user.name, portal: deps.publicUrl }),
      });
    },

    /** Sends a new link; does nothing where the address has no account, or one that is confirmed. */
    async resendConfirmation({ email }: { email: string }): Promise<void> {
      const found = await findAccount(deps, email);
      if (!found?.tenantId || found.user.emailVerifiedAt) return;
      await sendConfirmation(deps, {
        tenantId: found.tenantId,
        userId: found.user.id,
        key: effectKey(),
      });
    },
  };
}
