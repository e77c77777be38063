import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import type { Db, Scope } from '../../db/connect.ts';
import type { Progress, RunState } from '../../db/domain/progress.ts';
import * as runs from '../../db/repos/runs.ts';

/** The projection reads and writes for all tenants; it records no events, since it changes no noun. */
export const projectionScope: Scope = {
  reach: 'platform',
  by: { actor: { type: 'system', id: 'projection' }, context: {} },
};

/** A run whose code never saw its end (terminated, timed out) keeps its last progress; Temporal says how it ended. */
function stateOf(info: WorkflowExecutionInfo, progress: Progress | undefined): RunState {
  switch (info.status.name) {
    case 'RUNNING':
    case 'PAUSED':
      return progress?.state ?? 'running';
    case 'COMPLETED':
      return progress?.state === 'stopped' ? 'stopped' : 'done';
    case 'CANCELLED':
    case 'TERMINATED':
      return 'stopped';
    default:
      return 'failed';
  }
}

function keyword(info: WorkflowExecutionInfo, name: string): string | null {
  const value = (info.searchAttributes as Record<string, unknown[] | undefined>)[name]?.[0];
  return typeof value === 'string' ? value : null;
}

/** What Temporal says of a run, as a row and its steps; null for workflows that are not the platform's. */
export function readRun(info: WorkflowExecutionInfo): { run: runs.Run; steps: Progress['steps'] } | null {
  const tenantId = keyword(info, 'TenantId');
  const process = keyword(info, 'Process');
  if (!tenantId || !process) return null;
  const progress = info.memo?.['progress'] as Progress | undefined;
  const steps = progress?.steps ?? [];
  const open = info.closeTime === undefined;
  const run: runs.Run = {
    tenantId,
    runId: info.runId,
    workflowId: info.workflowId,
    process,
    subject: keyword(info, 'Subject') ?? info.workflowId,
    actorId: keyword(info, 'ActorId'),
    state: stateOf(info, progress),
    currentStep: open ? (progress?.currentStep ?? null) : null,
    needsAttention: open && progress?.state === 'needsAttention',
    attempts: Math.max(1, ...steps.map((step) => step.attempts)),
    nextWhat: open ? (progress?.next?.what ?? null) : null,
    nextAt: open && progress?.next ? new Date(progress.next.at) : null,
    dueAt: null,
    startedAt: info.startTime,
    closedAt: info.closeTime ?? null,
    changedAt: info.closeTime ?? (progress ? new Date(progress.changedAt) : info.startTime),
  };
  return { run, steps };
}

/** Reads the runs that match and writes them; how many there were. */
export async function project(client: Client, db: Db, query: string): Promise<number> {
  let count = 0;
  let batch: NonNullable<ReturnType<typeof readRun>>[] = [];
  const flush = async () => {
    const rows = batch;
    batch = [];
    count += rows.length;
    if (rows.length === 0) return;
    await db.inScope(projectionScope, async (tx) => {
      for (const { run, steps } of rows) await runs.upsert(tx, run, steps);
    });
  };
  for await (const info of client.workflow.list({ query, pageSize: 500 })) {
    const read = readRun(info);
    if (read) batch.push(read);
    if (batch.length >= 500) await flush();
  }
  await flush();
  return count;
}

/** Drops the projection and makes it anew from everything Temporal still knows. */
export async function rebuild(client: Client, db: Db): Promise<number> {
  const startedAt = new Date();
  await db.inScope(projectionScope, (tx) => runs.removeAll(tx));
  const count = await project(client, db, '');
  await db.inScope(projectionScope, (tx) => runs.putCursor(tx, startedAt));
  return count;
}
