import type { ComponentChildren, VNode } from 'preact';
import { Flash } from '../ui/notice.tsx';
import { Brand } from './brand.tsx';
import { Document } from './document.tsx';
import type { PageContext } from '../page-context.ts';
import { Banners } from './shell.tsx';
import { SiteFooter } from './site-nav.tsx';
import { ThemeToggle } from './top-bar.tsx';
import { paths } from '../paths.ts';

/** The frame of pages for people who are not signed in: one narrow column. */
export function Bare(props: {
  frame: PageContext;
  title: string;
  /** Top right: the other entry, such as "Sign in" on the sign-up page. */
  aside?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}): VNode {
  const { frame } = props;
  return (
    <Document frame={frame} title={props.title} class="bz-bare">
      <Banners frame={frame} />
      <header class="bz-bare-top">
        <Brand frame={frame} href={paths.home} />
        <span class="bz-top-space" />
        {props.aside}
        {frame.environment ? <span class="bz-environment">{frame.environment}</span> : null}
        <ThemeToggle />
      </header>
      <main id="main" tabIndex={-1} class={props.wide ? 'bz-bare-main bz-bare-wide' : 'bz-bare-main'}>
        <Flash flash={frame.flash} />
        {props.children}
      </main>
      <SiteFooter frame={frame} />
    </Document>
  );
}
