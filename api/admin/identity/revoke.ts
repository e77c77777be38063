import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { idPattern, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import * as people from '../../../db/repos/people/people.ts';
import {
  type RevocationTarget,
  revokeSessionsContract,
} from '../../../workflows/identity/revoke-sessions.contract.ts';
import type { RequestContext } from '../../kit/context.ts';

export const personParams = z.object({ userId: z.string().regex(idPattern('user')) });
export const sessionId = z.string().regex(idPattern('session'));

export const revocation = z.strictObject({
  reason,
  /** Repeating it ends nothing a second time. */
  requestKey: z.uuid('Reload the page and send it again.').optional(),
});
export type Revocation = z.output<typeof revocation>;

export const revoked = z.object({ ended: z.number().int() });

/** Where what happens to a person is filed: their first tenant, or the platform. Throws `user.not-found`. */
export async function personWithHome(context: RequestContext, userId: string) {
  const person = await context.deps.db.inScope(context.overview(), (tx) => people.get(tx, userId));
  return { person, tenantId: person.memberships[0]?.tenantId ?? PLATFORM_TENANT_ID };
}

/** Ends sessions and waits until they are over; how many there were. Throws `session.not-found`. */
export async function revoke(
  context: RequestContext,
  tenantId: string,
  target: RevocationTarget,
  { reason: why, requestKey = crypto.randomUUID() }: Revocation,
  { forcePasswordReset = false }: { forcePasswordReset?: boolean } = {},
): Promise<{ ended: number }> {
  const by = context.actor();
  const about = JSON.stringify([target, forcePasswordReset, requestKey]);
  return context.deps.processes.startWithUpdate(
    revokeSessionsContract,
    {
      tenantId,
      target,
      forcePasswordReset,
      reason: why,
      by,
      // The same key for something else is another request.
      requestKey: createHash('sha256').update(about).digest('hex').slice(0, 40),
    },
    by,
    'sessionsEnded',
    null,
  );
}
