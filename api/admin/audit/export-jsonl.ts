import {
  readEventsAfter,
  readEventsAt,
  readHeads,
  readProvedCheckpoints,
  withAllChains,
} from '../../../db/audit/read-export.ts';
import { type ExportWriter, exportWriter, keysOf } from '../../../db/audit/export-format.ts';
import { findLatest, listFrom, listKeys } from '../../../db/repos/audit/checkpoints.ts';
import type { RequestContext } from '../../kit/context.ts';
import { everyPage } from '../../kit/csv.ts';
import { type AuditQuery, filtersOf, readEvents } from './read.ts';

const batch = 500;

/** Checkpoints are the platform's; a file of some tenants gets only what proves their chains. */
const asPlatform = <T>(context: RequestContext, work: Parameters<typeof context.deps.db.inScope<T>>[1]) =>
  context.deps.db.inScope(context.scope('platform'), work);

async function* events(context: RequestContext, writer: ExportWriter, query: AuditQuery) {
  const pages = everyPage((cursor) => readEvents(context, { ...query, cursor, limit: 200 }));
  for await (const page of pages) {
    const found = await context.deps.db.inScope(context.overview(), (tx) => readEventsAt(tx, page));
    yield found.map((event) => writer.event(event)).join('');
  }
}

async function* allCheckpoints(context: RequestContext, writer: ExportWriter, from: number, upTo: number) {
  for (let after = from; after < upTo;) {
    const some = await asPlatform(context, async (tx) => {
      const found = await listFrom(tx, { after, upTo, limit: 100 });
      return Promise.all(found.map((checkpoint) => withAllChains(tx, checkpoint)));
    });
    yield some.map(({ checkpoint, chains }) => writer.checkpoint(checkpoint, chains)).join('');
    after = some.at(-1)?.checkpoint.number ?? upTo;
  }
}

async function* chains(
  context: RequestContext,
  writer: ExportWriter,
  heads: Awaited<ReturnType<typeof readHeads>>,
) {
  for (const head of heads) {
    yield writer.chain(head);
    for (let after = 0; after < head.events;) {
      const { tenantId, events: upTo } = head;
      const some = await context.deps.db.inScope(context.overview(), (tx) =>
        readEventsAfter(tx, { tenantId, after, upTo, limit: batch }),
      );
      yield some.map((event) => writer.event(event)).join('');
      after = some.at(-1)?.seq ?? upTo;
    }
  }
}

async function started(context: RequestContext) {
  const { auditSigner } = context.deps;
  const writer = exportWriter(auditSigner, new Date());
  // The checkpoint is read before the chains, which only grow: they hold everything it sealed.
  const { newest, keys } = await asPlatform(context, async (tx) => ({
    newest: (await findLatest(tx))?.number ?? 0,
    keys: keysOf(auditSigner, await listKeys(tx)),
  }));
  return { writer, newest, keys };
}

/**
 * The log as a file that can be checked alone: whole chains with their checkpoints, of everything within reach or of one
 * tenant; or the entries that match other filters, which prove themselves and not that none is missing.
 */
export async function* jsonlExport(context: RequestContext, query: AuditQuery): AsyncGenerator<string> {
  const { writer, newest, keys } = await started(context);
  const filters = filtersOf(query);
  if (filters.length > 0) {
    yield writer.header({ scope: 'filtered', filters, keys });
    yield* events(context, writer, query);
  } else {
    const heads = await context.deps.db.inScope(context.overview(), (tx) => readHeads(tx, query.tenant));
    const isWhole = context.overview().visibility === 'platform' && !query.tenant;
    yield writer.header({ scope: isWhole ? 'all' : 'tenants', filters: [], keys });
    if (isWhole) yield* allCheckpoints(context, writer, 0, newest);
    else {
      const ids = heads.map(({ tenantId }) => tenantId);
      const proved = await asPlatform(context, (tx) => readProvedCheckpoints(tx, ids, newest));
      for (const one of proved) yield writer.checkpoint(one.checkpoint, one.chains);
    }
    yield* chains(context, writer, heads);
  }
  yield writer.end();
}

const checkpointsKept = 1_000;

/** The newest checkpoints as a file of their own: kept elsewhere, they find a log whose end was removed. */
export async function* checkpointsFile(context: RequestContext): AsyncGenerator<string> {
  const { writer, newest, keys } = await started(context);
  yield writer.header({ scope: 'checkpoints', filters: [], keys });
  yield* allCheckpoints(context, writer, Math.max(0, newest - checkpointsKept), newest);
  yield writer.end();
}
