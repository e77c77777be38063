import type { VNode } from 'preact';
import { Icon } from '../ui/icon.tsx';
import { Brand } from './brand.tsx';
import type { NavGroup, NavItem, PageContext } from '../page-context.ts';
import { paths } from '../paths.ts';

function Count(props: { of: number }): VNode | null {
  if (!props.of) return null;
  return (
    <span class="bz-nav-count">
      {props.of > 99 ? '99+' : props.of}
      <span class="visually-hidden"> waiting</span>
    </span>
  );
}

function Entry(props: { item: NavItem; path: string }): VNode {
  const { item, path } = props;
  const isHere = item.href === path;
  return (
    <li>
      <a href={item.href} aria-current={isHere ? 'page' : item.current ? 'true' : undefined}>
        <Icon name={item.icon} />
        <span>{item.title}</span>
        <Count of={item.count} />
      </a>
    </li>
  );
}

/** Entries under their heading, which folds them; works without scripts. */
function Group(props: { group: NavGroup; path: string }): VNode {
  const { group, items, open } = props.group;
  const entries = (
    <ul>
      {items.map((item) => (
        <Entry item={item} path={props.path} />
      ))}
    </ul>
  );
  if (!group) return <div class="bz-nav-group">{entries}</div>;
  return (
    <details class="bz-nav-group" open={open} data-nav-group={group}>
      <summary class="bz-nav-title">
        <span>{group}</span>
        <Count of={items.reduce((sum, { count }) => sum + count, 0)} />
        <Icon name="chevron-down" />
      </summary>
      {entries}
    </details>
  );
}

/** Left navigation. A popover on narrow screens, so it opens and closes without scripts. */
export function Nav(props: { frame: PageContext }): VNode {
  const { frame } = props;
  return (
    <nav class="bz-nav" id="nav" popover="auto" aria-label="Main">
      <Brand frame={frame} href={frame.nav[0]?.items[0]?.href ?? paths.home} />
      {frame.nav.map((group) => (
        <Group group={group} path={frame.path} />
      ))}
      <ul class="bz-nav-foot">
        <li>
          <a href={paths.help} aria-current={frame.path === paths.help ? 'page' : undefined}>
            <Icon name="lifebuoy" />
            <span>Help</span>
          </a>
        </li>
      </ul>
    </nav>
  );
}
