import type { Tx } from '../../db/scope.ts';
import type { Permission } from '../../db/domain/permissions.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import type { NavGroup } from '../../templates/page-context.ts';
import type { Badges, RequestContext } from './context.ts';
import { groupBy } from './group-by.ts';
import type { AnyRoute } from './route.ts';

/** Where a part of the portal stands in the navigation, and who sees it there. */
export interface NavEntry {
  title: string;
  href: string;
  icon: string;
  group: string;
  permission: Permission;
  /** Shown only while the tenant is in this state, such as the set-up until it is done. */
  only?: 'onboarding';
  /** How much waits there for people like the one who looks; shown beside the title. */
  pendingCount?: (tx: Tx) => Promise<number>;
}

/** One part of the portal: for the platform's and partners' people, for clients, or for everybody. */
export interface Area {
  side: 'admin' | 'client' | 'public';
  nav: NavEntry[];
  routes: AnyRoute[];
}

/** What whoever looks may open. */
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

/** The navigation of whoever looks. */
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

/** What a page says of other pages, read in one go. */
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
