import * as events from '../../../db/repos/audit/events.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { eventActions } from '../../../db/domain/event.ts';
import type { RunStackProps } from '../../../templates/admin/runs/run-panels.tsx';
import type { RefusedWork } from '../../../templates/admin/runs/acts/work-types.ts';
import type { RunTab } from '../../../templates/admin/runs/run-types.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { dataBlocks } from '../../kit/run-view/data.ts';
import { compact } from '../../kit/run-view/groups.ts';
import { type RecordedEvent, readHistoryPage } from '../../kit/run-view/history.ts';
import { baseRunOf } from '../../kit/run-view/reset-points.ts';
import { rawOf, labelOf } from '../../kit/run-view/event-labels.ts';
import { subjectLabel } from '../shared/event-labels.ts';
import { actorLabel, runTitle } from '../shared/names.ts';
import { nullIfUnavailable } from '../shared/null-if-unavailable.ts';
import { readWork } from './acts/work.ts';
import type { RunRead } from './read.ts';

export const runTabs = ['steps', 'work', 'history', 'data', 'related', 'audit', 'stack'] as const;
export const historyViews = ['compact', 'full', 'raw'] as const;
export interface TabQuery {
  tab: (typeof runTabs)[number];
  view: (typeof historyViews)[number];
  cursor?: string | undefined;
  /** Key of the chosen step. */
  step?: string | undefined;
  /** After a refused act on an activity. */
  refused?: RefusedWork;
}

/** Long histories come in parts that keep a page light. */
const partSizes = { compact: 150, full: 40, raw: 10 } as const;

/** Where a part begins: how many events after Temporal's token were shown already, and the token. */
export const historyCursor = /^(\d{1,6})\.([\w-]*)$/;
const cursorOf = (token: string, skip: number) => `${skip}.${token}`;

function openCursor(cursor: string | undefined): { token: string | undefined; skip: number } {
  const [, skip = '0', token = ''] = historyCursor.exec(cursor ?? '') ?? [];
  return { token: token || undefined, skip: Number(skip) };
}

async function historyTab(
  context: RequestContext,
  { row, source }: RunRead,
  { view, cursor }: TabQuery,
): Promise<RunTab> {
  const size = partSizes[view];
  const { token, skip } = openCursor(cursor);
  const page = { size, token };
  const part =
    source === 'temporal'
      ? await nullIfUnavailable(() => readHistoryPage(context.deps.processes, row, page))
      : null;
  if (!part) return { key: 'history', view, events: null, nextCursor: null };
  // Temporal answers with whole batches, which can hold far more than was asked for.
  const recorded = part.events.slice(skip, skip + size);
  const hasMore = part.events.length > skip + size;
  const nextCursor = hasMore
    ? cursorOf(token ?? '', skip + size)
    : part.nextToken && cursorOf(part.nextToken, 0);
  const shown =
    view === 'compact'
      ? compact(recorded)
      : recorded.map((event) => (view === 'raw' ? rawOf(event) : labelOf(event)));
  return { key: 'history', view, events: shown, nextCursor };
}

/** Runs this one started, by the ids its history names. */
function childrenIn(recorded: readonly RecordedEvent[]): string[] {
  return recorded.flatMap(({ type, attributes }) => {
    if (type !== 'ChildWorkflowExecutionStarted') return [];
    const { runId } = (attributes['workflowExecution'] ?? {}) as { runId?: string };
    return runId ? [runId] : [];
  });
}

async function relatedTab(
  context: RequestContext,
  { row, parent, resetTo }: RunRead,
  recorded: readonly RecordedEvent[],
): Promise<RunTab> {
  const children = childrenIn(recorded);
  const others = parent ? [...children, parent.runId] : children;
  const related = await context.deps.db.inScope(context.overview(), (tx) =>
    runs.listRelated(tx, { workflowId: row.workflowId, runId: row.runId, others }),
  );
  const base = baseRunOf(recorded);
  const relationOf = (other: runs.ListedRun) => {
    if (other.runId === resetTo) return 'Continues this run after a reset';
    if (other.runId === base) return 'Reset, and continued by this run';
    if (other.runId === parent?.runId) return 'Started this run';
    if (children.includes(other.runId)) return 'Started by this run';
    return other.startedAt < row.startedAt ? 'The same, earlier' : 'The same, later';
  };
  return {
    key: 'related',
    runs: related.map((other) => ({
      id: other.runId,
      title: runTitle(other.process, other.tenantName),
      relation: relationOf(other),
      state: other.state,
      startedAt: other.startedAt.toISOString(),
    })),
  };
}

async function auditTab(context: RequestContext, { row }: RunRead): Promise<RunTab> {
  const page = await nullIfUnavailable(() =>
    context.deps.db.inScope(context.overview(), (tx) =>
      events.list(tx, { workflowId: row.workflowId, actorType: 'user', limit: 200 }),
    ),
  );
  if (!page) return { key: 'audit', entries: null };
  const { items } = page;
  return {
    key: 'audit',
    entries: items.map((event) => {
      const about = subjectLabel(event);
      const { reason } = event.data;
      return {
        id: event.id,
        at: event.occurredAt,
        who: actorLabel(event.actor, event.actorName),
        what: about ? `${eventActions[event.action]} · ${about}` : eventActions[event.action],
        ...(typeof reason === 'string' && { reason }),
      };
    }),
  };
}

/** The line of code a run is at. */
export async function readStack(
  context: RequestContext,
  row: runs.ListedRun,
): Promise<RunStackProps['stack']> {
  if (row.closedAt) return { state: 'ended' };
  const text = await nullIfUnavailable(() => context.deps.processes.stackTrace(row));
  return text === null ? { state: 'unavailable' } : { state: 'loaded', text };
}

/** What the open tab of a run's page holds. */
export async function readTab(
  context: RequestContext,
  run: RunRead,
  recorded: readonly RecordedEvent[] | null,
  query: TabQuery,
): Promise<RunTab> {
  switch (query.tab) {
    case 'steps':
      return { key: 'steps' };
    case 'work':
      return { key: 'work', items: await readWork(context, run), refused: query.refused };
    case 'history':
      return historyTab(context, run, query);
    case 'data':
      return { key: 'data', blocks: recorded && dataBlocks(recorded) };
    case 'related':
      return relatedTab(context, run, recorded ?? []);
    case 'audit':
      // The log is read with its own permission; without it the tab is empty.
      return context.can('audit.read') ? auditTab(context, run) : { key: 'audit', entries: [] };
    case 'stack': {
      if (run.closedAt !== null) return { key: 'stack', stack: { state: 'ended' } };
      const href = `${paths.run(run.row.runId)}/stack`;
      return {
        key: 'stack',
        stack: run.workerAvailable ? { state: 'pending', href } : { state: 'unavailable' },
      };
    }
  }
}
