import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { z } from 'zod';
import { type BulkKey, bulkKeys, bulkOperations } from '../../../../db/domain/bulk.ts';
import {
  type BulkAction,
  bulkActions,
  countOf,
  failedItemStates,
} from '../../../../db/domain/runs/bulk-operation.ts';
import * as operations from '../../../../db/repos/runs/bulk/operations.ts';
import * as runs from '../../../../db/repos/runs/runs.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { bulkCopy } from '../../../../templates/admin/runs/bulk/copy.ts';
import { hrefOfList } from '../../../../templates/admin/runs/bulk/hrefs.ts';
import { BulkListPage, type BulkRow } from '../../../../templates/admin/runs/bulk/list.tsx';
import { BulkPreviewPage } from '../../../../templates/admin/runs/bulk/new.tsx';
import {
  type BulkLiveProps,
  BulkOperationLive,
  BulkOperationPage,
} from '../../../../templates/admin/runs/bulk/operation.tsx';
import { paths, type Query } from '../../../../templates/paths.ts';
import { catchExpected } from '../../../kit/catch-expected.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { everyPage, recordExport, sendCsv } from '../../../kit/csv.ts';
import { streamLive } from '../../../kit/live.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRaw, type FormState, type Redirect } from '../../../kit/route.ts';
import { queryOf } from '../../shared/query.ts';
import { type Asked, chosenBy, mayRun, previewOf, readerOf } from './choose.ts';
import { namesOf } from './names.ts';
import { readDetail, readItems } from './read.ts';
import {
  canUndo,
  itemsQuery,
  leftMs,
  listQuery,
  operationParams,
  previewQuery,
  requestKey,
} from './schemas.ts';

/** Parameters before a person has chosen them. */
const usual: Partial<Record<BulkKey, Record<string, string | number>>> = {
  'tenants.extend': { days: 7 },
  'people.set-role': { role: 'member' },
  'people.set-feature': { feature: 'ai', switch: 'off' },
};

async function previewPage(context: RequestContext, given: Asked, form?: FormState): Promise<VNode> {
  const { operation, items, filter } = given;
  const chosen = chosenBy(context, { ...given, parameters: { ...usual[operation], ...given.parameters } });
  const { total, affected, leftOut, sample } = await previewOf(context, operation, chosen);
  const { subject } = chosen.declaration;
  const names = await namesOf(
    context,
    subject,
    sample.map(({ id }) => id),
  );
  const typed = form?.values?.['requestKey'];
  const { tenant } = chosen.parameters;
  const tenantName = async (id: string) =>
    (
      await context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
        tenants.names(tx, [id]),
      )
    ).get(id) ?? id;
  return BulkPreviewPage({
    frame: pageContextOf(context),
    ...{ operation, items, filter, total, affected: affected.length, causes: leftOut },
    parameters: chosen.parameters,
    offered: bulkKeys.filter((key) => bulkOperations[key].subject === subject && mayRun(context, key)),
    tenantName: tenant === undefined ? null : await tenantName(String(tenant)),
    sample: sample.map((one) => ({ ...one, name: names.get(one.id) ?? null })),
    requestKey: requestKey.safeParse(typed).success ? String(typed) : randomUUID(),
    ...(form && { form }),
  });
}

const formAsked = z.object({
  operation: z.enum(bulkKeys),
  items: z.preprocess((given) => (typeof given === 'string' ? [given] : (given ?? [])), z.array(z.string())),
  filter: z.string().optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).catch({}),
});

/** The preview after a refused start, with what was typed; the list where nothing can be shown. */
export async function previewAgain(context: RequestContext, form: FormState): Promise<VNode | Redirect> {
  const given = formAsked.safeParse(form.values);
  const back = (text: string, to: string = paths.bulkOperations): Redirect => ({
    to,
    flash: { kind: 'problem', text },
  });
  if (!given.success) return back(bulkCopy.chooseFirst('tenants'));
  // What exactly to set may be what was refused: it stays in the field, and the preview shows the usual.
  const { operation } = given.data;
  const { days: _days, ...parameters } = given.data.parameters;
  const shown = await catchExpected(() => previewPage(context, { ...given.data, parameters }, form));
  return 'problem' in shown
    ? back(shown.problem, hrefOfList(bulkOperations[operation].subject))
    : shown.value;
}

function toRow(of: operations.ListedBulkOperation): BulkRow {
  const { id, operation, parameters, state, total, counts } = of;
  return {
    ...{ id, operation, parameters, state, total, counts },
    startedBy: of.startedByName,
    startedAt: of.startedAt.toISOString(),
  };
}

/** What the viewer may do to an operation now, the gentlest first. */
function actionsFor(
  context: RequestContext,
  of: operations.ListedBulkOperation,
  isOrphaned: boolean,
): BulkAction[] {
  if (!context.can('bulk-operations.run')) return [];
  return (Object.keys(bulkActions) as BulkAction[]).filter((action) => {
    if (!(bulkActions[action] as readonly string[]).includes(of.state)) return false;
    if (action === 'pause') return !isOrphaned;
    if (action === 'resume') return of.state === 'paused' || isOrphaned;
    if (action === 'retry-failed') return countOf(of.counts, failedItemStates) > 0;
    return action !== 'undo' || canUndo(of);
  });
}

async function liveProps(context: RequestContext, id: string): Promise<BulkLiveProps & { version: string }> {
  const { operation, causes } = await readDetail(context, id);
  const { state, doing, reason, pacePerMinute, filter, counts } = operation;
  const run = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    runs.findNewest(tx, operation.workflowId),
  );
  const isOpen = state === 'running' || state === 'paused';
  const isOrphaned =
    isOpen && run !== null && run.closedAt !== null && run.workflowId === operation.workflowId;
  const maySeeRun = context.overview().visibility === 'platform' && context.can('runs.read');
  const shownFilter = filter && Object.entries(filter).map(([name, value]) => `${name}: ${value}`);
  return {
    frame: pageContextOf(context),
    operation: {
      ...toRow(operation),
      ...{ doing, reason, pacePerMinute, filter: shownFilter && shownFilter.join(' · ') },
    },
    leftMs: leftMs(operation),
    causes,
    actions: actionsFor(context, operation, isOrphaned),
    isOrphaned,
    runHref: run && maySeeRun ? paths.run(run.runId) : null,
    version: JSON.stringify([state, doing, counts, isOrphaned]),
  };
}

/** The page of one operation; `refused` opens the dialog of an action again. */
export async function operationPage(
  context: RequestContext,
  id: string,
  asked: Query,
  refused?: { action: BulkAction; state: FormState },
): Promise<VNode> {
  const live = await liveProps(context, id);
  const { items, nextCursor, subject, names } = await readItems(context, id, itemsQuery.parse(asked));
  const rows = items.map(({ itemId, state, code, attempts, changedAt }) => ({
    ...{ id: itemId, name: names.get(itemId) ?? null, state, code, attempts },
    changedAt: changedAt.toISOString(),
  }));
  return BulkOperationPage({
    ...live,
    items: { subject, path: paths.bulkOperation(id), rows, query: asked, nextCursor },
    ...(refused && { refused }),
  });
}

const csvColumns = ['itemId', 'name', 'state', 'code', 'attempts', 'changedAt'];

async function* csvRows(context: RequestContext, id: string, query: z.output<typeof itemsQuery>) {
  const pages = everyPage(async (cursor) => {
    const { items, nextCursor, names } = await readItems(context, id, { ...query, cursor, limit: 200 });
    return { items: items.map((item) => ({ item, name: names.get(item.itemId) ?? null })), nextCursor };
  });
  for await (const page of pages)
    yield page.map(({ item, name }) => [
      item.itemId,
      name,
      item.state,
      item.code,
      item.attempts,
      item.changedAt.toISOString(),
    ]);
}

const access = 'bulk-operations.read';

export const bulkPages = [
  definePage({
    path: paths.bulkOperations,
    access,
    query: listQuery,
    async show(context, { query }) {
      const page = await context.deps.db.inScope(context.scope('platform'), (tx) =>
        operations.list(tx, readerOf(context), { ...query, counted: true }),
      );
      return BulkListPage({
        frame: pageContextOf(context),
        rows: page.items.map(toRow),
        query: queryOf(context, ['operation', 'state', 'cursor']),
        nextCursor: page.nextCursor,
        ...(page.total !== undefined && { total: page.total }),
      });
    },
  }),
  definePage({
    path: paths.newBulkOperation,
    access,
    async show(context) {
      const query = previewQuery.safeParse(context.request.query);
      if (!query.success)
        return { to: paths.bulkOperations, flash: { kind: 'note', text: bulkCopy.empty.text } };
      const { items, filter, operation } = query.data;
      const { subject } = bulkOperations[operation];
      const list = hrefOfList(subject);
      if (items.length === 0 && filter === undefined)
        return { to: list, flash: { kind: 'note', text: bulkCopy.chooseFirst(subject) } };
      const shown = await catchExpected(() => previewPage(context, query.data));
      return 'problem' in shown ? { to: list, flash: { kind: 'problem', text: shown.problem } } : shown.value;
    },
  }),
  definePage({
    path: '/admin/bulk-operations/:operationId',
    access,
    params: operationParams,
    query: itemsQuery,
    show: (context, { params }) =>
      operationPage(context, params.operationId, queryOf(context, ['state', 'code', 'cursor'])),
  }),
  defineRaw({
    path: '/admin/bulk-operations/:operationId/live',
    access,
    params: operationParams,
    serve: (context, { params }) =>
      streamLive(context, async () => {
        const { version, ...props } = await liveProps(context, params.operationId);
        const { state } = props.operation;
        const isOver = state !== 'running' && state !== 'paused';
        return { version, isOver, render: () => BulkOperationLive(props) };
      }),
  }),
  defineRaw({
    path: '/admin/bulk-operations/:operationId/items.csv',
    access,
    whileViewing: 'never',
    params: operationParams,
    async serve(context, { params: { operationId } }) {
      const query = itemsQuery.parse(context.request.query);
      await readDetail(context, operationId);
      await recordExport(context, 'bulk-items.exported', {}, [{ type: 'bulk-operation', id: operationId }]);
      await sendCsv(context, 'bulk-operation-items.csv', csvColumns, csvRows(context, operationId, query));
    },
  }),
];
