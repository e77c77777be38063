import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import type { NextKind, RunState, StepState, WaitKind } from '../../domain/progress.ts';
import { keysetPage } from '../shared/paging.ts';
import { all } from '../shared/rows.ts';

/** A run that does not continue automatically, and the step it is at. */
export interface StuckRun {
  tenantId: string;
  tenantName: string | null;
  runId: string;
  workflowId: string;
  process: string;
  state: RunState;
  step: string | null;
  stepState: StepState | null;
  since: Date;
  waitingFor: WaitKind | null;
  errorCode: string | null;
  errorMessage: string | null;
  nextKind: NextKind | null;
  nextAt: Date | null;
  startedAt: Date;
}

/** The step that needs attention, otherwise the current one. */
const standingLateral = `left join lateral (
  select s.step, s.state as step_state, s.since, s.waiting_for, s.error_code, s.error_message
  from run_steps s where s.tenant_id = r.tenant_id and s.run_id = r.run_id
    and s.state not in ('upcoming', 'done', 'skipped')
  order by s.state = 'needsAttention' desc, s.position limit 1
) s on true`;

const since = 'coalesce(s.since, r.changed_at)';

function standing(tx: Tx) {
  return tx
    .sql('runs as r')
    .leftJoin('tenants as t', 't.id', 'r.tenant_id')
    .joinRaw(standingLateral)
    .select(
      'r.tenant_id',
      't.name as tenant_name',
      'r.run_id',
      'r.workflow_id',
      'r.process',
      'r.state',
      's.step',
      's.step_state',
      tx.sql.raw(`${since} as since`),
      's.waiting_for',
      's.error_code',
      's.error_message',
      'r.next_kind',
      'r.next_at',
      'r.started_at',
    );
}

export interface StuckFilter extends Paging {
  process?: string | undefined;
  /** Runs that wait count when they have done so since before this. */
  waitingBefore: Date;
  /** Running runs count when nothing about them has changed since this moment. */
  silentBefore: Date;
}

/** Runs that need attention, have waited long or have not progressed; the longest first. */
export async function listStuck(tx: Tx, filter: StuckFilter): Promise<Page<StuckRun>> {
  const query = standing(tx)
    .select(tx.sql.raw(`${since}::text as key_0`), 'r.run_id as key_1')
    .whereNull('r.closed_at')
    .where((any) =>
      any
        .where('r.needs_attention', true)
        .orWhere((waits) =>
          waits.where('r.state', 'waiting').whereRaw(`${since} < ?`, [filter.waitingBefore]),
        )
        .orWhere((silent) =>
          silent.where('r.state', 'running').where('r.changed_at', '<', filter.silentBefore),
        ),
    );
  if (filter.process) void query.where('r.process', filter.process);
  return keysetPage<StuckRun>(query, {
    columns: [since, 'r.run_id'],
    types: ['timestamptz', 'text'],
    descending: false,
    cursor: filter.cursor,
    limit: filter.limit,
  });
}

/** Open runs of a tenant that are at a step, those that need an administrator first; then the longest there. */
export async function listOpen(tx: Tx, tenantId: string, limit: number): Promise<StuckRun[]> {
  return all<StuckRun>(
    standing(tx)
      .where('r.tenant_id', tenantId)
      .whereNull('r.closed_at')
      .whereNot('r.state', 'scheduled')
      .orderByRaw(`r.needs_attention desc, ${since}, r.run_id`)
      .limit(limit),
  );
}

/** Runs that need an administrator, the longest waiting first. */
export async function listNeedingHelp(tx: Tx, limit: number): Promise<StuckRun[]> {
  return all<StuckRun>(
    standing(tx).where('r.needs_attention', true).orderByRaw(`${since}, r.run_id`).limit(limit),
  );
}

/** Runs that ended in failure since a moment, other than those of the processes that are left out. */
export async function listFailed(
  tx: Tx,
  { closedAfter, except, limit }: { closedAfter: Date; except: readonly string[]; limit: number },
): Promise<StuckRun[]> {
  return all<StuckRun>(
    standing(tx)
      .where('r.state', 'failed')
      .where('r.closed_at', '>=', closedAfter)
      .whereNotIn('r.process', except as string[])
      .orderBy('r.closed_at', 'desc')
      .limit(limit),
  );
}

export interface EndingSubscription {
  tenantId: string;
  tenantName: string;
  status: 'trialing' | 'pastDue';
  /** End of the trial, or since when the payment is overdue. */
  at: Date;
}

/** Trials that end before a moment, and payments that are overdue. */
export async function listEndingSubscriptions(
  tx: Tx,
  endsBefore: Date,
  limit: number,
): Promise<EndingSubscription[]> {
  return all<EndingSubscription>(
    tx
      .sql('subscriptions as s')
      .join('tenants as t', 't.id', 's.tenant_id')
      .where('t.status', 'live')
      .where((any) =>
        any
          .where((trial) => trial.where('s.status', 'trialing').where('s.trial_ends_at', '<', endsBefore))
          .orWhere('s.status', 'pastDue'),
      )
      .orderBy('at')
      .limit(limit)
      .select(
        's.tenant_id',
        't.name as tenant_name',
        's.status',
        tx.sql.raw(`case s.status when 'trialing' then s.trial_ends_at else s.period_end end as at`),
      ),
  );
}
