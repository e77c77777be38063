import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import { onboardingProcess } from '../../domain/onboarding/steps.ts';
import { all } from '../shared/rows.ts';

/** SQL condition on a row of `runs`: it is an onboarding. The name is a constant, so it needs no binding. */
export const isOnboarding = (alias: string): string => `${alias}.process = '${onboardingProcess}'`;

/** Joins the newest onboarding of each tenant `t`, as the projection knows it, as `o`. */
export const newestOnboardingJoin = `left join lateral (
  select r.run_id, r.workflow_id, r.state, r.current_step, r.next_kind, r.next_at,
         s.state as step_state, s.since, s.waiting_for, s.error_message
  from runs r left join run_steps s on s.tenant_id = r.tenant_id and s.run_id = r.run_id and s.step = r.current_step
  where r.tenant_id = t.id and ${isOnboarding('r')} order by r.started_at desc limit 1
) o on true`;

/** Tenants any of whose onboardings is at a step; a query that uses the index on the current step. */
export function tenantsAtStep(tx: Tx, step: string): Knex.QueryBuilder {
  return tx.sql('runs').where({ process: onboardingProcess, current_step: step }).select('tenant_id');
}

/** Ids of the tenants whose open onboarding has been at its step since before a moment. */
export async function listStuckTenants(tx: Tx, before: Date): Promise<string[]> {
  const rows = await all<{ tenantId: string }>(
    tx
      .sql('run_steps as s')
      .join('runs as r', (join) => join.on('r.tenant_id', 's.tenant_id').andOn('r.run_id', 's.run_id'))
      .whereRaw(isOnboarding('r'))
      .whereNull('r.closed_at')
      .whereRaw('s.step = r.current_step')
      .whereIn('s.state', ['running', 'waiting', 'needsAttention'])
      .where('s.since', '<', before)
      .distinct('s.tenant_id'),
  );
  return rows.map(({ tenantId }) => tenantId);
}
