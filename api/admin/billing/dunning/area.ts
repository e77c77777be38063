import { z } from 'zod';
import * as cases from '../../../../db/repos/billing/dunning/cases.ts';
import { CasesPage } from '../../../../templates/admin/billing/dunning/cases.tsx';
import { dunningCopy as copy } from '../../../../templates/admin/billing/dunning/copy.ts';
import { TenantDunning } from '../../../../templates/admin/billing/dunning/tenant-dunning.tsx';
import { paths } from '../../../../templates/paths.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRoute } from '../../../kit/route.ts';
import { paged, pageOf, tenantParams } from '../../shared/query.ts';
import { clockRoute } from '../clock.ts';
import { tenantDunningActions } from './actions.ts';
import { declineClassQuery, dunningPolicyRoutes } from './policies.ts';
import { readTenantDunning } from './read.ts';
import { listedCase, previewedScenario, rowOf, scenariosJson } from './view.ts';

const query = z.object({ ...paged, state: z.enum(['open', 'ended']).catch('open').default('open') });
type CaseQuery = z.output<typeof query>;

async function readCases(context: RequestContext, { state, cursor, limit }: CaseQuery) {
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    cases.listAllCases(tx, { ended: state === 'ended', cursor, limit }),
  );
  return { rows: page.items.map((one) => rowOf(one, one)), nextCursor: page.nextCursor };
}

const readTenant = (
  context: RequestContext,
  tenantId: string,
  declineClass: Parameters<typeof readTenantDunning>[2],
) =>
  context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
    readTenantDunning(tx, tenantId, declineClass),
  );

const preview = defineRoute({
  method: 'GET',
  path: '/api/admin/tenants/:tenantId/dunning/preview',
  access: 'dunning.read',
  params: tenantParams,
  query: declineClassQuery,
  summary: 'What will happen about the overdue invoice of a tenant, or would if its next payment fails',
  response: z.object({ scenarios: z.array(previewedScenario) }),
  errors: ['tenant.not-found'],
  async handle(context, { params: { tenantId }, query: { declineClass } }) {
    const { open, coming } = await readTenant(context, tenantId, declineClass);
    const [first] = open;
    if (first) {
      const amount = { amountMinor: first.about.dueMinor, currency: first.about.currency };
      return { scenarios: scenariosJson(first.scenarios, amount) };
    }
    return { scenarios: coming ? scenariosJson(coming.scenarios, coming.amount) : [] };
  },
});

async function showTenant(
  context: RequestContext,
  tenantId: string,
  refused?: { action: string; state: object },
) {
  const read = await readTenant(context, tenantId, 'insufficientFunds');
  const { tenant, open, ended, coming, policy, own } = read;
  return TenantDunning({
    frame: pageContextOf(context),
    ...{ tenant: { id: tenant.id, name: tenant.name }, policy, own, refused },
    policies: read.policies.map(({ key, title }) => ({ key, title })),
    open: open.map(({ found, about, scenarios }) => ({
      ...rowOf(found, { ...about, tenantName: tenant.name }),
      invoiceId: found.invoiceId,
      tries: found.state.tries,
      done: found.state.done,
      scenarios,
      startMs: found.state.done.at(-1)?.atMs ?? found.startedAt.getTime(),
    })),
    ended: ended.map(({ found, about }) => rowOf(found, { ...about, tenantName: tenant.name })),
    coming: coming && {
      at: coming.at.toISOString(),
      scenarios: coming.scenarios,
      startMs: coming.at.getTime(),
    },
  });
}

/** Overdue invoices: the cases of all tenants, the policies, and the tab of a tenant. */
export const dunningArea: Area = {
  side: 'admin',
  nav: [],
  routes: [
    definePage({
      path: paths.dunning,
      access: 'dunning.read',
      query,
      async show(context, { query: asked }) {
        const { rows, nextCursor } = await readCases(context, asked);
        const ended = asked.state === 'ended';
        const shown = { ...(ended && { state: 'ended' }), cursor: asked.cursor };
        return CasesPage({ frame: pageContextOf(context), rows, ended, query: shown, nextCursor });
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/admin/dunning',
      access: 'dunning.read',
      query,
      summary: 'Overdue invoices that are being collected, or were',
      response: pageOf(listedCase),
      async handle(context, { query: asked }) {
        const { rows, nextCursor } = await readCases(context, asked);
        return { items: rows, nextCursor };
      },
    }),
    preview,
    clockRoute,
    ...dunningPolicyRoutes,
  ],
  tenantTab: {
    key: 'dunning',
    title: copy.title,
    permission: 'dunning.read',
    order: 45,
    show: (context, { line }, { refused }) =>
      showTenant(context, line.id, refused && { action: refused.action, state: refused.form }),
    routes: tenantDunningActions,
  },
};
