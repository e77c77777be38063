import { z } from 'zod';
import { doneMessages } from '../../../templates/admin/runs/copy.ts';
import { RunStack } from '../../../templates/admin/runs/run-panels.tsx';
import { renderFragment } from '../../../templates/layout/render.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import { definePage, defineRaw, defineRoute } from '../../kit/route.ts';
import { optionalParam, pageOf } from '../shared/query.ts';
import { accessTo, runAction, steersRun, actionBodies, runActions } from './actions.ts';
import { readRuns, runsCsv, runsPage, runViewRoutes } from './list.ts';
import { runsContributions } from './contributions.ts';
import { downloadHistory } from './download.ts';
import { messageRoutes } from './acts/message-routes.ts';
import { resetRoutes } from './acts/reset-routes.ts';
import { againRoutes } from './acts/again-routes.ts';
import { workRoutes } from './acts/routes.ts';
import { getRun, readRun } from './read.ts';
import { runPage } from './run-page.ts';
import * as shapes from './schemas.ts';
import { streamRun } from './stream.ts';
import { historyCursor, historyViews, readStack, runTabs } from './tabs.ts';
import { answerWhy, whyAnswer, whyQuery } from './why.ts';

/** Temporal's id of one execution. */
const runParams = z.object({ runId: z.uuid() });

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
  defineRoute({
    method: 'GET',
    path: '/api/admin/why',
    access: 'runs.read',
    summary:
      'Why a run (`run`), a tenant (`tenant`) or, with neither, the platform is stuck, the first to mend first',
    query: whyQuery,
    response: whyAnswer,
    errors: ['run.not-found', 'tenant.not-found'],
    handle: (context, { query }) => answerWhy(context, query),
  }),
];

const pages = [
  definePage({
    path: paths.workflows,
    access: 'runs.read',
    query: shapes.runQuery,
    show: (context) => runsPage(context, context.request.query),
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
    whileViewing: 'never',
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
    errors: [
      'run.not-found',
      'run.ended',
      'run.paused',
      'run.not-paused',
      'run.pause-unavailable',
      'step.not-found',
      'step.not-open',
      'step.not-skippable',
    ],
    run: (context, { params, body }) => runAction(context, params.runId, action, body),
    answer: async (context, _done, { runId }) => shapes.toDetail(await readRun(context, runId)),
    done: (followed, { params: { runId } }) => ({
      kind: 'done',
      text: doneMessages[action],
      ...(steersRun(action) && { run: followed ?? runId }),
    }),
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
      tabTitle: 'Runs',
      href: paths.workflows,
      icon: 'route',
      group: 'Operations',
      also: [paths.processes],
      permission: 'runs.read',
    },
  ],
  routes: [
    ...runViewRoutes,
    ...api,
    ...pages,
    ...actions,
    ...workRoutes,
    ...messageRoutes,
    ...resetRoutes,
    ...againRoutes,
    runsCsv,
  ],
  ...runsContributions,
};
