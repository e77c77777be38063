import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import type { Db, Scope } from '../../db/scope.ts';
import { classify, type Progress, runStateOf } from '../../db/domain/progress.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import * as sums from '../../db/repos/runs/sums.ts';
import { utcDay } from '../../db/domain/time.ts';

/** The projection reads and writes for all tenants; it records no events, since it changes no noun. */
export const projectionScope: Scope = {
  visibility: 'platform',
  by: { actor: { type: 'system', id: 'projection' }, context: {} },
};

function keyword(info: WorkflowExecutionInfo, name: string): string | null {
  const value = (info.searchAttributes as Record<string, unknown[] | undefined>)[name]?.[0];
  return typeof value === 'string' ? value : null;
}

/** As much of a build's checksum as tells builds apart. */
const buildLength = 12;

/** The build that was last at a run: `unversioned:@temporalio/worker@1.24.0+<checksum>`, or the id of a version. */
function buildOf(info: WorkflowExecutionInfo): string | null {
  const { BuildIds: builds } = info.searchAttributes as { BuildIds?: string[] };
  const last = builds?.at(-1);
  if (last === undefined || !last.includes(':')) return null;
  return (last.split(/[:+]/).at(-1) ?? '').slice(0, buildLength) || null;
}

/** Attempts of the current step, none while it only waits; of an ended run the most any step took. */
function triesOf(standing: Progress | undefined, steps: Progress['steps']): number {
  const current = steps.find(({ key }) => key === standing?.currentStep);
  return current ? current.attempts : Math.max(1, ...steps.map((step) => step.attempts));
}

/** What Temporal knows of a run, as a row and its steps; null for workflows that are not the platform's. */
export function readRun(info: WorkflowExecutionInfo): { run: runs.Run; steps: Progress['steps'] } | null {
  const tenantId = keyword(info, 'TenantId');
  const process = keyword(info, 'Process');
  if (!tenantId || !process) return null;
  const reported = info.memo?.['progress'] as Progress | undefined;
  const progress = reported && classify(reported);
  const steps = progress?.steps ?? [];
  const open = info.closeTime === undefined;
  const run: runs.Run = {
    tenantId,
    runId: info.runId,
    workflowId: info.workflowId,
    process,
    subject: keyword(info, 'Subject') ?? info.workflowId,
    actorId: keyword(info, 'ActorId'),
    version: buildOf(info),
    state: runStateOf(info.status.name, progress),
    currentStep: open ? (progress?.currentStep ?? null) : null,
    needsAttention: open && progress?.state === 'needsAttention',
    attempts: triesOf(open ? progress : undefined, steps),
    nextKind: open ? (progress?.next?.kind ?? null) : null,
    nextAt: open && progress?.next ? new Date(progress.next.at) : null,
    startedAt: info.startTime,
    closedAt: info.closeTime ?? null,
    changedAt: info.closeTime ?? (progress ? new Date(progress.changedAt) : info.startTime),
  };
  return { run, steps };
}

/** The runs that match, as far as they can be read: one whose key is gone must not hold up all others. */
async function* listReadable(client: Client, query: string): AsyncGenerator<WorkflowExecutionInfo> {
  const { namespace, loadedDataConverter } = client.options;
  let nextPageToken: Uint8Array | null | undefined;
  do {
    const page = await client.workflowService.listWorkflowExecutions({
      namespace,
      query,
      pageSize: 500,
      ...(nextPageToken && { nextPageToken }),
    });
    for (const raw of page.executions) {
      const info = await executionInfoFromRaw(raw, loadedDataConverter, raw, namespace).catch(() => null);
      if (info) yield info;
    }
    ({ nextPageToken } = page);
  } while (nextPageToken?.length);
}

/** A tick reads again what the ticks before it have written; only what differs is worth a write. */
function isNews(run: runs.Run, known: Pick<runs.Run, 'state' | 'currentStep' | 'changedAt'> | undefined) {
  if (!known || run.changedAt > known.changedAt) return true;
  const same = run.state === known.state && run.currentStep === known.currentStep;
  return run.changedAt.getTime() === known.changedAt.getTime() && !same;
}

/** Reads the runs that match and writes what is new of them; how many matched. */
export async function project(client: Client, db: Db, query: string): Promise<number> {
  let count = 0;
  let batch: NonNullable<ReturnType<typeof readRun>>[] = [];
  const flush = async () => {
    // Always in the same order, so that two who write the same runs wait for each other instead of both ways.
    const rows = batch.sort((a, b) => (a.run.runId < b.run.runId ? -1 : 1));
    batch = [];
    count += rows.length;
    if (rows.length === 0) return;
    await db.inScope(projectionScope, async (tx) => {
      const ids = rows.map(({ run }) => run.runId);
      const known = await runs.findKnown(tx, ids);
      const news = rows.filter(({ run }) => isNews(run, known.get(run.runId)));
      const today = utcDay(new Date());
      const days = news.flatMap(({ run: { closedAt } }) => (closedAt ? [utcDay(closedAt)] : []));
      await sums.forgetDays(
        tx,
        [...new Set(days)].filter((day) => day < today),
      );
      for (const { run, steps } of news) await runs.upsert(tx, run, steps);
    });
  };
  for await (const info of listReadable(client, query)) {
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
