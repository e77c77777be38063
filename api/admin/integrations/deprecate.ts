import { z } from 'zod';
import { reason, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { noticesBefore } from '../../../db/domain/integrations/deprecation.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { tenantsUsing } from '../../../db/repos/integrations/usage.ts';
import { EndPage } from '../../../templates/admin/integrations/deprecate.tsx';
import { serverPath } from '../../../templates/admin/integrations/servers.tsx';
import { workflowId } from '../../../workflows/define.ts';
import { deprecateServerContract } from '../../../workflows/integrations/deprecate-server.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { day, optionalParam } from '../shared/query.ts';
import { serverAction } from './act.ts';
import { readServer } from './read.ts';
import { serverDetail, serverParams } from './schemas.ts';
import { serverPage } from './view.ts';

const endBody = z.strictObject({
  /** The first day on which it does not work any more; it ends as that day begins in UTC. */
  offAt: z.iso.date('Choose a day.').transform((date) => new Date(`${date}T00:00:00Z`)),
  successor: optionalParam(kebabName),
  notice: optionalParam(text(500)),
  reason,
});
const preview = z.object({
  tenants: z.array(z.object({ tenantId: z.string(), tenantName: z.string() })),
  mails: z.array(z.object({ key: z.string(), at: z.string() })),
});
const planned = z.object({ offAt: day });
/** More tenants than this are counted by whoever pages through the list. */
const tenantsShown = 200;

/** Who is told of the end at that date, and when; the same plan the process follows. */
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
    mails: ahead.map(({ key, atMs }) => ({ key, at: new Date(atMs).toISOString() })),
  };
}

async function announce(context: RequestContext, server: string, body: z.output<typeof endBody>) {
  const { db, processes } = context.deps;
  const { status } = await db.inScope(context.overview(), (tx) => registry.getServer(tx, server));
  if (status === 'deprecated') {
    throw new AppError('request.invalid', { text: 'Its end is announced already. Call it off first.' });
  }
  const { offAt, successor = null, notice = null, reason: why } = body;
  const actor = context.actor();
  const input = { server, successor, offAt: offAt.toISOString(), notice, reason: why, actor };
  const run = await processes.start(deprecateServerContract, input, actor);
  await processes.update(deprecateServerContract, run.workflowId, 'deprecated', null);
}

/** Through the process while it runs; an end that has come is taken back directly. */
async function callOff(context: RequestContext, server: string, body: { reason: string }): Promise<void> {
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

async function endPage(context: RequestContext, server: string, shown: { offAt?: string; form?: FormState }) {
  const offAt = shown.offAt === undefined ? undefined : new Date(`${shown.offAt}T00:00:00Z`);
  const [{ detail }, plan, others] = await Promise.all([
    readServer(context, server),
    planOf(context, server, offAt),
    context.deps.db.inScope(context.overview(), (tx) =>
      registry.listServers(tx, { status: 'available', cursor: undefined, limit: 200 }),
    ),
  ]);
  return EndPage({
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
const to = ({ server }: { server: string }) => serverPath(server);
const errors = ['server.not-found', 'server.off', 'run.conflict'];

export const deprecateRoutes: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/connections/servers/:server/end',
    access: 'registry.manage',
    summary: 'Who would be told of the end of a service, and when',
    params: serverParams,
    query: planned,
    response: preview,
    handle: (context, { params, query }) => planOf(context, params.server, query.offAt),
  }),
  definePage({
    path: '/admin/connections/servers/:server/end',
    access: 'registry.manage',
    params: serverParams,
    query: z.object({ offAt: z.iso.date().optional().catch(undefined) }),
    show: (context, { params, query }) =>
      endPage(context, params.server, query.offAt === undefined ? {} : { offAt: query.offAt }),
  }),
  ...serverAction({
    path: '/servers/:server/end',
    summary: 'Announce the end of a service: owners are told, and it is switched off at its date',
    params: serverParams,
    body: endBody,
    response: serverDetail,
    errors,
    run: (context, { server }, body) => announce(context, server, body),
    ...{ answer, to },
    done: 'The end is announced. The owners who use it are being told.',
    again(context, { server }, form) {
      const typed = z.iso.date().safeParse(form.values?.['offAt']);
      return endPage(context, server, { form, ...(typed.success && { offAt: typed.data }) });
    },
  }),
  ...serverAction({
    path: '/servers/:server/call-off',
    summary: 'Call the end of a service off',
    params: serverParams,
    body: z.strictObject({ reason }),
    response: serverDetail,
    errors,
    run: (context, { server }, body) => callOff(context, server, body),
    ...{ answer, to },
    done: 'The service goes on.',
    again: (context, { server }, state) =>
      serverPage(context, server, { refused: { act: 'call-off', state } }),
  }),
];
