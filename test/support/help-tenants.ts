import { newId } from '../../db/domain/ids.ts';
import * as users from '../../db/repos/people/users.ts';
import { upsert } from '../../db/repos/runs/runs.ts';
import { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import { scope } from './database.ts';
import type { SignedUp } from './sign-up.ts';
import type { World } from './world.ts';

/** A person who may help every tenant. */
export async function plantSuperAdmin({ database }: World) {
  const id = newId('user');
  await database.db.inScope(scope('platform'), (tx) =>
    users.insert(tx, {
      ...{ id, email: `${id}@staff.example`, name: 'Staff', timezone: 'UTC', language: 'en' as const },
      ...{ passwordHash: 'unusable', platformRole: 'superAdmin' as const },
    }),
  );
  return { type: 'user' as const, id };
}

/** The row of an onboarding that waits for its owner, where nothing follows Temporal: its test server has no lists. */
export async function projectWaiting({ database }: World, { tenantId, id }: SignedUp): Promise<void> {
  const now = new Date();
  const run = {
    ...{ tenantId, runId: crypto.randomUUID(), workflowId: id, process: onboardTenantContract.name },
    ...{ subject: tenantId, actorId: null, state: 'waiting' as const, currentStep: 'profile' },
    ...{ needsAttention: false, attempts: 1, nextKind: null, nextAt: null },
    ...{ startedAt: now, closedAt: null, changedAt: now },
  };
  await database.db.inScope(scope('platform'), (tx) => upsert(tx, run, []));
}
