import type { VNode } from 'preact';
import { Avatar } from '../ui/avatar.tsx';
import { PostButton } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { loadWhenOpened } from '../ui/live.ts';
import type { PageContext, Viewer } from '../page-context.ts';
import { paths, withQuery } from '../paths.ts';

/** Switches light and dark. Hidden until scripts run; without them the device's setting applies. */
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
        <Avatar name={viewer.name} picture={viewer.picture} />
      </summary>
      <div class="bz-menu-panel">
        <p class="bz-menu-who">
          <strong>{viewer.name}</strong>
          <span>{viewer.email}</span>
          <span>
            {viewer.roleTitle} · {viewer.timezone.replaceAll('_', ' ')}
          </span>
        </p>
        <a class="bz-menu-item" href={paths.profile}>
          <Icon name="user" />
          Profile
        </a>
        <a class="bz-menu-item" href={paths.accountSecurity}>
          <Icon name="shield-lock" />
          Password and devices
        </a>
        {viewer.businesses > 1 ? (
          <a class="bz-menu-item" href={paths.businesses}>
            <Icon name="building-store" />
            Switch business
          </a>
        ) : null}
        <PostButton frame={frame} action={paths.signOut}>
          <button type="submit" class="bz-menu-item">
            <Icon name="logout" />
            Sign out
          </button>
        </PostButton>
      </div>
    </details>
  );
}

/** The viewer's recent tasks, loaded when opened. Without scripts it links to the page. */
function Bell(props: { news: boolean }): VNode {
  const { news } = props;
  return (
    <details class="bz-menu bz-bell" data-menu>
      <summary
        class={news ? 'bz-icon-button bz-news' : 'bz-icon-button'}
        aria-label={news ? 'Your activity: a task has ended' : 'Your activity'}
      >
        <Icon name="bell" />
      </summary>
      <div class="bz-menu-panel">
        <div {...loadWhenOpened(withQuery(paths.activity, { limit: '6' }), 'own-runs')} aria-live="polite" />
        <a class="bz-menu-item" href={paths.activity}>
          <Icon name="history" />
          View all activity
        </a>
      </div>
    </details>
  );
}

/** Search, environment badge, theme, activity and account. */
export function TopBar(props: { frame: PageContext }): VNode {
  const { frame } = props;
  return (
    <header class="bz-top">
      <button
        type="button"
        class="bz-icon-button bz-nav-open"
        popovertarget="nav"
        aria-label="Open navigation"
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
