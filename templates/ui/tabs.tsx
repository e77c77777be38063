import type { VNode } from 'preact';

export interface Tab {
  key: string;
  title: string;
  href: string;
  count?: number;
}

/** Parts of one page, each with its own address. */
export function Tabs(props: { label: string; tabs: readonly Tab[]; current: string }): VNode {
  return (
    <nav class="bz-tabs" aria-label={props.label}>
      <ul>
        {props.tabs.map((tab) => (
          <li>
            <a href={tab.href} aria-current={tab.key === props.current ? 'page' : undefined}>
              {tab.title}
              {tab.count === undefined ? null : <span class="bz-tab-count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
