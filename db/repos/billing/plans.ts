import {
  listCurrency,
  type Plan,
  type PlanNames,
  type PlanTerms,
  type PlanVersion,
} from '../../domain/billing/plans.ts';
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

/** Every plan by its title, also those that aren’t sold any more. */
export const listTitles = (tx: Tx): Promise<Pick<Plan, 'key' | 'title'>[]> =>
  all(tx.sql('plans').orderBy('position').select('key', 'title'));

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

/** A plan with whether it is on offer and how many subscriptions run on it. */
export type CataloguedPlan = Pick<Plan, 'key' | 'title' | 'summary' | 'version'> & {
  active: boolean;
  subscriptions: number;
};

const running = `(select count(*)::int from subscriptions s where s.status <> 'cancelled' and s.plan_key = `;

const catalogued = (tx: Tx) =>
  tx
    .sql('plans as p')
    .select('p.key', 'p.title', 'p.summary', 'p.version', 'p.active')
    .select(tx.sql.raw(`${running} p.key) as subscriptions`));

/** Every plan, also those that aren’t sold any more. */
export const listCatalogue = (tx: Tx): Promise<CataloguedPlan[]> =>
  all<CataloguedPlan>(catalogued(tx).orderBy('p.position'));

export async function getCatalogued(tx: Tx, key: string): Promise<CataloguedPlan> {
  const row = await first<CataloguedPlan>(catalogued(tx).where({ 'p.key': key }));
  if (!row) throw new AppError('plan.unknown');
  return row;
}

/** Versions of these plans, the newest first, with how many subscriptions run on each. */
export async function listVersions(
  tx: Tx,
  keys: readonly string[],
): Promise<(PlanVersion & { subscriptions: number })[]> {
  return all(
    tx
      .sql('plan_versions as v')
      .whereIn('v.plan_key', keys as string[])
      .orderBy('v.version', 'desc')
      .select('v.*')
      .select(tx.sql.raw(`${running} v.plan_key and s.plan_version = v.version) as subscriptions`)),
  );
}

/** Adds a plan with its first version, which is on offer at once. Throws `plan.taken`. */
export async function insertPlan(
  tx: Tx,
  { key, title, summary, createdBy, ...terms }: PlanNames & PlanTerms & { createdBy: string },
): Promise<void> {
  const { position } = await one<{ position: number }>(
    tx.sql('plans').select(tx.sql.raw('coalesce(max(position), 0) + 1 as position')),
  );
  const inserted = await tx
    .sql('plans')
    .insert(snake({ key, title, summary, position, version: 1, active: true }))
    .onConflict('key')
    .ignore()
    .returning('key');
  if (inserted.length === 0)
    throw new AppError('plan.taken', { fields: { key: 'There is a plan with this key already.' } });
  const row = { ...terms, limits: JSON.stringify(terms.limits), prices: JSON.stringify(terms.prices) };
  await tx.sql('plan_versions').insert(snake({ planKey: key, version: 1, createdBy, ...row }));
  tx.record({ action: 'plan.created', targets: [{ type: 'plan', id: key }], data: { plan: key } });
}

/** Offers a plan, or withdraws it from sale: subscriptions on it stay. False where it is so already. */
export async function setOffered(tx: Tx, key: string, active: boolean): Promise<boolean> {
  await getCatalogued(tx, key);
  const changed = await tx.sql('plans').where({ key }).whereNot({ active }).update({ active });
  if (changed === 0) return false;
  const action = active ? 'plan.offered' : 'plan.withdrawn';
  tx.record({ action, targets: [{ type: 'plan', id: key }], data: { plan: key } });
  return true;
}
