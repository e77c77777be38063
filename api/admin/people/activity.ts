import { z } from 'zod';
import { actionsOfKind, type EventAction, eventActions } from '../../../db/domain/event.ts';
import { dayMs } from '../../../db/domain/time.ts';
import * as activity from '../../../db/repos/audit/person-activity.ts';
import * as people from '../../../db/repos/people/people.ts';
import { Activity, type ActivityItem } from '../../../templates/admin/people/activity.tsx';
import { activityCopy } from '../../../templates/admin/people/copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { PersonTab } from '../../kit/contributions.ts';
import { defineRaw, defineRoute } from '../../kit/route.ts';
import { everyPage, recordExport, sendCsv, sendFile } from '../../kit/csv.ts';
import { subjectLabel } from '../shared/event-labels.ts';
import { actorLabel } from '../shared/names.ts';
import { day, optionalParam, paged, pageOf, queryOf } from '../shared/query.ts';
import { personParams as params } from './person-page.ts';

const onPage = 50;
const batch = 200;

const activityQuery = z.object({
  action: optionalParam(z.string().refine((kind) => actionsOfKind(kind).length > 0, 'Choose from the list.')),
  from: day,
  to: day,
  ...paged,
});
type ActivityQuery = z.output<typeof activityQuery>;

const item = z.object({
  id: z.string(),
  occurredAt: z.string(),
  action: z.string(),
  outcome: z.string(),
  /** How the person is part of it: who did it, whom it was done to, or as whom an administrator did it. */
  part: z.enum(['by', 'for', 'as']),
  actor: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  impersonator: z.object({ id: z.string(), name: z.string() }).nullable(),
  tenantId: z.string(),
  tenantName: z.string().nullable(),
  targets: z.array(z.object({ type: z.string(), id: z.string() })),
  data: z.record(z.string(), z.unknown()),
  workflowId: z.string().nullable(),
});

function toItem(event: activity.PersonEvent, userId: string): z.input<typeof item> {
  const { actor, impersonatorId, context } = event;
  return {
    id: event.id,
    occurredAt: event.occurredAt,
    action: event.action,
    outcome: event.outcome,
    part: actor.id === userId ? (impersonatorId ? 'as' : 'by') : impersonatorId === userId ? 'by' : 'for',
    actor: { ...actor, name: actorLabel(actor, event.actorName) },
    impersonator: impersonatorId
      ? { id: impersonatorId, name: event.impersonatorName ?? 'A former user' }
      : null,
    tenantId: event.tenantId,
    tenantName: event.tenantName,
    targets: event.targets,
    data: event.data,
    workflowId: context.workflowId ?? null,
  };
}

/** Activity within the viewer's reach. Throws `user.not-found` for a person out of it. */
async function read(context: RequestContext, userId: string, query: ActivityQuery) {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    await people.get(tx, userId);
    // The last day counts as a whole.
    const to = query.to && new Date(query.to.getTime() + dayMs);
    return activity.list(tx, {
      ...query,
      ...(query.action && { actions: actionsOfKind(query.action) }),
      to,
      userId,
    });
  });
}

function toShown(event: activity.PersonEvent, userId: string): ActivityItem {
  const { part, actor, impersonator } = toItem(event, userId);
  const { reason } = event.data;
  return {
    at: event.occurredAt,
    action: event.action,
    outcome: event.outcome,
    text: [
      part === 'for' ? activityCopy.by(actor.name) : null,
      part === 'by' && event.actor.id !== userId ? activityCopy.asOther(actor.name) : null,
      impersonator && impersonator.id !== userId ? activityCopy.via(impersonator.name) : null,
      subjectLabel(event),
      typeof reason === 'string' ? `“${reason}”` : null,
      event.tenantName,
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

const columns = [
  'id',
  'occurredAt',
  'action',
  'actionTitle',
  'outcome',
  'part',
  'actorType',
  'actorId',
  'actor',
  'impersonatorId',
  'impersonator',
  'tenantId',
  'tenant',
  'targets',
  'data',
  'workflowId',
] as const;

const toCells = (one: z.input<typeof item>) => [
  one.id,
  one.occurredAt,
  one.action,
  eventActions[one.action as EventAction],
  one.outcome,
  one.part,
  one.actor.type,
  one.actor.id,
  one.actor.name,
  one.impersonator?.id ?? '',
  one.impersonator?.name ?? '',
  one.tenantId,
  one.tenantName ?? '',
  one.targets.map(({ type, id }) => `${type}:${id}`).join(' '),
  JSON.stringify(one.data),
  one.workflowId ?? '',
];

async function* batches(context: RequestContext, userId: string, query: ActivityQuery) {
  const pages = everyPage((cursor) => read(context, userId, { ...query, cursor, limit: batch }));
  for await (const items of pages) yield items.map((event) => toItem(event, userId));
}

async function* cellsOf(given: AsyncIterable<z.input<typeof item>[]>) {
  for await (const items of given) yield items.map(toCells);
}

async function* lines(given: AsyncIterable<z.input<typeof item>[]>): AsyncGenerator<string> {
  for await (const items of given) yield items.map((one) => `${JSON.stringify(one)}\n`).join('');
}

const file = (format: 'csv' | 'jsonl') =>
  defineRaw({
    path: `/admin/people/:userId/activity.${format}`,
    access: 'people.read',
    whileViewing: 'never',
    params,
    async serve(context, { params: { userId } }) {
      const query = activityQuery.parse(context.request.query);
      await context.deps.db.inScope(context.overview(), (tx) => people.get(tx, userId));
      await recordExport(context, 'person.activity-exported', {}, [{ type: 'user', id: userId }]);
      const found = batches(context, userId, query);
      const name = `activity-${userId}.${format}`;
      if (format === 'csv') return sendCsv(context, name, columns, cellsOf(found));
      return sendFile(context, { name, type: 'application/x-ndjson' }, lines(found));
    },
  });

/** Everything done by, for or as a person. */
export const activityTab: PersonTab = {
  key: 'activity',
  title: activityCopy.title,
  permission: 'people.read',
  order: 10,
  async show(context, { id: userId }, asked) {
    const { cursor, from, to } = asked;
    const actions = asked.action ? actionsOfKind(asked.action) : undefined;
    const page = await context.deps.db.inScope(context.overview(), (tx) =>
      activity.list(tx, { userId, actions, from, to, cursor, limit: onPage }),
    );
    return Activity({
      userId,
      items: page.items.map((event) => toShown(event, userId)),
      query: { tab: 'activity', ...queryOf(context, ['action', 'from', 'to', 'cursor']) },
      nextCursor: page.nextCursor,
    });
  },
  routes: () => [
    defineRoute({
      method: 'GET',
      path: '/api/admin/people/:userId/activity',
      access: 'people.read',
      summary: 'Everything done by, for or as a person, the newest first',
      params,
      query: activityQuery,
      response: pageOf(item),
      errors: ['user.not-found'],
      async handle(context, { params: { userId }, query }) {
        const { items, nextCursor } = await read(context, userId, query);
        return { items: items.map((event) => toItem(event, userId)), nextCursor };
      },
    }),
    file('csv'),
    file('jsonl'),
  ],
};
