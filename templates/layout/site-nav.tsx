import type { VNode } from 'preact';
import type { PageContext } from '../page-context.ts';
import { paths } from '../paths.ts';

/** Top right of the public site: prices, and the way in. */
export function SiteNav({ frame }: { frame: PageContext }): VNode {
  const entry = frame.viewer
    ? { href: paths.home, title: 'Your account' }
    : { href: paths.signIn, title: 'Sign in' };
  const links = [{ href: paths.pricing, title: 'Pricing' }, entry];
  return (
    <nav class="bz-site-nav" aria-label="Main">
      {links.map(({ href, title }) => (
        <a href={href} aria-current={frame.path === href ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}

const footerLinks = [
  { href: paths.home, title: 'Overview' },
  { href: paths.pricing, title: 'Pricing' },
  { href: paths.status, title: 'Status' },
  { href: paths.docs, title: 'API documentation' },
  { href: paths.terms, title: 'Terms' },
  { href: paths.privacy, title: 'Privacy' },
  { href: paths.imprint, title: 'Imprint' },
] as const;

/** Below every page for people who are not signed in. */
export function SiteFooter({ frame }: { frame: PageContext }): VNode {
  return (
    <footer class="bz-site-footer">
      <p>{frame.brand.name}</p>
      <nav aria-label="Footer">
        <ul>
          {footerLinks.map(({ href, title }) => (
            <li>
              <a href={href} aria-current={frame.path === href ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
}
