import { z } from 'zod';
import * as registry from '../../../db/repos/integrations/servers.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { doneMessages } from '../../../templates/admin/runs/copy.ts';
import { RunStack } from '../../../templates/admin/runs/run-panels.tsx';
import { RunPage } from '../../../templates/admin/runs/run.tsx';
import type { RefusedAction } from '../../../templates/admin/runs/run-types.ts';
import { WorkflowsPage } from '../../../templates/admin/runs/workflows.tsx';
import { renderFragment } from '../../../templates/layout/render.ts';
import { paths } from '../../../templates/paths.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { Identity } from '../../../workflows/define.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRaw, defineRoute } from '../../kit/route.ts';
import { optionalParam, pageOf, queryOf } from '../shared/query.ts';
import { accessTo, runAction, actionBodies, runActions } from './actions.ts';

import { runsContributions } from './contributions.ts';
import { downloadHistory } from './download.ts';
import { getRun, readEvents, readRun } from './read.ts';
import * as shapes from './schemas.ts';
import { streamRun } from './stream.ts';
import { historyCursor, historyViews, readStack, readTab, runTabs, type TabQuery } from './tabs.ts';
import { liveProps, toRow } from './view.ts';

/** Temporal's id of one execution. */
const runParams = z.object({ runId: z.uuid() });

function readRuns(context: RequestContext, { tenant, sort, ...filter }: shapes.RunQuery) {
  const oldestFirst = sort?.descending === false;
  return context.deps.db.inScope(context.overview(), async (tx) => ({
    page: await runs.list(tx, { ...filter, tenantId: tenant, oldestFirst }),
    tenantName: tenant ? (await tenants.find(tx, tenant))?.name : undefined,
    titles: await registry.serverTitles(tx),
  }));
}

async function runPage(context: RequestContext, runId: string, query: TabQuery, refused?: RefusedAction) {
  const run = await readRun(context, runId);
  const events = await readEvents(context, run);
  const frame = pageContextOf(context);
  const tab = await readTab(context, run, events, query);
  return RunPage({
    ...liveProps(context, frame, run, events, { tab: tab.key, step: query.step }),
    tab,
    ...(refused && { refused }),
  });
}

const api = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/runs',
    access: 'runs.read',
    summary: 'Runs of every process, the newest first',
    query: shapes.runQuery,
    response: pageOf(shapes.runItem),
    async handle(context, { query }) {
      const { page } = await readRuns(context, query);
      return { items: page.items.map(shapes.toItem), nextCursor: page.nextCursor };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/runs/:runId',
    access: 'runs.read',
    summary: 'One run as it is now: steps, work under way, and why it waits',
    params: runParams,
    response: shapes.runDetail,
    errors: ['run.not-found'],
    handle: async (context, { params }) => shapes.toDetail(await readRun(context, params.runId)),
  }),
];

/** Partners see runs of tenants only, so processes of the platform itself are no choice for them. */
function processOptions(context: RequestContext) {
  const ofPlatform = (process: Identity<never>) => process.tenantId({} as never) === PLATFORM_TENANT_ID;
  return Object.values(contracts)
    .filter((contract) => context.person().role !== 'partner' || !ofPlatform(contract))
    .map(({ name, title }) => ({ value: name, label: title }));
}

const pages = [
  definePage({
    path: '/admin/workflows',
    access: 'runs.read',
    query: shapes.runQuery,
    async show(context, { query }) {
      const { page, tenantName, titles } = await readRuns(context, query);
      return WorkflowsPage({
        frame: pageContextOf(context),
        rows: page.items.map((run) => toRow(run, titles)),
        query: queryOf(context, ['q', 'process', 'state', 'tenant', 'sort', 'cursor']),
        processes: processOptions(context),
        ...(tenantName && { tenantName }),
        nextCursor: page.nextCursor,
        mayTrigger: context.can('processes.trigger'),
      });
    },
  }),
  definePage({
    path: '/admin/workflows/:runId',
    access: 'runs.read',
    params: runParams,
    query: z.object({
      tab: z.enum(runTabs).catch('steps'),
      view: z.enum(historyViews).catch('compact'),
      cursor: optionalParam(z.string().max(2_000).regex(historyCursor)),
      step: optionalParam(z.string().max(60)),
    }),
    show: (context, { params, query }) => runPage(context, params.runId, query),
  }),
  defineRaw({
    path: '/admin/workflows/:runId/live',
    access: 'runs.read',
    params: runParams,
    serve: (context, { params }) => streamRun(context, params.runId),
  }),
  defineRaw({
    path: '/admin/workflows/:runId/history.json',
    access: 'runs.read',
    params: runParams,
    serve: (context, { params }) => downloadHistory(context, params.runId),
  }),
  defineRaw({
    path: '/admin/workflows/:runId/stack',
    access: 'runs.read',
    params: runParams,
    async serve(context, { params }) {
      const row = await getRun(context, params.runId);
      context.response
        .status(200)
        .set('cache-control', 'no-store')
        .type('html')
        .send(renderFragment(RunStack({ stack: await readStack(context, row) })));
    },
  }),
];

const actions = runActions.flatMap((action) =>
  defineAction({
    paths: { api: `/api/admin/runs/:runId/${action}`, form: `/admin/workflows/:runId/${action}` },
    access: accessTo(action),
    summary: `${action} of a run, with a reason`,
    params: runParams,
    body: actionBodies[action],
    response: shapes.runDetail,
    errors: ['run.not-found', 'run.ended', 'step.not-found', 'step.not-open', 'step.not-skippable'],
    run: (context, { params, body }) => runAction(context, params.runId, action, body),
    answer: async (context, _done, { runId }) => shapes.toDetail(await readRun(context, runId)),
    done: () => doneMessages[action],
    then: (_done, { params }) => paths.run(params.runId),
    rerender: (context, { params: { runId }, form }) =>
      runPage(context, runId, { tab: 'steps', view: 'compact' }, { kind: action, state: form }),
  }),
);

export const runsArea: Area = {
  side: 'admin',
  nav: [
    {
      title: 'Workflows',
      href: '/admin/workflows',
      icon: 'route',
      group: 'Operations',
      also: [paths.processes],
      permission: 'runs.read',
    },
  ],
  routes: [...api, ...pages, ...actions],
  ...runsContributions,
};
