import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import { supportAccess } from '../../../db/domain/identity/settings.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as records from '../../../db/repos/identity/view-records.ts';
import * as views from '../../../db/repos/identity/views.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import { supportCopy } from '../../../templates/client/identity/copy.ts';
import { SupportAccessPage, SupportViewPage } from '../../../templates/client/identity/support-access.tsx';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { tellView } from '../../kit/view/leave.ts';
import {
  readCertificate,
  readRecord,
  signedCertificate,
  toViewItem,
  viewItem,
} from '../../kit/view/record.ts';
import { paging } from '../../../db/domain/common.ts';

const access = 'support-access.manage';
const params = z.object({ viewId: z.string().regex(idPattern('impersonation')) });
const onOff = z.enum(['on', 'off'], 'Choose on or off.');
const answered = z.object({ access: onOff });

/** Views are the platform's rows: they are read in its reach, and only those of the caller's tenant. */
async function read(context: RequestContext, asked: { cursor?: string | undefined; limit: number }) {
  const { tenantId } = context.tenant();
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const values = (await settings.listOfTenant(tx, tenantId, [supportAccess.key])).get(supportAccess.key);
    return {
      page: await records.list(tx, { ...asked, tenantId }),
      isOn: await settings.resolve(tx, supportAccess, tenantId),
      isOffAbove: values?.platform === false || values?.partner === false,
    };
  });
}

/** Turning it off ends open views in the same transaction. Throws `view.support-access-off` where it is off above. */
async function turn(context: RequestContext, to: 'on' | 'off'): Promise<{ access: 'on' | 'off' }> {
  const { tenantId } = context.tenant();
  const ended = await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    await settings.set(tx, supportAccess, { level: 'tenant', id: tenantId }, to === 'on');
    if (to === 'off') return views.endViewsOf(tx, { tenantId }, 'support-access-off');
    if (!(await settings.resolve(tx, supportAccess, tenantId)))
      throw new AppError('view.support-access-off', { text: supportCopy.offAbove });
    return [];
  });
  for (const id of ended) tellView(context, { id, tenantId });
  return { access: to };
}

/** What the owners of a business see of views as its people, and the switch that allows them. */
export const supportAccessArea: Area = {
  side: 'client',
  nav: [
    {
      title: supportCopy.title,
      href: paths.supportAccess,
      icon: 'shield-check',
      group: 'Account',
      permission: access,
      tabOf: paths.tenantSecurity,
    },
  ],
  routes: [
    definePage({
      path: paths.supportAccess,
      access,
      query: paging.pick({ cursor: true }),
      async show(context, { query: { cursor } }) {
        const { page, ...rest } = await read(context, { cursor, limit: 50 });
        return SupportAccessPage({
          frame: pageContextOf(context),
          ...rest,
          rows: page.items.map((view) => ({
            id: view.id,
            state: view.endedAt ? ('ended' as const) : ('open' as const),
            personName: view.userName,
            adminName: view.adminName,
            reason: view.reason,
            startedAt: view.startedAt.toISOString(),
          })),
          cursor,
          nextCursor: page.nextCursor,
        });
      },
    }),
    definePage({
      path: '/app/support-access/:viewId',
      access,
      params,
      async show(context, { params: { viewId } }) {
        const { record } = await readRecord(context, viewId, context.tenant().tenantId);
        return SupportViewPage({ frame: pageContextOf(context), record });
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/client/support-access',
      access,
      summary: 'Whether support may view the business as its people, and who did',
      query: paging,
      response: z.object({
        access: onOff,
        items: z.array(viewItem),
        nextCursor: z.string().nullable(),
      }),
      async handle(context, { query }) {
        const { page, isOn } = await read(context, query);
        const items = page.items.map(toViewItem);
        return { access: isOn ? ('on' as const) : ('off' as const), items, nextCursor: page.nextCursor };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/client/support-access/:viewId/certificate',
      access,
      summary: 'The signed certificate of a view of this business, and whether its signature holds',
      params,
      response: signedCertificate,
      errors: ['view.not-found', 'view.not-certified'],
      handle: (context, { params: { viewId } }) =>
        readCertificate(context, viewId, context.tenant().tenantId),
    }),
    ...defineAction({
      paths: { api: '/api/client/support-access', form: paths.supportAccess },
      access,
      summary: 'Turn support access on or off; off ends views that are open',
      body: z.strictObject({ access: onOff }),
      response: answered,
      errors: ['view.support-access-off'],
      run: (context, { body }) => turn(context, body.access),
      answer: async (_context, result) => result,
      done: (result) => (result.access === 'on' ? supportCopy.turnedOn : supportCopy.turnedOff),
      then: () => paths.supportAccess,
    }),
  ],
};
