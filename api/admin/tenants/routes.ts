import { z } from 'zod';
import { paths, withQuery } from '../../../templates/paths.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { optionalParam, catchExpected, pageOf, tenantParams } from '../shared/query.ts';
import { act, actionBodies, doneMessages, type OnboardingAction, onboardingActions } from './actions.ts';
import { bulkRoutes } from './bulk.ts';
import { connectionTestRoutes } from './connection-tests.ts';
import { readTenants, tenantsPage } from './list.ts';
import { readOnboarding } from './onboarding.ts';
import { readTenant } from './read.ts';
import * as shapes from './schemas.ts';
import { type Refused, tenantPage, tenantTabs } from './view.ts';
import { viewRoutes } from './views.ts';

async function readDetail(context: RequestContext, tenantId: string) {
  const read = await readTenant(context, tenantId);
  return shapes.toDetail(read, await readOnboarding(context, read.line));
}

const api = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/tenants',
    access: 'tenants.read',
    summary: 'Tenants with plan, state, set-up step, revenue and open problems',
    query: shapes.tenantQuery,
    response: pageOf(shapes.tenantItem),
    async handle(context, { query }) {
      const { items, nextCursor } = await readTenants(context, query);
      return { items: items.map(shapes.toItem), nextCursor };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/tenants/:tenantId',
    access: 'tenants.read',
    summary: 'One tenant: plan, people and how far its set-up is',
    params: tenantParams,
    response: shapes.tenantDetail,
    errors: ['tenant.not-found'],
    handle: (context, { params }) => readDetail(context, params.tenantId),
  }),
  ...onboardingActions.map((action) =>
    defineRoute({
      method: 'POST',
      path: `/api/admin/tenants/:tenantId/onboarding/${action}`,
      access: 'tenants.support',
      summary: `Help with the set-up: ${action}`,
      params: tenantParams,
      body: actionBodies[action],
      response: shapes.onboardingShape.nullable(),
      errors: ['tenant.not-found', 'run.ended', 'step.not-open', 'step.not-skippable'],
      async handle(context, { params, body }) {
        await act(context, params.tenantId, action, body);
        return (await readDetail(context, params.tenantId)).onboarding;
      },
    }),
  ),
];

const pages = [
  definePage({
    path: '/admin/tenants',
    access: 'tenants.read',
    query: shapes.tenantQuery,
    show: (context) => tenantsPage(context, context.request.query),
  }),
  definePage({
    path: '/admin/tenants/:tenantId',
    access: 'tenants.read',
    params: tenantParams,
    query: z.object({
      tab: z.enum(tenantTabs).catch('overview'),
      cursor: optionalParam(z.string().max(500)),
    }),
    show: (context, { params, query }) => tenantPage(context, params.tenantId, query),
  }),
];

const onboardingTab = (tenantId: string) => withQuery(paths.tenant(tenantId), { tab: 'onboarding' });

/** A refused act opens its dialog again; a reminder has none, so it is told on the page. */
const forms = [
  ...(['extend', 'retry', 'skip', 'complete'] as const satisfies OnboardingAction[]).map((action) =>
    defineForm({
      path: `/admin/tenants/:tenantId/onboarding/${action}`,
      access: 'tenants.support',
      params: tenantParams,
      body: actionBodies[action],
      async submit(context, { params, body }) {
        await act(context, params.tenantId, action, body);
        return { to: onboardingTab(params.tenantId), flash: { kind: 'done', text: doneMessages[action] } };
      },
      again(context, { params, form }) {
        const { step } = form.values;
        const refused = { kind: action, ...(action !== 'extend' && { step }), state: form } as Refused;
        return tenantPage(context, params.tenantId, { tab: 'onboarding', refused });
      },
    }),
  ),
  defineForm({
    path: '/admin/tenants/:tenantId/onboarding/remind',
    access: 'tenants.support',
    params: tenantParams,
    body: actionBodies.remind,
    async submit(context, { params, body }) {
      const done = await catchExpected(() => act(context, params.tenantId, 'remind', body));
      const flash =
        'problem' in done
          ? { kind: 'problem' as const, text: done.problem }
          : { kind: 'done' as const, text: doneMessages.remind };
      return { to: onboardingTab(params.tenantId), flash };
    },
  }),
];

export const tenantsArea: Area = {
  side: 'admin',
  nav: [
    {
      title: 'Tenants',
      href: '/admin/tenants',
      icon: 'building-store',
      group: 'Customers',
      permission: 'tenants.read',
    },
  ],
  routes: [...bulkRoutes, ...viewRoutes, ...api, ...pages, ...forms, ...connectionTestRoutes],
};
