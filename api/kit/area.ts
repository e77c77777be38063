import type { Tx } from '../../db/scope.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import type { NavGroup } from '../../templates/page-context.ts';
import type { Badges, RequestContext } from './context.ts';
import type { Command, Contributions } from './contributions.ts';
import { type NavEntry, navigationFrom } from './navigation.ts';
import type { AnyRoute } from './route.ts';

/** One part of the portal, and what it contributes to pages of others: for administrators and partners, clients, or everyone. */
export interface Area extends Contributions {
  side: 'admin' | 'client' | 'public';
  nav: NavEntry[];
  routes: AnyRoute[];
}

/** The entries the viewer may open. */
function entriesOf(areas: readonly Area[], context: RequestContext): NavEntry[] {
  const { principal } = context;
  if (!principal) return [];
  const side = principal.tenant ? 'client' : 'admin';
  return areas
    .filter((area) => area.side === side)
    .flatMap(({ nav }) => nav)
    .filter(
      ({ permission, only }) => context.can(permission) && (!only || principal.tenant?.status === only),
    );
}

/** The navigation of the viewer. */
export const navigationOf = (areas: readonly Area[], context: RequestContext): NavGroup[] =>
  navigationFrom(entriesOf(areas, context), context);

/** What the viewer may do, as the command palette and the help page offer it. */
export const commandsOf = (areas: readonly Area[], context: RequestContext): Command[] =>
  areas.flatMap((area) => area.commands?.(context) ?? []).filter(({ permission }) => context.can(permission));

/** The counters of a page's frame, read in one transaction. */
export async function readBadges(areas: readonly Area[], context: RequestContext): Promise<Badges> {
  const { principal } = context;
  if (!principal) return context.badges;
  const { db } = context.deps;
  const scope = principal.tenant ? context.tenant() : context.overview();
  const hasEnded = (tx: Tx) => runs.hasEndedSince(tx, principal.userId, context.activitySeenAt());
  // A partner starts runs that belong to the platform, whose rows partners do not reach themselves.
  const isPartner = principal.role === 'partner';
  const [own, hasUnseen] = await Promise.all([
    db.inScope({ ...scope, readOnly: true }, async (tx) => {
      const counted = entriesOf(areas, context).flatMap(({ href, pendingCount }) =>
        pendingCount ? [pendingCount(tx).then((count) => [href, count] as const)] : [],
      );
      const [pending, ended] = await Promise.all([Promise.all(counted), isPartner ? false : hasEnded(tx)]);
      return { pending, ended };
    }),
    isPartner ? db.inScope({ ...context.scope('platform'), readOnly: true }, hasEnded) : false,
  ]);
  return { pending: new Map(own.pending), hasUnseen: own.ended || hasUnseen };
}
