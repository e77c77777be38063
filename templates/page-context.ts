/** What every page gets beside its own props; plain data, made once per request. */
export interface PageContext {
  /** Of the Content-Security-Policy of this answer. */
  nonce: string;
  csrfToken: string;
  /** Path of this page without its query; marks the current entry of the navigation. */
  path: string;
  /** Shown as a badge, such as "development"; empty in production. */
  environment: string;
  brand: { name: string; logoUrl?: string };
  /** Null when signed out. */
  viewer: Viewer | null;
  nav: NavGroup[];
  /** Whether a task the viewer started has ended unseen; marks the bell. */
  news: boolean;
  flash: { kind: 'done' | 'problem' | 'note'; text: string } | null;
  banners: BannerData[];
  /** Whether Ctrl/⌘K opens the command palette. */
  palette: boolean;
}

export interface Viewer {
  name: string;
  email: string;
  roleTitle: string;
  timezone: string;
  language: string;
}

export interface NavGroup {
  /** Heading of the group; empty for the first, unnamed one. */
  group: string;
  items: { title: string; href: string; icon: string; count?: number }[];
}

export interface BannerData {
  kind: 'info' | 'warning' | 'danger';
  text: string;
  /** `href` makes a link, `post` a form that is sent there. */
  action?: { title: string; href?: string; post?: string };
}
