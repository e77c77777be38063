import { ClientHomePage } from '../../../templates/client/home/home.tsx';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { byUrgency, collect } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage } from '../../kit/route.ts';

async function read(context: RequestContext, areas: readonly Area[]) {
  await Promise.all(areas.map(async (area) => area.prepare?.(context)));
  return context.deps.db.inScope(context.tenant(), async (tx) => ({
    needs: byUrgency(
      await collect(
        context,
        tx,
        areas.map(({ attention }) => attention),
      ),
    ),
    checklist: await collect(
      context,
      tx,
      areas.map(({ checklist }) => checklist),
    ),
    cards: await collect(
      context,
      tx,
      areas.map(({ homeCards }) => homeCards),
    ),
  }));
}

/** The home page of a tenant's people: what the given areas contribute to it. */
export const homeArea = (areas: readonly Area[]): Area => ({
  side: 'client',
  nav: [{ title: 'Home', href: '/app', icon: 'home', group: '', permission: 'workspace.read' }],
  routes: [
    definePage({
      path: '/app',
      access: 'workspace.read',
      async show(context) {
        const { tenant } = context.person();
        const { needs, checklist, cards } = await read(context, areas);
        return ClientHomePage({
          frame: pageContextOf(context),
          businessName: tenant?.name ?? '',
          // During onboarding the setup card says what is next.
          needs: needs.length > 0 || tenant?.status !== 'onboarding' ? needs : null,
          // During onboarding the setup wizard is what to start with.
          checklist: tenant?.status === 'live' ? checklist : [],
          wideCards: cards.filter(({ wide }) => wide).map(({ card }) => card),
          cards: cards.filter(({ wide }) => !wide).map(({ card }) => card),
        });
      },
    }),
  ],
});
