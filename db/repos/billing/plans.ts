import { listCurrency, type Plan, type PlanVersion } from '../../domain/billing/plans.ts';
import { AppError } from '../../domain/errors.ts';
import type { Tx } from '../../scope.ts';
import { all, first, one, snake } from '../shared/rows.ts';

const priceIn = (interval: 'month' | 'year') =>
  `coalesce((select (price ->> 'flatMinor')::bigint from jsonb_array_elements(v.prices) price
     where price ->> 'currency' = '${listCurrency}' and price ->> 'interval' = '${interval}'), 0)`;

/** Plans that can be chosen: active, with a monthly and a yearly price in the currency of the price list. */
const offered = (tx: Tx) =>
  tx
    .sql('plans as p')
    .join('plan_versions as v', (join) => join.on('v.plan_key', 'p.key').andOn('v.version', 'p.version'))
    .where({ 'p.active': true })
    .select(
      ...['p.key', 'p.title', 'p.summary', 'p.version', 'p.position', 'v.trial_days'],
      tx.sql.raw(`? as currency`, [listCurrency]),
      tx.sql.raw(`${priceIn('month')} as monthly_minor, ${priceIn('year')} as yearly_minor`),
      tx.sql.raw(`(v.limits ->> 'tools')::int as max_tools, (v.limits ->> 'agents')::int as max_agents`),
    );

export async function list(tx: Tx): Promise<Plan[]> {
  return all<Plan>(offered(tx).orderBy('p.position'));
}

export async function get(tx: Tx, key: string): Promise<Plan> {
  const row = await first<Plan>(offered(tx).where({ 'p.key': key }));
  if (!row) throw new AppError('plan.not-found', { fields: { planKey: 'Choose a plan from the list.' } });
  return row;
}

/** A plan with the prices of one of its versions. */
export type SoldPlan = Pick<Plan, 'key' | 'title' | 'summary'> & Pick<PlanVersion, 'version' | 'prices'>;

/** Plans on offer with the prices of their newest version; of `running` those of that version, also when it isn’t sold any more. */
export async function listSold(
  tx: Tx,
  running: Pick<PlanVersion, 'planKey' | 'version'>,
): Promise<SoldPlan[]> {
  return all<SoldPlan>(
    tx
      .sql('plans as p')
      .joinRaw(
        `join plan_versions v on v.plan_key = p.key
           and v.version = case when p.key = :planKey then :version else p.version end`,
        running,
      )
      .where((either) => void either.where({ 'p.active': true }).orWhere({ 'p.key': running.planKey }))
      .orderBy('p.position')
      .select('p.key', 'p.title', 'p.summary', 'v.version', 'v.prices'),
  );
}

/** The title of any plan, also of one that isn't sold any more. */
export async function titleOf(tx: Tx, key: string): Promise<string> {
  return (await one<{ title: string }>(tx.sql('plans').where({ key }).select('title'))).title;
}

export async function getVersion(tx: Tx, planKey: string, version: number): Promise<PlanVersion> {
  const row = await first<PlanVersion>(tx.sql('plan_versions').where({ plan_key: planKey, version }));
  if (!row) throw new AppError('plan.not-found');
  return row;
}

/** Adds a version, which is offered from now on. Who subscribed before keeps theirs. */
export async function insertVersion(
  tx: Tx,
  version: Omit<PlanVersion, 'version' | 'createdAt'>,
): Promise<PlanVersion> {
  const { planKey } = version;
  const plan = await first<{ version: number }>(
    tx.sql('plans').where({ key: planKey }).forUpdate().select('version'),
  );
  if (!plan) throw new AppError('plan.not-found');
  const { last } = await one<{ last: number }>(
    tx.sql('plan_versions').where({ plan_key: planKey }).max('version as last'),
  );
  const row = { ...version, limits: JSON.stringify(version.limits), prices: JSON.stringify(version.prices) };
  const inserted = await one<PlanVersion>(
    tx
      .sql('plan_versions')
      .insert(snake({ ...row, version: last + 1 }))
      .returning('*'),
  );
  await tx.sql('plans').where({ key: planKey }).update({ version: inserted.version });
  tx.record({
    action: 'plan.repriced',
    targets: [{ type: 'plan', id: planKey }],
    data: { version: inserted.version },
  });
  return inserted;
}
