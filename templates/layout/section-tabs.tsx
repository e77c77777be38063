import type { VNode } from 'preact';
import type { NavItem, PageContext } from '../page-context.ts';
import { Tabs } from '../ui/tabs.tsx';

/** The entry of the navigation that a page belongs to, and the heading of its group. */
export const placeOf = (frame: PageContext): { group: string; item: NavItem } | undefined =>
  frame.nav
    .flatMap(({ group, items }) => items.map((item) => ({ group, item })))
    .find(({ item }) => item.current);

/** The pages that share one entry of the navigation; only on these pages, not below them. */
export function SectionTabs(props: { frame: PageContext }): VNode | null {
  const { frame } = props;
  const item = placeOf(frame)?.item;
  if (!item?.tabs.some(({ href }) => href === frame.path)) return null;
  return (
    <Tabs
      label={item.title}
      tabs={item.tabs.map(({ title, href }) => ({ key: href, title, href }))}
      current={frame.path}
    />
  );
}
