import {
  type DunningPolicy,
  type DunningPolicyVersion,
  standardPolicyKey,
} from '../../../domain/billing/dunning/policy.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Tx } from '../../../scope.ts';
import { all, first, one, snake } from '../../shared/rows.ts';

/** The newest version of a policy. */
export async function getPolicy(tx: Tx, key: string): Promise<DunningPolicyVersion> {
  const row = await first<DunningPolicyVersion>(
    tx.sql('dunning_policies').where({ key }).orderBy('version', 'desc').limit(1),
  );
  if (!row) throw new AppError('dunning-policy.not-found');
  return row;
}

export async function getPolicyVersion(tx: Tx, key: string, version: number): Promise<DunningPolicyVersion> {
  const row = await first<DunningPolicyVersion>(tx.sql('dunning_policies').where({ key, version }));
  if (!row) throw new AppError('dunning-policy.not-found');
  return row;
}

/** The newest version of every policy. */
export async function listPolicies(tx: Tx): Promise<DunningPolicyVersion[]> {
  return all<DunningPolicyVersion>(
    tx
      .sql('dunning_policies')
      .distinctOn('key')
      .orderBy(['key', { column: 'version', order: 'desc' }]),
  );
}

/** The policy that is given to a tenant itself. */
export async function findAssigned(tx: Tx, tenantId: string): Promise<string | null> {
  const row = await first<{ policyKey: string }>(
    tx.sql('dunning_assignments').where({ tenant_id: tenantId }).select('policy_key'),
  );
  return row?.policyKey ?? null;
}

/** The policy of a tenant: its own, that of its plan, else the standard one; in the newest version. */
export async function policyOf(tx: Tx, tenantId: string, planKey: string): Promise<DunningPolicyVersion> {
  const own = await findAssigned(tx, tenantId);
  const plan = await first<{ dunningPolicy: string | null }>(
    tx.sql('plans').where({ key: planKey }).select('dunning_policy'),
  );
  return getPolicy(tx, own ?? plan?.dunningPolicy ?? standardPolicyKey);
}

/** Adds the next version of a policy, or the first of a new one. Open cases keep theirs. */
export async function insertPolicyVersion(
  tx: Tx,
  { key, title, policy, by }: { key: string; title: string; policy: DunningPolicy; by: string },
): Promise<DunningPolicyVersion> {
  await tx.sql.raw('select pg_advisory_xact_lock(hashtext(?))', [`dunning-policy/${key}`]);
  const { last } = await one<{ last: number | null }>(
    tx.sql('dunning_policies').where({ key }).max('version as last'),
  );
  const version = (last ?? 0) + 1;
  const row = snake({ key, version, title, policy: JSON.stringify(policy), createdBy: by });
  const inserted = await one<DunningPolicyVersion>(tx.sql('dunning_policies').insert(row).returning('*'));
  tx.record({
    action: 'dunning-policy.published',
    targets: [{ type: 'dunningPolicy', id: key }],
    data: { version },
  });
  return inserted;
}

/** Gives a tenant a policy of its own; null takes it away again. */
export async function assignToTenant(
  tx: Tx,
  tenantId: string,
  { policyKey, by, reason }: { policyKey: string | null; by: string; reason: string },
): Promise<void> {
  const at = tx.sql('dunning_assignments').where({ tenant_id: tenantId });
  if (policyKey === null) await at.delete();
  else {
    await getPolicy(tx, policyKey);
    const row = snake({ tenantId, policyKey, assignedBy: by });
    await tx.sql('dunning_assignments').insert(row).onConflict('tenant_id').merge();
  }
  tx.record({
    action: 'dunning-policy.assigned',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { policy: policyKey, reason },
  });
}
