import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { type BulkAction, bulkActions, estimateMs } from '../../../../db/domain/runs/bulk-operation.ts';
import * as operations from '../../../../db/repos/runs/bulk/operations.ts';
import { bulkCopy } from '../../../../templates/admin/runs/bulk/copy.ts';
import { paths } from '../../../../templates/paths.ts';
import { defineAction } from '../../../kit/action.ts';
import type { Area } from '../../../kit/area.ts';
import { defineRoute } from '../../../kit/route.ts';
import { pageOf } from '../../shared/query.ts';
import { chosenBy, previewOf, readerOf } from './choose.ts';
import { namesOf } from './names.ts';
import { actOn, startOperation } from './operations.ts';
import { bulkPages, operationPage, previewAgain } from './pages.ts';
import { readDetail, readItems } from './read.ts';
import * as shapes from './schemas.ts';

const refusedStarts = [
  'bulk.empty-filter',
  'bulk.filter-unknown',
  'bulk.nothing-chosen',
  'bulk.too-many',
] as const;

const detailOf = async (...given: Parameters<typeof readDetail>) => {
  const { operation, causes } = await readDetail(...given);
  return {
    ...shapes.toOperation(operation),
    workflowId: operation.workflowId,
    canUndo: shapes.canUndo(operation),
    estimatedMs: shapes.leftMs(operation),
    causes,
  };
};

const reads = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/bulk-operations',
    access: 'bulk-operations.read',
    summary: 'Bulk operations that you may run, the newest first',
    query: shapes.listQuery,
    response: pageOf(shapes.operationItem),
    async handle(context, { query }) {
      const page = await context.deps.db.inScope(context.scope('platform'), (tx) =>
        operations.list(tx, readerOf(context), query),
      );
      return { items: page.items.map(shapes.toOperation), nextCursor: page.nextCursor };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/bulk-operations/preview',
    access: 'bulk-operations.read',
    summary:
      'What a bulk operation would do: how many items, a sample, who is left out and why, and how long it takes',
    query: shapes.previewQuery,
    response: shapes.previewAnswer,
    errors: refusedStarts,
    async handle(context, { query }) {
      const chosen = chosenBy(context, query);
      const { total, affected, leftOut, sample } = await previewOf(context, query.operation, chosen);
      const { subject, pacePerMinute: usual } = chosen.declaration;
      const pacePerMinute = query.pacePerMinute ?? usual;
      const names = await namesOf(
        context,
        subject,
        sample.map(({ id }) => id),
      );
      return {
        ...{ total, affected: affected.length, leftOut, pacePerMinute },
        sample: sample.map((one) => ({ ...one, name: names.get(one.id) ?? null })),
        estimatedMs: estimateMs(affected.length, pacePerMinute),
      };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/bulk-operations/:operationId',
    access: 'bulk-operations.read',
    summary: 'One bulk operation: how far it is, and why some items were not done',
    params: shapes.operationParams,
    response: shapes.operationDetail,
    errors: ['bulk.not-found'],
    handle: (context, { params }) => detailOf(context, params.operationId),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/bulk-operations/:operationId/items',
    access: 'bulk-operations.read',
    summary: 'The items of a bulk operation with the result of each, by state and cause',
    params: shapes.operationParams,
    query: shapes.itemsQuery,
    response: pageOf(shapes.bulkItem),
    errors: ['bulk.not-found'],
    async handle(context, { params, query }) {
      const { items, nextCursor, names } = await readItems(context, params.operationId, query);
      return { items: items.map((item) => shapes.toItem(item, names)), nextCursor };
    },
  }),
];

const start = defineAction({
  paths: { api: '/api/admin/bulk-operations', form: paths.newBulkOperation },
  access: 'bulk-operations.run',
  stepUp: true,
  summary:
    'Start a bulk operation on these items or on all that a filter finds; repeating a requestKey answers with the same one',
  body: shapes.newOperation,
  status: 202,
  response: shapes.operationDetail,
  errors: [...refusedStarts, 'bulk.list-changed'],
  run: (context, { body }) => startOperation(context, body),
  answer: (context, id) => detailOf(context, id),
  done: () => bulkCopy.started,
  then: (id) => paths.bulkOperation(id),
  slow: { text: bulkCopy.starting, to: () => paths.bulkOperations },
  rerender: (context, { form }) => previewAgain(context, form),
});

const actions = (Object.keys(bulkActions) as BulkAction[]).flatMap((action) =>
  defineAction({
    paths: {
      api: `/api/admin/bulk-operations/:operationId/${action}`,
      form: `/admin/bulk-operations/:operationId/${action}`,
    },
    access: 'bulk-operations.run',
    // What changes items takes a recent proof of who asks; holding it back doesn't.
    ...((action === 'undo' || action === 'retry-failed') && { stepUp: true as const }),
    summary: `${action} of a bulk operation, with a reason`,
    params: shapes.operationParams,
    body: z.strictObject({ reason }),
    response: shapes.operationDetail,
    errors: [
      'bulk.not-found',
      'bulk.not-running',
      'bulk.not-paused',
      'bulk.not-ended',
      'bulk.nothing-to-retry',
      'bulk.nothing-to-undo',
    ],
    run: (context, { params, body }) => actOn(context, params.operationId, action, body.reason),
    answer: (context, _done, { operationId }) => detailOf(context, operationId),
    done: () => bulkCopy.actions[action].done,
    then: (_done, { params }) => paths.bulkOperation(params.operationId),
    rerender: (context, { params, form }) =>
      operationPage(context, params.operationId, {}, { action, state: form }),
  }),
);

/** The same done to many tenants, people or runs. */
export const bulkArea: Area = {
  side: 'admin',
  nav: [
    {
      title: bulkCopy.title,
      href: paths.bulkOperations,
      icon: 'list-check',
      group: 'Operations',
      permission: 'bulk-operations.read',
      tabOf: paths.workflows,
    },
  ],
  routes: [...reads, ...bulkPages, ...start, ...actions],
};
