import type { Knex } from 'knex';
import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { NextKind, RunState, StepState, WaitKind } from '../../domain/progress.ts';
import type { Tenant } from '../../domain/tenants/tenant.ts';
import { listCurrency } from '../../domain/billing/plans.ts';
import { listStuckTenants, newestOnboardingJoin, tenantsAtStep } from '../onboarding/runs.ts';
import type { AccessLevel } from '../../domain/billing/subscriptions.ts';
import { accessSql } from '../billing/access.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, one } from '../shared/rows.ts';

/** One row of the tenants overview. */
export interface TenantLine extends Pick<Tenant, 'id' | 'name' | 'status' | 'createdAt' | 'partnerId'> {
  planKey: string | null;
  planTitle: string | null;
  subscriptionStatus: string | null;
  /** What unpaid invoices leave to it. */
  access: AccessLevel;
  interval: 'month' | 'year' | null;
  /** Monthly recurring revenue in minor units; trials count nothing. */
  mrrMinor: number;
  currency: string | null;
  users: number;
  openRuns: number;
  problems: number;
  lastActivityAt: Date | null;
  onboarding: {
    runId: string;
    workflowId: string;
    state: RunState;
    step: string | null;
    stepState: StepState | null;
    since: string | null;
    waitingFor: WaitKind | null;
    error: string | null;
    nextKind: NextKind | null;
    nextAt: string | null;
  } | null;
}

/** Sort keys of the overview, each in both directions. */
export const tenantSorts = ['created', 'name', 'mrr', 'problems', 'activity'] as const;
export interface TenantFilter extends Paging {
  q?: string | undefined;
  status?: string | undefined;
  plan?: string | undefined;
  step?: string | undefined;
  /** Only those whose onboarding has been at its step since before this. */
  stuckBefore?: Date | undefined;
  sort: (typeof tenantSorts)[number];
  /** Without it the newest come first, and names from A to Z. */
  descending?: boolean | undefined;
}

const mrr = `case when s.status in ('active', 'pastDue')
  then case s.interval when 'month' then s.amount_minor else round(s.amount_minor / 12.0)::bigint end else 0 end`;

const subscriptionJoin = `left join subscriptions s on s.tenant_id = t.id and s.status <> 'cancelled'`;

/** Sort key, its type, and the join it needs; the chain's head tells of the newest event without a search. */
const sortKeys = {
  created: { key: 't.created_at', type: 'timestamptz', join: null },
  name: { key: 'lower(t.name)', type: 'text', join: null },
  mrr: { key: mrr, type: 'bigint', join: subscriptionJoin },
  problems: {
    key: 'coalesce(a.count, 0)',
    type: 'bigint',
    join: `left join (select tenant_id, count(*) from runs where needs_attention group by tenant_id) a on a.tenant_id = t.id`,
  },
  activity: {
    key: 'coalesce(h.occurred_at, t.created_at)',
    type: 'timestamptz',
    join: `left join event_heads h on h.tenant_id = t.id`,
  },
} as const;

/** The overview rows of the given tenants; only theirs is counted, so it stays fast with any number. */
async function lines(tx: Tx, ids: readonly string[]): Promise<TenantLine[]> {
  if (ids.length === 0) return [];
  const rows = await all<TenantLine>(
    tx
      .sql('tenants as t')
      .joinRaw(subscriptionJoin)
      .leftJoin('plans as p', 'p.key', 's.plan_key')
      .joinRaw(newestOnboardingJoin)
      .whereIn('t.id', ids as string[])
      .select(
        't.id',
        't.name',
        't.status',
        't.created_at',
        't.partner_id',
        's.plan_key',
        'p.title as plan_title',
        's.status as subscription_status',
        tx.sql.raw(`${accessSql('t.id')} as access`),
        's.currency',
        's.interval',
        tx.sql.raw(`${mrr} as mrr_minor`),
        tx.sql.raw('(select count(*) from memberships m where m.tenant_id = t.id) as users'),
        tx.sql.raw(
          '(select count(*) from runs r where r.tenant_id = t.id and r.closed_at is null) as open_runs',
        ),
        tx.sql.raw(
          '(select count(*) from runs r where r.tenant_id = t.id and r.needs_attention) as problems',
        ),
        tx.sql.raw(
          '(select e.occurred_at from events e where e.tenant_id = t.id order by e.occurred_at desc, e.id desc limit 1) as last_activity_at',
        ),
        tx.sql.raw(`case when o.run_id is null then null else jsonb_build_object('runId', o.run_id,
        'workflowId', o.workflow_id, 'state', o.state, 'step', o.current_step, 'stepState', o.step_state,
        'since', o.since, 'waitingFor', o.waiting_for, 'error', o.error_message, 'nextKind', o.next_kind,
        'nextAt', o.next_at) end as onboarding`),
      ),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Narrows a list of tenants `t`; what its order joins is not joined again. */
async function restrict(
  tx: Tx,
  query: Knex.QueryBuilder,
  filter: Pick<TenantFilter, 'q' | 'status' | 'plan' | 'step' | 'stuckBefore'>,
  joined: string | null,
): Promise<void> {
  const joins = new Set<string>(joined ? [joined] : []);
  if (filter.plan) joins.add(subscriptionJoin);
  if (filter.step) joins.add(newestOnboardingJoin);
  for (const join of joins) void query.joinRaw(join);
  if (filter.q) {
    const { q } = filter;
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((any) => any.whereILike('t.name', pattern).orWhere('t.id', q));
  }
  if (filter.status) void query.where('t.status', filter.status);
  if (filter.plan) void query.where('s.plan_key', filter.plan);
  if (filter.step) {
    // By the index first: looking for the newest run of every tenant, to find few, takes long.
    void query.where('o.current_step', filter.step).whereIn('t.id', tenantsAtStep(tx, filter.step));
  }
  // Read on its own: inside the list the planner would search the step of every tenant to find few.
  if (filter.stuckBefore)
    void query.whereRaw('t.id = any(?::text[])', [await listStuckTenants(tx, filter.stuckBefore)]);
}

export async function list(tx: Tx, filter: TenantFilter): Promise<Page<TenantLine>> {
  const sort = sortKeys[filter.sort];
  const query = tx
    .sql('tenants as t')
    .select('t.id', tx.sql.raw(`(${sort.key})::text as key_0`), 't.id as key_1');
  await restrict(tx, query, filter, sort.join);
  const found = await keysetPage<{ id: string }>(query, {
    columns: [sort.key, 't.id'],
    types: [sort.type, 'text'],
    descending: filter.descending ?? filter.sort === 'created',
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
  const items = await lines(
    tx,
    found.items.map(({ id }) => id),
  );
  return { ...found, items };
}

/** Ids of the tenants that filters find, by id, one more than `limit` where there are more. */
export async function ids(
  tx: Tx,
  filter: Pick<TenantFilter, 'q' | 'status' | 'plan' | 'step' | 'stuckBefore'>,
  limit: number,
): Promise<string[]> {
  const query = tx
    .sql('tenants as t')
    .orderBy('t.id')
    .limit(limit + 1)
    .select('t.id');
  await restrict(tx, query, filter, null);
  return (await all<{ id: string }>(query)).map(({ id }) => id);
}

/** The overview row of one tenant; null outside the scope. */
export async function find(tx: Tx, tenantId: string): Promise<TenantLine | null> {
  return (await lines(tx, [tenantId]))[0] ?? null;
}

/** How many tenants are live or onboarding, and their monthly revenue in minor units. */
export async function counts(tx: Tx): Promise<{
  live: number;
  onboarding: number;
  mrrMinor: number;
  currency: string;
}> {
  return one(
    tx.sql.raw(
      `select (select count(*) from tenants where status = 'live') as live,
            (select count(*) from tenants where status = 'onboarding') as onboarding,
            '${listCurrency}'::text as currency,
            (select coalesce(sum(case interval when 'month' then amount_minor else round(amount_minor / 12.0)::bigint end), 0)::bigint
               from subscriptions where status in ('active', 'pastDue') and currency = '${listCurrency}') as mrr_minor`,
    ),
  );
}
