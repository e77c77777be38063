import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import { roleTitles } from '../../../db/domain/roles.ts';
import { viewRequest } from '../../../db/domain/identity/impersonation.ts';
import { ViewAsPage } from '../../../templates/admin/identity/view-as.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf, keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { openView, readTarget, startView } from './start-view.ts';

const params = z.object({ userId: z.string().regex(idPattern('user')) });
const access = 'people.view-as';

async function show(context: RequestContext, userId: string, asked: { tenant?: string; form?: FormState }) {
  const { user, tenants } = await readTarget(context, userId);
  return ViewAsPage({
    frame: pageContextOf(context),
    person: { id: userId, name: user.name, email: user.email },
    tenants: tenants.map(({ tenantId, tenantName, role }) => ({
      id: tenantId,
      name: tenantName,
      roleTitle: roleTitles[role],
    })),
    tenantId: asked.tenant,
    requestKey: keptKey(asked.form?.values ?? {}),
    ...(asked.form && { form: asked.form }),
  });
}

/** Starting a view as a person, and opening it. */
export const viewAsRoutes = [
  definePage({
    path: '/admin/people/:userId/view-as',
    access,
    params,
    query: z.object({ tenant: z.string().regex(idPattern('tenant')).optional().catch(undefined) }),
    show: (context, { params: { userId }, query: { tenant } }) =>
      show(context, userId, { ...(tenant && { tenant }) }),
  }),
  defineForm({
    path: '/admin/people/:userId/view-as',
    access,
    stepUp: true,
    params,
    body: viewRequest.extend({ requestKey: idempotencyKey }),
    async submit(context, { params: { userId }, body: { requestKey, ...request } }) {
      const { exchangeToken } = await startView(context, userId, request, requestKey);
      await openView(context, exchangeToken);
      return { to: paths.home };
    },
    again: (context, { params: { userId }, form }) => show(context, userId, { form }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/impersonate/:userId',
    access,
    stepUp: true,
    summary: 'Start viewing the portal as a person; the same Idempotency-Key is the same view',
    params,
    body: viewRequest,
    status: 201,
    response: z.object({ impersonationId: z.string(), expiresAt: z.string(), exchangeToken: z.string() }),
    errors: [
      'user.not-found',
      'view.target-refused',
      'view.support-access-off',
      'view.already-open',
      'service.unavailable',
      'process.timeout',
    ],
    handle: (context, { params: { userId }, body }) =>
      startView(context, userId, body, idempotencyKeyOf(context)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/impersonation/open',
    access,
    summary: 'Open a view within a minute of its start, once; the answer carries its cookie and CSRF token',
    body: z.strictObject({ exchangeToken: z.string().min(20).max(100) }),
    response: z.object({ impersonationId: z.string(), expiresAt: z.string(), csrfToken: z.string() }),
    errors: ['view.not-openable'],
    handle: (context, { body }) => openView(context, body.exchangeToken),
  }),
];
