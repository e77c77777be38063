import type { RunState } from '../../../domain/progress.ts';
import type { Tx } from '../../../scope.ts';
import { all, first, one } from '../../shared/rows.ts';

/** A run of a workflow template. */
export interface TemplateRun {
  runId: string;
  workflowId: string;
  tenantId: string;
  tenantName: string | null;
  state: RunState;
  startedAt: Date;
  closedAt: Date | null;
  /** The version it was started with; null where the event of its start isn’t kept any more. */
  version: number | null;
}

const process = 'run-template';

const runs = (tx: Tx) =>
  tx
    .sql('runs as r')
    .leftJoin('tenants as t', 't.id', 'r.tenant_id')
    .where('r.process', process)
    .select(
      ...['r.run_id', 'r.workflow_id', 'r.tenant_id', 't.name as tenant_name', 'r.state'],
      ...['r.started_at', 'r.closed_at'],
      tx.sql.raw(`(select (e.body->'data'->>'version')::int from events e where e.workflow_id = r.workflow_id
        and e.tenant_id = r.tenant_id and e.action = 'workflow-template.started' and e.target_id = r.subject
        order by e.occurred_at desc limit 1) as version`),
    );

/** Runs of a template within reach, the newest first. */
export async function listRuns(tx: Tx, templateId: string, limit: number): Promise<TemplateRun[]> {
  return all(
    runs(tx).where('r.subject', templateId).orderBy('r.started_at', 'desc').orderBy('r.run_id').limit(limit),
  );
}

export async function findRun(tx: Tx, templateId: string, runId: string): Promise<TemplateRun | null> {
  return first(runs(tx).where({ 'r.subject': templateId, 'r.run_id': runId }));
}

/** Runs of a template that haven’t ended. */
export async function countOpenRuns(tx: Tx, templateId: string): Promise<number> {
  const { count } = await one<{ count: number }>(
    tx
      .sql('runs')
      .where({ process, subject: templateId, closed_at: null })
      .select(tx.sql.raw('count(*)::int as count')),
  );
  return count;
}

/** The newest run of each template that has one. */
export async function newestRuns(
  tx: Tx,
  templateIds: readonly string[],
): Promise<Map<string, { runId: string; state: RunState; startedAt: Date }>> {
  const found = await all<{ subject: string; runId: string; state: RunState; startedAt: Date }>(
    tx
      .sql('runs')
      .distinctOn('subject')
      .where({ process })
      .whereIn('subject', templateIds as string[])
      .orderBy([{ column: 'subject' }, { column: 'started_at', order: 'desc' }])
      .select('subject', 'run_id', 'state', 'started_at'),
  );
  return new Map(found.map(({ subject, ...run }) => [subject, run]));
}
