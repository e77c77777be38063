import type { Tx } from '../../scope.ts';
import type { Plan } from '../../domain/billing/billing.ts';
import { AppError } from '../../domain/errors.ts';
import { camel } from '../shared/rows.ts';

export async function list(tx: Tx): Promise<Plan[]> {
  const rows = (await tx.sql('plans').where({ active: true }).orderBy('position')) as Record<
    string,
    unknown
  >[];
  return rows.map((row) => camel<Plan>(row));
}

export async function get(tx: Tx, key: string): Promise<Plan> {
  const row = (await tx.sql('plans').where({ key, active: true }).first()) as
    Record<string, unknown> | undefined;
  if (!row) throw new AppError('plan.not-found', { fields: { planKey: 'Choose a plan from the list.' } });
  return camel<Plan>(row);
}
