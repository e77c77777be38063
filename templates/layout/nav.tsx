import type { VNode } from 'preact';
import { Icon } from '../ui/icon.tsx';
import { Brand } from './brand.tsx';
import type { PageContext } from '../page-context.ts';
import { paths } from '../paths.ts';

/** The entry whose address is the longest start of this page's path. */
function currentHref(frame: PageContext): string | undefined {
  return frame.nav
    .flatMap((group) => group.items.map((item) => item.href))
    .filter((href) => frame.path === href || frame.path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Left navigation. A popover on narrow screens, so it opens and closes without scripts. */
export function Nav(props: { frame: PageContext }): VNode {
  const { frame } = props;
  const current = currentHref(frame);
  return (
    <nav class="bz-nav" id="nav" popover="auto" aria-label="Main">
      <Brand frame={frame} href={frame.nav[0]?.items[0]?.href ?? paths.home} />
      {frame.nav.map((group, index) => (
        <div class="bz-nav-group">
          {group.group ? (
            <p class="bz-nav-title" id={`nav-${index}`}>
              {group.group}
            </p>
          ) : null}
          <ul aria-labelledby={group.group ? `nav-${index}` : undefined}>
            {group.items.map((item) => (
              <li>
                <a href={item.href} aria-current={item.href === current ? 'page' : undefined}>
                  <Icon name={item.icon} />
                  <span>{item.title}</span>
                  {item.count ? (
                    <span class="bz-nav-count">
                      {item.count > 99 ? '99+' : item.count}
                      <span class="visually-hidden"> waiting</span>
                    </span>
                  ) : null}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
