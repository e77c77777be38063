/** What every page gets beside its own props; plain data, made once per request. */
export interface PageContext {
  /** Of the Content-Security-Policy of this answer. */
  nonce: string;
  csrfToken: string;
  /** Names whose page this is, also when the session has ended; empty when signed out. */
  owner: string;
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
  /** `run`: the id of a run that the message follows to its end. */
  flash: { kind: 'done' | 'problem' | 'note'; text: string; run?: string } | null;
  banners: BannerData[];
  /** Set while an administrator views the portal as the viewer. */
  view: { adminName: string; mode: 'read' | 'change'; expiresAt: string } | null;
  /** Whether Ctrl/⌘K opens the command palette. */
  palette: boolean;
}

export interface Viewer {
  name: string;
  email: string;
  roleTitle: string;
  timezone: string;
  language: string;
  /** Address of the picture; null without one. */
  picture: string | null;
  /** Whether the person works for a partner: its tenants are "your clients", and nothing of the platform is shown. */
  isPartner: boolean;
  /** How many businesses the person belongs to; more than one offers to switch. */
  businesses: number;
}

export interface NavGroup {
  /** Heading of the group; empty for the first, unnamed one, which has no heading to fold it by. */
  group: string;
  /** Whether its entries are shown at first. */
  open: boolean;
  items: NavItem[];
}

export interface NavItem {
  title: string;
  href: string;
  icon: string;
  /** How many items wait there for the viewer; 0 shows nothing. */
  count: number;
  /** Whether this page is there, or below. */
  current: boolean;
  /** The pages it consists of, itself first; empty where it is one page. */
  tabs: { title: string; href: string }[];
}

export interface BannerData {
  kind: 'info' | 'warning' | 'danger';
  text: string;
  action?: { title: string; href: string };
}
