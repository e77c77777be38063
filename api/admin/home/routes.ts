import { AdminHomePage } from '../../../templates/admin/home/home.tsx';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { byUrgency, collect } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage } from '../../kit/route.ts';

async function read(context: RequestContext, areas: readonly Area[]) {
  await Promise.all(areas.map(async (area) => area.prepare?.(context)));
  return context.deps.db.inScope(context.overview(), async (tx) => ({
    needs: byUrgency(
      await collect(
        context,
        tx,
        areas.map(({ attention }) => attention),
      ),
    ),
    figures: await collect(
      context,
      tx,
      areas.map(({ figures }) => figures),
    ),
    charts: await collect(
      context,
      tx,
      areas.map(({ charts }) => charts),
    ),
  }));
}

/** The home page of administrators: what the given areas contribute to it. */
export const adminHomeArea = (areas: readonly Area[]): Area => ({
  side: 'admin',
  nav: [{ title: 'Home', href: '/admin', icon: 'home', group: '', permission: 'tenants.read' }],
  routes: [
    definePage({
      path: '/admin',
      access: 'tenants.read',
      show: async (context) =>
        AdminHomePage({ frame: pageContextOf(context), ...(await read(context, areas)) }),
    }),
  ],
});
