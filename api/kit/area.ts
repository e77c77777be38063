import type { Permission } from '../../db/domain/permissions.ts';
import type { NavGroup } from '../../templates/layout/frame.ts';
import type { RequestContext } from './context.ts';
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
}

/** One part of the portal: for the platform's and partners' people, for clients, or for everybody. */
export interface Area {
  side: 'admin' | 'client' | 'public';
  nav: NavEntry[];
  routes: AnyRoute[];
}

/** The navigation of whoever looks: only what that person may open. */
export function navigationOf(areas: readonly Area[], context: RequestContext): NavGroup[] {
  const { principal } = context;
  if (!principal) return [];
  const side = principal.tenant ? 'client' : 'admin';
  const entries = areas
    .filter((area) => area.side === side)
    .flatMap(({ nav }) => nav)
    .filter(
      ({ permission, only }) => context.can(permission) && (!only || principal.tenant?.status === only),
    );
  return groupBy(entries, ({ group }) => group).map(([group, items]) => ({
    group,
    items: items.map(({ title, href, icon }) => ({ title, href, icon })),
  }));
}
