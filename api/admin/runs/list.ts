import type { VNode } from 'preact';
import * as registry from '../../../db/repos/integrations/servers.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { WorkflowsPage } from '../../../templates/admin/runs/workflows.tsx';
import { paths, type Query } from '../../../templates/paths.ts';
import type { RefusedView } from '../../../templates/shared/saved-views.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { defineCsv } from '../../kit/csv.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { processTitle, stepTitle } from '../shared/names.ts';
import { plainQuery, readViews, savedViewRoutes } from '../shared/saved-views.ts';
import { expectedSteps } from './expected-steps.ts';
import { processOptions } from './process-options.ts';
import { type RunQuery, runQuery } from './schemas.ts';
import { toRow } from './view.ts';

/** Runs within reach, and what the list says of them besides. */
export function readRuns(
  context: RequestContext,
  { tenant, sort, late, ...filter }: RunQuery,
  { counted }: { counted?: boolean } = {},
) {
  const oldestFirst = sort?.descending === false;
  const lateSteps = late ? expectedSteps : undefined;
  return context.deps.db.inScope(context.overview(), async (tx) => ({
    page: await runs.list(tx, { ...filter, counted, tenantId: tenant, oldestFirst, lateSteps }),
    tenantName: tenant ? (await tenants.find(tx, tenant))?.name : undefined,
    titles: await registry.serverTitles(tx),
  }));
}

/** The address of the list as views save it. */
const viewedRuns = {
  shape: runQuery.shape,
  viewed: [
    'q',
    'process',
    'state',
    'tenant',
    'endedFrom',
    'endedTo',
    'version',
    'step',
    'cause',
    'retried',
    'late',
    'slowerThanMs',
    'sort',
  ],
} as const;

/** The list of runs; `refused` opens the dialog of a view again. */
export async function runsPage(
  context: RequestContext,
  asked: Readonly<Record<string, unknown>>,
  refused?: RefusedView,
): Promise<VNode> {
  const query = {
    ...plainQuery(viewedRuns, asked),
    ...(typeof asked['cursor'] === 'string' && { cursor: asked['cursor'] }),
  };
  const { page, tenantName, titles } = await readRuns(context, runQuery.parse(query), { counted: true });
  const { process, step } = query as Query;
  return WorkflowsPage({
    frame: pageContextOf(context),
    rows: page.items.map((run) => toRow(run, titles)),
    query,
    processes: processOptions(context),
    ...(tenantName && { tenantName }),
    stepTitle: step && process ? stepTitle(process, step) : (step ?? ''),
    nextCursor: page.nextCursor,
    ...(page.total !== undefined && { total: page.total }),
    mayTrigger: context.can('processes.trigger'),
    mayControl: context.can('runs.control'),
    views: await readViews(context, 'runs'),
    ...(refused && { refused }),
  });
}

/** Saved views of the list of runs. */
export const runViewRoutes = savedViewRoutes({
  ...viewedRuns,
  list: 'runs',
  path: paths.workflows,
  api: '/api/admin/run-views',
  access: 'runs.read',
  noun: 'the list of runs',
  page: runsPage,
});

/** The list of runs as a file. */
export const runsCsv = defineCsv({
  path: paths.workflowsCsv,
  access: 'runs.read',
  action: 'runs.exported',
  filename: 'runs.csv',
  query: runQuery,
  read: async (context, query: RunQuery) => (await readRuns(context, query)).page,
  columns: {
    runId: (run) => run.runId,
    workflowId: (run) => run.workflowId,
    process: (run) => processTitle(run.process),
    tenantId: (run) => run.tenantId,
    tenant: (run) => run.tenantName,
    subject: (run) => run.subject,
    state: (run) => run.state,
    step: (run) => (run.currentStep ? stepTitle(run.process, run.currentStep) : ''),
    attempts: (run) => run.attempts,
    startedAt: (run) => run.startedAt.toISOString(),
    closedAt: (run) => run.closedAt?.toISOString() ?? '',
  },
});
