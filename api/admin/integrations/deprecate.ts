import { z } from 'zod';
import { reason, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { noticesBefore } from '../../../db/domain/integrations/deprecation.ts';
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
import { day, optionalParam } from '../shared/query.ts';
import { serverAction } from './act.ts';
import { readServer } from './read.ts';
import { serverDetail, serverParams } from './schemas.ts';
import { serverPage } from './view.ts';

const deprecation = z.strictObject({
  /** The day it is retired (YYYY-MM-DD): switched off at the start of that day in UTC. */
  offAt: z.iso.date(deprecateCopy.chooseDay).transform((date) => new Date(`${date}T00:00:00Z`)),
  successor: optionalParam(kebabName),
  notice: optionalParam(text(500)),
  reason,
});
const preview = z.object({
  tenants: z.array(z.object({ tenantId: z.string(), tenantName: z.string() })),
  emails: z.array(z.object({ key: z.string(), at: z.string() })),
});
const planned = z.object({ offAt: day });
/** At most this many tenants are previewed. */
const tenantsShown = 200;

/** Whose owners are emailed before `offAt`, and when; the plan that the process follows. */
async function planOf(context: RequestContext, server: string, offAt: Date | undefined) {
  const { items } = await context.deps.db.inScope(context.overview(), (tx) =>
    tenantsUsing(tx, { server, cursor: undefined, limit: tenantsShown }),
  );
  const nowMs = Date.now();
  const ahead = offAt && offAt.getTime() > nowMs ? noticesBefore(nowMs, offAt.getTime()) : [];
  return {
    tenants: items
      .filter(({ status }) => status !== 'disconnected')
      .map(({ tenantId, tenantName }) => ({ tenantId, tenantName })),
    emails: ahead.map(({ key, atMs }) => ({ key, at: new Date(atMs).toISOString() })),
  };
}

async function deprecate(context: RequestContext, server: string, body: z.output<typeof deprecation>) {
  const { db, processes } = context.deps;
  const { status } = await db.inScope(context.overview(), (tx) => registry.getServer(tx, server));
  if (status === 'deprecated') {
    throw new AppError('request.invalid', { text: deprecateCopy.alreadyDeprecated });
  }
  const { offAt, successor = null, notice = null, reason: why } = body;
  const actor = context.actor();
  const input = { server, successor, offAt: offAt.toISOString(), notice, reason: why, actor };
  const run = await processes.start(deprecateServerContract, input, actor);
  await processes.update(deprecateServerContract, run.workflowId, 'deprecated', null);
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
  shown: { offAt?: string; form?: FormState },
) {
  const offAt = shown.offAt === undefined ? undefined : new Date(`${shown.offAt}T00:00:00Z`);
  const [{ detail }, plan, others] = await Promise.all([
    readServer(context, server),
    planOf(context, server, offAt),
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
    offAt: shown.offAt ?? null,
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
    query: planned,
    response: preview,
    handle: (context, { params, query }) => planOf(context, params.server, query.offAt),
  }),
  definePage({
    path: '/admin/integrations/servers/:server/deprecate',
    access: 'registry.manage',
    params: serverParams,
    query: z.object({ offAt: z.iso.date().optional().catch(undefined) }),
    show: (context, { params, query }) =>
      deprecatePage(context, params.server, query.offAt === undefined ? {} : { offAt: query.offAt }),
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
      const entered = z.iso.date().safeParse(form.values?.['offAt']);
      return deprecatePage(context, server, { form, ...(entered.success && { offAt: entered.data }) });
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
