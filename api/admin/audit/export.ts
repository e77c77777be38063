import { z } from 'zod';
import { keysOf } from '../../../db/audit/export-format.ts';
import { eventActions } from '../../../db/domain/event.ts';
import { listKeys } from '../../../db/repos/audit/checkpoints.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineRaw } from '../../kit/route.ts';
import { everyPage, recordExport, sendCsv, sendFile } from '../../kit/csv.ts';
import { targetLabel } from '../shared/event-labels.ts';
import { actorLabel } from '../shared/names.ts';
import { checkpointsFile, jsonlExport } from './export-jsonl.ts';
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

const exportQuery = auditQuery.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') });

export const auditExport = [
  defineRaw({
    path: paths.auditExport,
    access: 'audit.read',
    whileViewing: 'never',
    async serve(context) {
      const { format, ...query } = exportQuery.parse(context.request.query);
      await recordExport(context, 'audit.exported', { format });
      if (format === 'csv') await sendCsv(context, 'audit-log.csv', columns, rows(context, query));
      else
        await sendFile(
          context,
          { name: 'audit-log.jsonl', type: 'application/jsonl' },
          jsonlExport(context, query),
        );
    },
  }),
  defineRaw({
    path: paths.auditCheckpoints,
    access: 'audit.verify',
    async serve(context) {
      await recordExport(context, 'audit.exported', { format: 'checkpoints' });
      const file = { name: 'audit-checkpoints.jsonl', type: 'application/jsonl' };
      await sendFile(context, file, checkpointsFile(context));
    },
  }),
  defineRaw({
    path: paths.auditKey,
    access: 'public',
    async serve(context) {
      const { auditSigner, db } = context.deps;
      const earlier = await db.inScope(context.scope('platform'), listKeys);
      context.response
        .type('application/json')
        .set('cache-control', 'public, max-age=300')
        .send(
          JSON.stringify({
            algorithm: 'Ed25519',
            keyId: auditSigner.keyId,
            keys: keysOf(auditSigner, earlier),
          }),
        );
    },
  }),
];
