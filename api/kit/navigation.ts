import type { Permission } from '../../db/domain/permissions.ts';
import type { Tx } from '../../db/scope.ts';
import type { NavGroup, NavItem } from '../../templates/page-context.ts';
import type { RequestContext } from './context.ts';
import { readCookie } from './cookies.ts';
import { groupBy } from '../../db/domain/group-by.ts';

/** Headings of the navigation in their order; entries without one come first. */
const groups = ['', 'Customers', 'Operations', 'Product', 'Govern', 'Automation', 'Account'] as const;

/** So many entries are all shown; with more of them, groups are folded until someone opens them. */
const unfoldedEntries = 8;

/** The cookie that `nav-groups.js` writes: headings of the groups that the person left open, divided by dots. */
export const openGroupsCookie = 'nav-open';

/** An entry of the navigation, and who sees it. */
export interface NavEntry {
  title: string;
  /** What partners read instead. */
  partnerTitle?: string;
  href: string;
  icon: string;
  group: (typeof groups)[number];
  permission: Permission;
  /** Address of the entry whose tab this is. Without permission for that one, it is an entry of its own. */
  tabOf?: string;
  /** Other addresses that belong to it. */
  also?: readonly string[];
  /** What it is called as a tab, where that differs from the title. */
  tabTitle?: string;
  /** Shown only while the tenant is in this state, such as the setup wizard until it is done. */
  only?: 'onboarding';
  /** How many items wait there for the viewer; shown beside the title. */
  pendingCount?: (tx: Tx) => Promise<number>;
}

/** Whether a path belongs to an address: the address itself, or one below it. */
const isWithin = (path: string, href: string) => path === href || path.startsWith(`${href}/`);

/** The address of an entry or tab that a page belongs to: the longest start of its path. */
function currentHref(entries: readonly NavEntry[], path: string): string | undefined {
  return entries
    .flatMap(({ href, also = [] }) => [href, ...also].map((address) => ({ href, address })))
    .filter(({ address }) => isWithin(path, address))
    .sort((a, b) => b.address.length - a.address.length)[0]?.href;
}

/**
 * The navigation of a page: groups in their order with their entries, and the tabs of each entry.
 *
 * @param entries those the viewer may open
 */
export function navigationFrom(entries: readonly NavEntry[], context: RequestContext): NavGroup[] {
  const current = currentHref(entries, context.request.path);
  const mayOpen = new Set(entries.map(({ href }) => href));
  const isTab = ({ tabOf }: NavEntry) => tabOf !== undefined && mayOpen.has(tabOf);
  const roots = entries.filter((entry) => !isTab(entry));

  const isPartner = context.principal?.role === 'partner';
  const titleOf = ({ title, partnerTitle }: NavEntry) => (isPartner && partnerTitle) || title;
  const itemOf = (entry: NavEntry): NavItem => {
    const parts = [entry, ...entries.filter(({ tabOf }) => tabOf === entry.href)];
    return {
      title: titleOf(entry),
      href: entry.href,
      icon: entry.icon,
      count: parts.reduce((sum, { href }) => sum + (context.badges.pending.get(href) ?? 0), 0),
      current: parts.some(({ href }) => href === current),
      tabs:
        parts.length === 1
          ? []
          : parts.map((part) => ({ title: part.tabTitle ?? titleOf(part), href: part.href })),
    };
  };

  const leftOpen = readCookie(context.request.headers.cookie, openGroupsCookie)?.split('.');
  const sorted = [...roots].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  return groupBy(sorted, ({ group }) => group).map(([group, found]) => {
    const items = found.map(itemOf);
    const isOpen = leftOpen?.includes(group) ?? roots.length <= unfoldedEntries;
    return { group, items, open: group === '' || isOpen || items.some((item) => item.current) };
  });
}
