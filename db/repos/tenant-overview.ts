import type { Tx } from '../connect.ts';
import type { Page, Paging } from '../domain/common.ts';
import type { RunState, StepState } from '../domain/progress.ts';
import type { Tenant } from '../domain/tenant.ts';
import { keysetPage } from './paging.ts';
import { camel } from './rows.ts';

/** One line of the tenants overview. */
export interface TenantLine extends Pick<Tenant, 'id' | 'name' | 'status' | 'createdAt' | 'partnerId'> {
  planKey: string | null;
  planTitle: string | null;
  subscriptionStatus: string | null;
  /** Monthly recurring revenue in minor units; trials count nothing. */
  mrrMinor: number;
  currency: string | null;
  users: number;
  openRuns: number;
  problems: number;
  lastActivityAt: Date | null;
  onboarding: {
    runId: string;
    state: RunState;
    step: string | null;
    stepState: StepState | null;
    since: string | null;
    waitingFor: string | null;
    error: string | null;
    nextWhat: string | null;
    nextAt: string | null;
  } | null;
}

export const tenantSorts = ['created', 'name'] as const;
export interface TenantFilter extends Paging {
  q?: string | undefined;
  status?: string | undefined;
  plan?: string | undefined;
  step?: string | undefined;
  sort: (typeof tenantSorts)[number];
}

const sortColumns = {
  created: { columns: ['t.created_at', 't.id'], types: ['timestamptz', 'text'], descending: true },
  name: { columns: ['lower(t.name)', 't.id'], types: ['text', 'text'], descending: false },
} as const;

/** The newest onboarding of a tenant, as the projection knows it. */
const onboardingLateral = `left join lateral (
  select r.run_id, r.state, r.current_step, r.next_what, r.next_at, s.state as step_state, s.since, s.waiting_for, s.error_message
  from runs r left join run_steps s on s.tenant_id = r.tenant_id and s.run_id = r.run_id and s.step = r.current_step
  where r.tenant_id = t.id and r.process = 'onboard-tenant' order by r.started_at desc limit 1
) o on true`;

export async function list(tx: Tx, filter: TenantFilter): Promise<Page<TenantLine>> {
  const sort = sortColumns[filter.sort];
  const query = tx
    .sql('tenants as t')
    .joinRaw(`left join subscriptions s on s.tenant_id = t.id and s.status <> 'cancelled'`)
    .leftJoin('plans as p', 'p.key', 's.plan_key')
    .joinRaw(onboardingLateral)
    .select(
      't.id',
      't.name',
      't.status',
      't.created_at',
      't.partner_id',
      's.plan_key',
      'p.title as plan_title',
      's.status as subscription_status',
      's.currency',
      tx.sql.raw(`case when s.status in ('active', 'pastDue')
        then case s.interval when 'month' then s.amount_minor else round(s.amount_minor / 12.0)::bigint end else 0 end as mrr_minor`),
      tx.sql.raw('(select count(*) from memberships m where m.tenant_id = t.id) as users'),
      tx.sql.raw('(select count(*) from runs r where r.tenant_id = t.id and r.closed_at is null) as open_runs'),
      tx.sql.raw('(select count(*) from runs r where r.tenant_id = t.id and r.needs_attention) as problems'),
      tx.sql.raw(
        '(select e.occurred_at from events e where e.tenant_id = t.id order by e.occurred_at desc, e.id desc limit 1) as last_activity_at',
      ),
      tx.sql.raw(`case when o.run_id is null then null else jsonb_build_object('runId', o.run_id, 'state', o.state,
        'step', o.current_step, 'stepState', o.step_state, 'since', o.since, 'waitingFor', o.waiting_for,
        'error', o.error_message, 'nextWhat', o.next_what, 'nextAt', o.next_at) end as onboarding`),
      tx.sql.raw(`${sort.columns[0]}::text as key_0`),
      't.id as key_1',
    );
  if (filter.q) void query.whereILike('t.name', `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.status) void query.where('t.status', filter.status);
  if (filter.plan) void query.where('s.plan_key', filter.plan);
  if (filter.step) void query.where('o.current_step', filter.step);
  return keysetPage<Record<string, unknown> & { key_0: string; key_1: string }, TenantLine>(
    query,
    { ...sort, cursor: filter.cursor, limit: filter.limit },
    ({ key_0: _first, key_1: _second, ...row }) => camel<TenantLine>(row),
  );
}

export interface FunnelStep {
  step: string;
  reached: number;
  completed: number;
  /** Median time in the step of those who completed it, in milliseconds; null when nobody has. */
  medianMs: number | null;
  waiting: number;
}

/** How far onboardings came: for each step how many reached and completed it and how long it took. */
export async function funnel(tx: Tx, steps: readonly string[]): Promise<FunnelStep[]> {
  const rows = (
    await tx.sql.raw<{ rows: { step: string; reached: number; completed: number; median_ms: number | null; waiting: number }[] }>(
      `with ordered as (
         select s.*, r.started_at, lag(s.since) over (partition by s.tenant_id, s.run_id order by s.position) as before
         from run_steps s join runs r on r.tenant_id = s.tenant_id and r.run_id = s.run_id
         where r.process = 'onboard-tenant'
       )
       select step,
              count(*) filter (where state <> 'upcoming') as reached,
              count(*) filter (where state in ('done', 'skipped')) as completed,
              count(*) filter (where state not in ('upcoming', 'done', 'skipped')) as waiting,
              percentile_cont(0.5) within group (order by extract(epoch from since - coalesce(before, started_at)) * 1000)
                filter (where state = 'done' and since >= coalesce(before, started_at)) as median_ms
       from ordered group by step`,
    )
  ).rows;
  return steps.map((step) => {
    const row = rows.find((candidate) => candidate.step === step);
    return {
      step,
      reached: row?.reached ?? 0,
      completed: row?.completed ?? 0,
      waiting: row?.waiting ?? 0,
      medianMs: row?.median_ms == null ? null : Math.round(Number(row.median_ms)),
    };
  });
}

/** The figures of the admin home. */
export async function counts(tx: Tx): Promise<{
  tenants: number;
  live: number;
  onboarding: number;
  openRuns: number;
  needAttention: number;
  mrrMinor: number;
}> {
  const result = await tx.sql.raw<{ rows: Record<string, unknown>[] }>(
    `select (select count(*) from tenants where status <> 'abandoned') as tenants,
            (select count(*) from tenants where status = 'live') as live,
            (select count(*) from tenants where status = 'onboarding') as onboarding,
            (select count(*) from runs where closed_at is null) as open_runs,
            (select count(*) from runs where needs_attention) as need_attention,
            (select coalesce(sum(case interval when 'month' then amount_minor else round(amount_minor / 12.0)::bigint end), 0)::bigint
               from subscriptions where status in ('active', 'pastDue')) as mrr_minor`,
  );
  return camel(result.rows[0] ?? {});
}
