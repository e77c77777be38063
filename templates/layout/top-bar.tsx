import type { VNode } from 'preact';
import { PostButton } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { loadWhenOpened } from '../ui/live.ts';
import type { PageContext, Viewer } from '../page-context.ts';

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => word?.slice(0, 1) ?? '').join('');
}

/** Switches light and dark. Hidden until scripts can do it; without them the device's setting counts. */
export function ThemeToggle(): VNode {
  return (
    <button
      type="button"
      class="bz-icon-button"
      data-theme-toggle
      aria-label="Switch between light and dark"
      hidden
    >
      <Icon name="sun" class="bz-when-dark" />
      <Icon name="moon" class="bz-when-light" />
    </button>
  );
}

function AccountMenu(props: { frame: PageContext; viewer: Viewer }): VNode {
  const { frame, viewer } = props;
  return (
    <details class="bz-menu bz-account" data-menu>
      <summary aria-label={`Account of ${viewer.name}`}>
        <span class="bz-avatar" aria-hidden="true">
          {initials(viewer.name)}
        </span>
      </summary>
      <div class="bz-menu-panel">
        <p class="bz-menu-who">
          <strong>{viewer.name}</strong>
          <span>{viewer.email}</span>
          <span>
            {viewer.roleTitle} · {viewer.timezone.replaceAll('_', ' ')}
          </span>
        </p>
        <PostButton frame={frame} action="/sign-out">
          <button type="submit" class="bz-menu-item">
            <Icon name="logout" />
            Sign out
          </button>
        </PostButton>
      </div>
    </details>
  );
}

/** What this person set going lately; asked for when it is opened. Without scripts it leads to the page. */
function Bell(props: { news: boolean }): VNode {
  const { news } = props;
  return (
    <details class="bz-menu bz-bell" data-menu>
      <summary
        class={news ? 'bz-icon-button bz-news' : 'bz-icon-button'}
        aria-label={news ? 'Your activity: something has ended' : 'Your activity'}
      >
        <Icon name="bell" />
      </summary>
      <div class="bz-menu-panel">
        <div {...loadWhenOpened('/activity?limit=6', 'own-runs')} aria-live="polite" />
        <a class="bz-menu-item" href="/activity">
          <Icon name="history" />
          All your activity
        </a>
      </div>
    </details>
  );
}

/** Search, environment, account. */
export function TopBar(props: { frame: PageContext }): VNode {
  const { frame } = props;
  return (
    <header class="bz-top">
      <button
        type="button"
        class="bz-icon-button bz-nav-open"
        popovertarget="nav"
        aria-label="Open the navigation"
      >
        <Icon name="menu-2" />
      </button>
      {frame.palette ? (
        <button type="button" class="bz-top-search" data-palette hidden>
          <Icon name="search" />
          <span>Search or jump to…</span>
          <kbd>Ctrl K</kbd>
        </button>
      ) : null}
      <span class="bz-top-space" />
      {frame.environment ? <span class="bz-environment">{frame.environment}</span> : null}
      <ThemeToggle />
      {frame.viewer ? <Bell news={frame.news} /> : null}
      {frame.viewer ? <AccountMenu frame={frame} viewer={frame.viewer} /> : null}
    </header>
  );
}
