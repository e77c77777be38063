import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import * as members from '../../../db/repos/people/members.ts';
import { businessesCopy } from '../../../templates/public/people/copy.ts';
import { BusinessesPage } from '../../../templates/public/people/businesses.tsx';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';

/** The businesses the viewer belongs to: across tenants, but only by the viewer's own id. */
async function readOwn(context: RequestContext) {
  const { userId, tenant, role } = context.person();
  if (role === 'superAdmin' || role === 'partner') return [];
  const own = await context.deps.db.inScope(context.scope('platform'), (tx) => members.tenantsOf(tx, userId));
  return own.map((one) => ({
    id: one.tenantId,
    name: one.tenantName,
    role: one.role,
    current: one.tenantId === tenant?.id,
  }));
}

async function switchTo(context: RequestContext, tenantId: string): Promise<{ name: string }> {
  const { userId, sessionId } = context.person();
  await context.deps.db.inScope(context.scope('platform'), (tx) =>
    sessions.switchTenant(tx, { sessionId, userId, tenantId }),
  );
  const own = await readOwn(context);
  return { name: own.find(({ id }) => id === tenantId)?.name ?? tenantId };
}

export const businessRoutes = [
  definePage({
    path: '/businesses',
    access: 'signed-in',
    whileUnpaid: 'always',
    show: async (context) =>
      BusinessesPage({ frame: pageContextOf(context), businesses: await readOwn(context) }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/session/businesses',
    access: 'signed-in',
    whileUnpaid: 'always',
    summary: 'The businesses you belong to, and which one this session works in',
    response: z.object({
      items: z.array(z.object({ id: z.string(), name: z.string(), role: z.string(), current: z.boolean() })),
    }),
    handle: async (context) => ({ items: await readOwn(context) }),
  }),
  ...defineAction({
    paths: { api: '/api/session/businesses/:tenantId/switch', form: '/businesses/:tenantId' },
    access: 'signed-in',
    whileUnpaid: 'always',
    whileViewing: 'never',
    summary: 'Work in another business you belong to; only this session changes',
    params: z.object({ tenantId: z.string().regex(idPattern('tenant')) }),
    response: z.object({ switched: z.literal(true) }),
    errors: ['tenant.not-found', 'session.other-way'],
    run: (context, { params: { tenantId } }) => switchTo(context, tenantId),
    answer: async () => ({ switched: true as const }),
    done: ({ name }) => businessesCopy.switched(name),
    then: () => paths.home,
  }),
];
