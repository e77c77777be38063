import type { z } from 'zod';
import type { Actor } from '../../db/domain/actor.ts';
import { newId } from '../../db/domain/ids.ts';
import * as users from '../../db/repos/people/users.ts';
import { upsert } from '../../db/repos/runs/runs.ts';
import { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import type { runBulkOperationContract } from '../../workflows/runs/run-bulk-operation.contract.ts';
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
    ...{ subject: tenantId, actorId: null, version: null, state: 'waiting' as const, currentStep: 'profile' },
    ...{ needsAttention: false, attempts: 1, nextKind: null, nextAt: null },
    ...{ startedAt: now, closedAt: null, changedAt: now },
  };
  await database.db.inScope(scope('platform'), (tx) => upsert(tx, run, []));
}

type Request = Extract<z.input<typeof runBulkOperationContract.input>, { kind: 'apply' }>;

/** The input of a new operation, as fast as it goes unless told otherwise. */
export function bulkRequest(
  by: Actor,
  given: Pick<Request, 'operation' | 'choice'> & Partial<Request>,
): Request {
  return {
    ...{ kind: 'apply', operationId: newId('bulkOperation'), subject: given.choice.subject },
    ...{ parameters: {}, expected: null, pacePerMinute: 60_000, reason: 'Agreed in the weekly round', by },
    ...given,
  };
}

/** How each item of an operation went: "done", "failed run.ended". */
export async function outcomesOf({ database }: World, operationId: string): Promise<Record<string, string>> {
  const rows = await database.owner<{ item_id: string; state: string; code: string | null }>(
    'select item_id, state, code from bulk_operation_items where operation_id = $1 order by position',
    [operationId],
  );
  return Object.fromEntries(
    rows.map(({ item_id, state, code }) => [item_id, `${state} ${code ?? ''}`.trim()]),
  );
}
