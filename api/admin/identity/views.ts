import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { viewEnds } from '../../../db/domain/identity/impersonation.ts';
import * as records from '../../../db/repos/identity/view-records.ts';
import * as views from '../../../db/repos/identity/views.ts';
import { viewsCopy } from '../../../templates/admin/identity/view-copy.ts';
import { ViewPage, ViewsPage } from '../../../templates/admin/identity/views.tsx';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { tellView } from '../../kit/view/leave.ts';
import {
  readCertificate,
  readRecord,
  signedCertificate,
  toViewItem,
  viewItem,
} from '../../kit/view/record.ts';
import { optionalParam, paged, pageOf, queryOf } from '../shared/query.ts';

const access = 'views.manage';
const params = z.object({ viewId: z.string().regex(idPattern('impersonation')) });
const query = z.object({
  state: optionalParam(z.enum(['open', 'ended'])),
  admin: optionalParam(z.string().max(60)),
  tenant: optionalParam(z.string().max(60)),
  person: optionalParam(z.string().max(60)),
  ...paged,
});

async function readViews(context: RequestContext, asked: z.output<typeof query>) {
  const { admin: adminId, tenant: tenantId, person: userId, ...rest } = asked;
  return context.deps.db.inScope(context.scope('platform'), async (tx) => ({
    page: await records.list(tx, { ...rest, adminId, tenantId, userId }),
    admins: await records.listAdmins(tx),
  }));
}

async function show(context: RequestContext, id: string, refused?: FormState) {
  const { view, record } = await readRecord(context, id);
  const frame = pageContextOf(context);
  return ViewPage({ frame, record, personId: view.userId, ...(refused && { refused }) });
}

async function revoke(context: RequestContext, id: string, why: string | undefined): Promise<void> {
  const view = await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const found = await records.get(tx, id);
    await views.end(tx, id, 'revoked', why);
    return found;
  });
  tellView(context, view);
}

/** Views of all administrators: the list, each with its record, and their certificates. */
export const viewRoutes = [
  definePage({
    path: paths.views,
    access,
    query,
    async show(context, { query: asked }) {
      const { page, admins } = await readViews(context, asked);
      return ViewsPage({
        frame: pageContextOf(context),
        rows: page.items.map((view) => ({
          id: view.id,
          state: view.endedAt ? ('ended' as const) : ('open' as const),
          personName: view.userName,
          adminName: view.adminName,
          tenantName: view.tenantName,
          reason: view.reason,
          end: view.endReason && viewEnds[view.endReason],
          startedAt: view.startedAt.toISOString(),
        })),
        query: queryOf(context, ['state', 'admin', 'tenant', 'person', 'cursor']),
        admins: admins.map(({ id, name }) => ({ value: id, label: name })),
        nextCursor: page.nextCursor,
      });
    },
  }),
  definePage({
    path: paths.viewEnded,
    access,
    async show(context) {
      const latest = await context.deps.db.inScope(context.scope('platform'), (tx) =>
        records.findLatest(tx, context.person().userId),
      );
      return { to: latest ? paths.view(latest.id) : paths.views };
    },
  }),
  definePage({
    path: '/admin/views/:viewId',
    access,
    params,
    show: (context, { params: { viewId } }) => show(context, viewId),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/impersonations',
    access,
    summary: 'Views of the portal as another person, newest first',
    query,
    response: pageOf(viewItem),
    async handle(context, { query: asked }) {
      const { page } = await readViews(context, asked);
      return { items: page.items.map(toViewItem), nextCursor: page.nextCursor };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/impersonations/:viewId',
    access,
    summary: 'One view as another person',
    params,
    response: viewItem,
    errors: ['view.not-found'],
    handle: async (context, { params: { viewId } }) =>
      toViewItem(await context.deps.db.inScope(context.scope('platform'), (tx) => records.get(tx, viewId))),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/impersonations/:viewId/certificate',
    access,
    summary: 'The signed certificate of a view that has ended, and whether its signature holds',
    params,
    response: signedCertificate,
    errors: ['view.not-found', 'view.not-certified'],
    handle: (context, { params: { viewId } }) => readCertificate(context, viewId),
  }),
  ...defineAction({
    paths: { api: '/api/admin/impersonations/:viewId/revoke', form: '/admin/views/:viewId/revoke' },
    access,
    summary: 'End a view as another person; one that has ended stays as it is',
    params,
    body: z.strictObject({ reason: reason.optional() }),
    formBody: z.strictObject({ reason }),
    response: viewItem,
    errors: ['view.not-found'],
    run: (context, { params: { viewId }, body }) => revoke(context, viewId, body.reason),
    answer: async (context, _result, { viewId }) =>
      toViewItem(await context.deps.db.inScope(context.scope('platform'), (tx) => records.get(tx, viewId))),
    done: () => viewsCopy.revoke.done,
    then: (_result, { params: { viewId } }) => paths.view(viewId),
    rerender: (context, { params: { viewId }, form }) => show(context, viewId, form),
  }),
];
