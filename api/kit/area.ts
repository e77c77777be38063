import type { Tx } from '../../db/scope.ts';
import type { Permission } from '../../db/domain/permissions.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import type { NavGroup } from '../../templates/page-context.ts';
import type { Badges, RequestContext } from './context.ts';
import type { Contributions } from './contributions.ts';
import { groupBy } from './group-by.ts';
import type { AnyRoute } from './route.ts';

/** An entry of the navigation, and who sees it. */
export interface NavEntry {
  title: string;
  href: string;
  icon: string;
  group: string;
  permission: Permission;
  /** Shown only while the tenant is in this state, such as the setup wizard until it is done. */
  only?: 'onboarding';
  /** How many items wait there for the viewer; shown beside the title. */
  pendingCount?: (tx: Tx) => Promise<number>;
}

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
export function navigationOf(areas: readonly Area[], context: RequestContext): NavGroup[] {
  return groupBy(entriesOf(areas, context), ({ group }) => group).map(([group, items]) => ({
    group,
    items: items.map(({ title, href, icon }) => ({
      title,
      href,
      icon,
      count: context.badges.pending.get(href) ?? 0,
    })),
  }));
}

/** The counters of a page's frame, read in one transaction. */
export async function readBadges(areas: readonly Area[], context: RequestContext): Promise<Badges> {
  const { principal } = context;
  if (!principal) return context.badges;
  const scope = principal.tenant ? context.tenant() : context.overview();
  return context.deps.db.inScope({ ...scope, readOnly: true }, async (tx) => {
    const counted = entriesOf(areas, context).flatMap(({ href, pendingCount }) =>
      pendingCount ? [pendingCount(tx).then((count) => [href, count] as const)] : [],
    );
    const [pending, hasUnseen] = await Promise.all([
      Promise.all(counted),
      runs.hasEndedSince(tx, principal.userId, context.activitySeenAt()),
    ]);
    return { pending: new Map(pending), hasUnseen };
  });
}
