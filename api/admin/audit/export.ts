import { eventActions } from '../../../db/domain/event.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineRaw } from '../../kit/route.ts';
import { everyPage, recordExport, sendCsv } from '../shared/csv.ts';
import { targetLabel } from '../shared/event-labels.ts';
import { actorLabel } from '../shared/names.ts';
import { type AuditQuery, auditQuery, readEvents } from './read.ts';

const columns = [
  'id',
  'occurredAt',
  'tenantId',
  'tenant',
  'seq',
  'action',
  'actionTitle',
  'outcome',
  'actorType',
  'actorId',
  'actor',
  'impersonatorId',
  'target',
  'targetIds',
  'data',
  'context',
  'hash',
] as const;

const batch = 200;

async function* rows(context: RequestContext, query: AuditQuery) {
  let names: Awaited<ReturnType<typeof readEvents>>['names'] | undefined;
  const pages = everyPage(async (cursor) => {
    const page = await readEvents(context, { ...query, cursor, limit: batch });
    ({ names } = page);
    return page;
  });
  for await (const items of pages) {
    yield items.map((event) => [
      event.id,
      event.occurredAt,
      event.tenantId,
      event.tenantName,
      event.seq,
      event.action,
      eventActions[event.action],
      event.outcome,
      event.actor.type,
      event.actor.id,
      actorLabel(event.actor, event.actorName),
      event.impersonatorId,
      names ? targetLabel(event, names) : '',
      event.targets.map(({ type, id }) => `${type}:${id}`).join(' '),
      JSON.stringify(event.data),
      JSON.stringify(event.context),
      event.hash,
    ]);
  }
}

export const auditExport = [
  defineRaw({
    path: paths.auditCsv,
    access: 'audit.read',
    async serve(context) {
      const query = auditQuery.parse(context.request.query);
      await recordExport(context, 'audit.exported');
      await sendCsv(context, 'audit-log.csv', columns, rows(context, query));
    },
  }),
];
