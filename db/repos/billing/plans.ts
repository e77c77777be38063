import type { Tx } from '../../scope.ts';
import type { Plan } from '../../domain/billing/billing.ts';
import { AppError } from '../../domain/errors.ts';
import { all, first } from '../shared/rows.ts';

export async function list(tx: Tx): Promise<Plan[]> {
  return all<Plan>(tx.sql('plans').where({ active: true }).orderBy('position'));
}

export async function get(tx: Tx, key: string): Promise<Plan> {
  const row = await first<Plan>(tx.sql('plans').where({ key, active: true }));
  if (!row) throw new AppError('plan.not-found', { fields: { planKey: 'Choose a plan from the list.' } });
  return row;
}
