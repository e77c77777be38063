import { sumEndedDays } from '../../db/repos/runs/sums.ts';
import { projectionScope } from '../../workers/projection/project.ts';
import type { Platform } from '../support/api.ts';
import type { Size } from './size.ts';
import { type Figure, percentile } from './table.ts';

const sizes = {
  full: { tenants: 10_000, runs: 100_000, events: 1_000_000, samples: 30, warmUps: 3 },
  small: { tenants: 100, runs: 200, events: 500, samples: 1, warmUps: 0 },
} as const;
/** Each list as it opens, in its other orders, and with filters that match much, little and nothing. */
const paths = [
  '/api/admin/tenants',
  '/api/admin/tenants?status=onboarding&sort=name',
  '/api/admin/tenants?sort=-mrr',
  '/api/admin/tenants?sort=-problems',
  '/api/admin/tenants?sort=-activity',
  '/api/admin/tenants?plan=growth',
  '/api/admin/tenants?step=plan',
  '/api/admin/tenants?step=agents',
  '/api/admin/tenants?q=77',
  '/api/admin/runs',
  '/api/admin/runs?state=waiting&process=onboard-tenant',
  '/api/admin/runs?state=failed',
  '/api/admin/runs?needsAttention=true',
  '/api/admin/runs?tenant=ten_bench77',
  '/api/admin/runs?q=business 77',
  '/api/admin/runs?q=nothing',
  '/api/admin/runs?cause=mail.refused&step=send',
  '/api/admin/runs?late=true',
  '/api/admin/run-analytics?days=90',
  '/api/admin/run-analytics?days=90&process=confirm-email',
  '/api/admin/run-analytics?days=30&tenant=ten_bench77',
  '/api/admin/audit-events',
  '/api/admin/audit-events?action=mail.sent',
  '/api/admin/audit-events?action=tenant.abandoned',
  '/api/admin/audit-events?actor=person 77',
  '/api/admin/audit-events?actor=unknown',
  '/api/admin/audit-events?tenant=ten_bench77&action=mail.sent',
  '/api/admin/audit-events?target=ten_nothing',
  '/api/admin/audit-events?workflow=nothing',
  '/api/admin/people',
  '/api/admin/people?q=person77',
  '/api/admin/people?q=business 77',
  '/api/admin/people?q=nothing',
  '/api/admin/people?sort=name',
  '/api/admin/people?sort=-seen',
  '/api/admin/people?role=owner&status=unconfirmed&secondFactor=off',
  '/api/admin/people?status=suspended',
  '/api/admin/people?seen=before-90',
  '/api/admin/people?tenant=ten_bench77',
  '/api/admin/people/usr_bench77/activity',
  '/api/admin/people/usr_bench77/activity?action=mail.sent',
  '/api/admin/revenue?interval=month&from=2024-01-01',
  '/api/admin/revenue/movements',
];
/** Sums over years take longer than a page of a list. */
const barOf = (path: string): number => (path.startsWith('/api/admin/revenue?') ? 100 : 50);

/** Rows as they would be after years, planted by the database itself; the ledger's chain is not made for them. */
async function plant({ world }: Platform, size: (typeof sizes)[Size]): Promise<void> {
  const { owner } = world.database;
  await owner(`insert into tenants (id, name, name_key, status, timezone, language, created_at)
    select 'ten_bench' || i, 'Bench business ' || i, 'bench' || i, case when i % 5 = 0 then 'onboarding' else 'live' end, 'UTC', 'en', now() - i * interval '1 minute'
    from generate_series(1, ${size.tenants}) i`);
  await owner(`insert into users (id, email, name, timezone, language, last_seen_at)
    select 'usr_bench' || i, 'person' || i || '@bench.example', 'Person ' || i, 'UTC', 'en', now() - i * interval '30 minutes' from generate_series(1, ${size.tenants}) i`);
  await owner(
    `insert into memberships (tenant_id, user_id, role) select 'ten_bench' || i, 'usr_bench' || i, 'owner' from generate_series(1, ${size.tenants}) i`,
  );
  await owner(`insert into subscriptions (id, tenant_id, plan_key, plan_version, gateway, timezone, anchor_at, interval, status, amount_minor, currency, payment_method, period_start, period_end)
    select 'sub_bench' || i, 'ten_bench' || i, case when i % 2 = 0 then 'growth' else 'scale' end, 1, 'sandbox', 'UTC', now(), 'month', 'active', 100 * (i % 400), 'EUR', '{}', now(), now()
    from generate_series(1, ${size.tenants}) i`);
  // Three years of each subscription: it begins, grows twice and shrinks.
  await owner(`insert into mrr_movements (tenant_id, id, at, kind, amount_minor, currency, before_minor, after_minor, subscription_id, event_id)
    select 'ten_bench' || i, 'mrr_bench' || i || '_' || n, now() - (1095 - i % 90 - n * 240) * interval '1 day',
      case n when 0 then 'new' when 3 then 'contraction' else 'expansion' end, case n when 0 then 1000 when 3 then -500 else 500 end, 'EUR',
      case n when 0 then 0 when 1 then 1000 when 2 then 1500 else 2000 end, case n when 0 then 1000 when 2 then 2000 else 1500 end,
      'sub_bench' || i, '' from generate_series(1, ${size.tenants}) i, generate_series(0, 3) n`);
  await owner(`insert into runs (tenant_id, run_id, workflow_id, process, subject, state, current_step, needs_attention, attempts, started_at, closed_at, changed_at)
    select 'ten_bench' || (i % ${size.tenants} + 1), 'run' || i, 'w' || i, case when i % 10 = 0 then 'onboard-tenant' else 'confirm-email' end, 's',
      case when i % 10 = 0 then 'waiting' when i % 77 = 0 then 'failed' else 'done' end, case when i % 10 = 0 then 'plan' end, false, 1, now() - i * interval '70 seconds',
      case when i % 10 = 0 then null else now() - i * interval '69 seconds' end, now() from generate_series(1, ${size.runs}) i`);
  await owner(`insert into run_steps (tenant_id, run_id, position, step, state, since, attempts)
    select tenant_id, run_id, 2, 'plan', 'waiting', now(), 1 from runs where process = 'onboard-tenant' and run_id like 'run%'`);
  await owner(`insert into run_steps (tenant_id, run_id, position, step, state, since, attempts, error_code)
    select tenant_id, run_id, 0, 'send', state, closed_at, 1, case when state = 'failed' then 'mail.refused' end from runs where process = 'confirm-email' and run_id like 'run%'`);
  await owner(`insert into events (tenant_id, seq, id, occurred_at, action, outcome, actor_type, actor_id, body, leaf_hash, prev_hash, hash)
    select t, i, 'evt_bench' || i, at, a, 'success', 'user', u, jsonb_build_object('id', 'evt_bench' || i, 'tenantId', t, 'occurredAt', at, 'action', a, 'outcome', 'success',
      'actor', jsonb_build_object('type', 'user', 'id', u), 'impersonatorId', null, 'targets', '[]'::jsonb, 'data', '{}'::jsonb, 'context', '{}'::jsonb, 'schemaVersion', 1), '', '', ''
    from (select i, 'ten_bench' || (i % ${size.tenants} + 1) as t, 'usr_bench' || (i % ${size.tenants} + 1) as u, now() - i * interval '1 second' as at,
      case when i % 3 = 0 then 'mail.sent' else 'tenant.updated' end as a from generate_series(1, ${size.events}) i) planted`);
  await owner(
    `insert into event_heads (tenant_id, seq, hash) select tenant_id, max(seq), '' from events where tenant_id like 'ten_bench%' group by 1`,
  );
  await owner('analyze');
}

/** Server time of the lists with a big data set, asked for by one caller, one after the other. */
export async function measureLists(platform: Platform, chosen: Size): Promise<Figure[]> {
  const size = sizes[chosen];
  const startedMs = Date.now();
  await plant(platform, size);
  const planted = `${size.tenants} tenants, ${size.runs} runs, ${size.events} events`;
  if (chosen === 'full')
    console.log(`planted ${planted} in ${Math.round((Date.now() - startedMs) / 1_000)} s`);
  // As a worker would have done while the days passed.
  const { db } = platform.world.database;
  while ((await db.inScope(projectionScope, (tx) => sumEndedDays(tx, new Date()))) > 0);
  const admin = await platform.admin();
  const times = new Map<string, number[]>(paths.map((path) => [path, []]));
  // Round after round, so that a slow moment of the machine does not fall on one list alone.
  for (let round = -size.warmUps; round < size.samples; round++)
    for (const [path, measured] of times) {
      const sentMs = performance.now();
      const answer = await admin.call('GET', path);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      if (round >= 0) measured.push(performance.now() - sentMs);
    }
  return [...times].map(([path, measured]) => {
    const p95 = percentile(measured, 0.95);
    return {
      what: `GET ${path}, p95`,
      measured: `${p95.toFixed(1)} ms`,
      bar: `≤ ${barOf(path)} ms`,
      met: p95 <= barOf(path),
    };
  });
}
