import type { Actor } from '../../db/domain/actor.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import * as reminders from '../../db/repos/identity/api-key-reminders.ts';
import * as apiKeys from '../../db/repos/identity/api-keys.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import type { Deps } from '../deps.ts';
import { sendOnce } from '../settings/mail.ts';
import { actingIn } from '../shared/attribution.ts';

/** Few enough that a batch takes seconds. */
const remindedAtOnce = 20;

/** Rotation and reminders of API keys. Keys of administrators are filed under the platform: this needs its reach. */
export function apiKeyActivities(deps: Deps) {
  async function remind(due: reminders.DueReminder): Promise<void> {
    const { tenantId, id, name: key, last4, expiresAt, days } = due;
    const { people, business } = await deps.db.inScope(actingIn('platform'), async (tx) => ({
      people: await reminders.recipientsOf(tx, due),
      business: tenantId === PLATFORM_TENANT_ID ? 'BizOSaaS' : (await tenants.get(tx, tenantId)).name,
    }));
    for (const { id: userId, name, email, language } of people) {
      await sendOnce(deps, {
        tenantId,
        template: 'api-key-expiring',
        // The same reminder of the same key is one email, however often this is tried.
        key: `api-key-expiring/${id}/${expiresAt.toISOString()}/${days}/${userId}`,
        to: { userId, name, address: email },
        language,
        values: async () => ({
          ...{ name, business, key, last4, days },
          portal: deps.publicUrl,
          expiresAt: expiresAt.toISOString(),
        }),
      });
    }
    await deps.db.inScope(actingIn('platform'), (tx) => reminders.markReminded(tx, due));
  }

  return {
    /** Throws `key.not-found`, `key.ended`, `key.rotating`. Done again with the same secret, it changes nothing. */
    async rotateApiKey(request: apiKeys.Rotation & { by: Actor }): Promise<{ previousUntil: string | null }> {
      const { by, ...rotation } = request;
      const { previousUntil } = await deps.db.inScope(actingIn('platform', by), (tx) =>
        apiKeys.rotate(tx, rotation),
      );
      return { previousUntil: previousUntil?.toISOString() ?? null };
    },

    /** Forgets the old secret when its overlap is over, by the clock of the database; else how long it still takes. */
    async endKeyOverlap(
      request: Pick<apiKeys.Rotation, 'tenantId' | 'keyId' | 'secretHash'>,
    ): Promise<{ msLeft: number }> {
      return deps.db.inScope(actingIn('platform'), (tx) => apiKeys.endOverlap(tx, request));
    },

    /** Sends the reminders that are due, some at a time; whether more may be due. */
    async remindOfApiKeys(): Promise<{ more: boolean }> {
      const due = await deps.db.inScope({ ...actingIn('platform'), readOnly: true }, (tx) =>
        reminders.listDue(tx, remindedAtOnce),
      );
      for (const one of due) await remind(one);
      return { more: due.length === remindedAtOnce };
    },
  };
}
