import { z } from 'zod';
import { reason, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { noticeKeys, noticesBefore, offAtAfter } from '../../../db/domain/integrations/deprecation.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { tenantsUsing } from '../../../db/repos/integrations/usage.ts';
import { DeprecatePage } from '../../../templates/admin/integrations/deprecate.tsx';
import { workflowId } from '../../../workflows/define.ts';
import { deprecateServerContract } from '../../../workflows/integrations/deprecate-server.contract.ts';
import { deprecateCopy } from '../../../templates/admin/integrations/copy/deprecate.ts';
import { actionsCopy } from '../../../templates/admin/integrations/copy/server.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { optionalParam } from '../shared/query.ts';
import { serverAction } from './act.ts';
import { readServer } from './read.ts';
import { serverDetail, serverParams } from './schemas.ts';
import { serverPage } from './view.ts';

const deprecation = z.strictObject({
  /** The last day it can be used, in every timezone (YYYY-MM-DD). */
  lastDay: z.iso.date(deprecateCopy.chooseDay),
  successor: optionalParam(kebabName),
  notice: optionalParam(text(500)),
  reason,
});
const preview = z.object({
  tenants: z.array(z.object({ tenantId: z.string(), tenantName: z.string() })),
  /** When owners are emailed; `at` is null before a last day is given. */
  emails: z.array(z.object({ key: z.string(), at: z.string().nullable() })),
});
const previewQuery = z.object({ lastDay: z.iso.date().optional() });
/** At most this many tenants are previewed. */
const tenantsShown = 200;

/** Whose owners are emailed about the end after `lastDay`, and when; the plan that the process follows. */
async function planOf(context: RequestContext, server: string, lastDay: string | undefined) {
  const offAt = lastDay === undefined ? undefined : offAtAfter(lastDay);
  const { items } = await context.deps.db.inScope(context.overview(), (tx) =>
    tenantsUsing(tx, { server, cursor: undefined, limit: tenantsShown }),
  );
  const nowMs = Date.now();
  const ahead = offAt && offAt.getTime() > nowMs ? noticesBefore(nowMs, offAt.getTime()) : [];
  const planned = ahead.map(({ key, atMs }) => ({ key, at: new Date(atMs).toISOString() }));
  return {
    tenants: items
      .filter(({ status }) => status !== 'disconnected')
      .map(({ tenantId, tenantName }) => ({ tenantId, tenantName })),
    emails: offAt ? planned : noticeKeys.map((key) => ({ key, at: null })),
  };
}

async function deprecate(context: RequestContext, server: string, body: z.output<typeof deprecation>) {
  const { db, processes } = context.deps;
  const { status } = await db.inScope(context.overview(), (tx) => registry.getServer(tx, server));
  if (status === 'deprecated') {
    throw new AppError('request.invalid', { text: deprecateCopy.alreadyDeprecated });
  }
  const { lastDay, successor = null, notice = null, reason: why } = body;
  const actor = context.actor();
  const offAt = offAtAfter(lastDay).toISOString();
  const input = { server, successor, offAt, notice, reason: why, actor };
  const run = await processes.start(deprecateServerContract, input, actor);
  try {
    await processes.update(deprecateServerContract, run.workflowId, 'deprecated', null);
  } catch (error) {
    throw atLastDay(error);
  }
}

/** What the process says of the moment belongs to the day it was worked out from. */
function atLastDay(error: unknown): unknown {
  if (!(error instanceof AppError) || !error.fields?.['offAt']) return error;
  const { offAt, ...fields } = error.fields;
  return new AppError(error.code, { text: error.message, fields: { ...fields, lastDay: offAt } });
}

/** Asks the process while it runs; after the server was retired, its row is changed directly. */
async function undoDeprecation(
  context: RequestContext,
  server: string,
  body: { reason: string },
): Promise<void> {
  const { db, processes } = context.deps;
  const run = workflowId(PLATFORM_TENANT_ID, deprecateServerContract.name, server);
  await db.inScope(context.overview(), (tx) => registry.getServer(tx, server));
  try {
    await processes.update(deprecateServerContract, run, 'undo', { ...body, by: context.actor() });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'run.ended')) throw error;
    await db.inScope(context.overview(), (tx) => registry.undeprecate(tx, server, body.reason));
  }
}

async function deprecatePage(
  context: RequestContext,
  server: string,
  shown: { lastDay?: string; form?: FormState },
) {
  const [{ detail }, plan, others] = await Promise.all([
    readServer(context, server),
    planOf(context, server, shown.lastDay),
    context.deps.db.inScope(context.overview(), (tx) =>
      registry.listServers(tx, { status: 'available', cursor: undefined, limit: 200 }),
    ),
  ]);
  return DeprecatePage({
    frame: pageContextOf(context),
    server: { name: server, title: detail.title },
    successors: others.items
      .filter(({ name }) => name !== server)
      .map(({ name, title }) => ({ name, title })),
    ...plan,
    lastDay: shown.lastDay ?? null,
    ...(shown.form && { form: shown.form }),
  });
}

const answer = async (context: RequestContext, { server }: { server: string }) =>
  (await readServer(context, server)).detail;
const to = ({ server }: { server: string }) => paths.server(server);
const errors = ['server.not-found', 'server.off', 'run.conflict'];

export const deprecateRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/integrations/servers/:server/deprecate',
    access: 'registry.manage',
    summary: 'Whose owners would be emailed about a deprecation, and when',
    params: serverParams,
    query: previewQuery,
    response: preview,
    handle: (context, { params, query }) => planOf(context, params.server, query.lastDay),
  }),
  definePage({
    path: '/admin/integrations/servers/:server/deprecate',
    access: 'registry.manage',
    params: serverParams,
    query: z.object({ lastDay: z.iso.date().optional().catch(undefined) }),
    show: (context, { params, query: { lastDay } }) =>
      deprecatePage(context, params.server, lastDay === undefined ? {} : { lastDay }),
  }),
  ...serverAction({
    path: '/servers/:server/deprecate',
    summary: 'Deprecate a server: owners are emailed, and it is retired on its date',
    params: serverParams,
    body: deprecation,
    response: serverDetail,
    errors,
    run: (context, { server }, body) => deprecate(context, server, body),
    ...{ answer, to },
    done: deprecateCopy.done,
    again(context, { server }, form) {
      const entered = z.iso.date().safeParse(form.values?.['lastDay']);
      return deprecatePage(context, server, { form, ...(entered.success && { lastDay: entered.data }) });
    },
  }),
  ...serverAction({
    path: '/servers/:server/undo-deprecation',
    summary: 'Undo the deprecation of a server',
    params: serverParams,
    body: z.strictObject({ reason }),
    response: serverDetail,
    errors,
    run: (context, { server }, body) => undoDeprecation(context, server, body),
    ...{ answer, to },
    done: actionsCopy.undoDeprecation.done,
    again: (context, { server }, state) =>
      serverPage(context, server, { rejected: { action: 'undo-deprecation', state } }),
  }),
];
