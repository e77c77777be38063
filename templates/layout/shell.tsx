import type { ComponentChildren, VNode } from 'preact';
import { Banner, Flash } from '../ui/notice.tsx';
import { Document } from './document.tsx';
import type { PageContext } from '../page-context.ts';
import { Nav } from './nav.tsx';
import { Section } from '../ui/section.tsx';
import { placeOf, SectionTabs } from './section-tabs.tsx';
import { ShortcutsDialog } from './shortcuts.tsx';
import { TopBar } from './top-bar.tsx';
import { ViewBanner } from './view-banner.tsx';

export function Banners(props: { frame: PageContext }): VNode | null {
  const { frame } = props;
  if (frame.banners.length === 0 && !frame.view) return null;
  return (
    <aside aria-label="Important" class={frame.view ? 'bz-banners bz-banners-view' : 'bz-banners'}>
      <ViewBanner frame={frame} />
      {frame.banners.map((banner) => (
        <Banner banner={banner} />
      ))}
    </aside>
  );
}

/** The frame of signed-in people. `wide` is for lists and the run page. */
export function Shell(props: {
  frame: PageContext;
  title: string;
  wide?: boolean;
  children: ComponentChildren;
}): VNode {
  const { frame } = props;
  return (
    <Document frame={frame} title={props.title}>
      <Banners frame={frame} />
      <div class="bz-shell">
        <Nav frame={frame} />
        <div class="bz-column">
          <TopBar frame={frame} />
          <main id="main" tabIndex={-1} class={props.wide ? 'bz-main bz-wide' : 'bz-main'}>
            <Flash flash={frame.flash} />
            <SectionTabs frame={frame} />
            <Section group={placeOf(frame)?.group ?? ''}>{props.children}</Section>
          </main>
        </div>
      </div>
      <ShortcutsDialog />
    </Document>
  );
}
