import type { PageContext } from '../../templates/page-context.ts';
import { minuteMs } from '../../db/domain/time.ts';

/** Minutes before now as ISO time; negative lies ahead. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * minuteMs).toISOString();
}
export const hours = 60;
export const days = 24 * hours;

type SampleItem = [title: string, href: string, icon: string, count?: number, ...tabs: [string, string][]];
type SampleGroup = [group: string, ...items: SampleItem[]];

const navOf = (path: string, groups: readonly SampleGroup[]): PageContext['nav'] =>
  groups.map(([group, ...items]) => ({
    group,
    open: true,
    items: items.map(([title, href, icon, count = 0, ...tabs]) => {
      const parts = [[title, href] as const, ...tabs].map((part) => ({ title: part[0], href: part[1] }));
      const current = parts.some((part) => part.href === path || path.startsWith(`${part.href}/`));
      return { title, href, icon, count, current, tabs: tabs.length === 0 ? [] : parts };
    }),
  }));

const signedOut: PageContext = {
  nonce: 'n0nce',
  csrfToken: 'csrf-token-of-the-gallery',
  owner: 'owner-of-the-gallery',
  path: '/',
  environment: 'development',
  brand: { name: 'BizOSaaS' },
  viewer: null,
  nav: [],
  news: false,
  flash: null,
  banners: [],
  view: null,
  palette: false,
};

/** The page context of a signed-out visitor. */
export function publicFrame(path: string): PageContext {
  return { ...signedOut, path };
}

export function adminFrame(path: string, changes: Partial<PageContext> = {}): PageContext {
  return {
    ...signedOut,
    path,
    palette: true,
    viewer: {
      name: 'Ana Torres',
      email: 'ana@bizosaas.example',
      roleTitle: 'Super admin',
      timezone: 'Europe/Madrid',
      language: 'en',
      picture: null,
      isPartner: false,
      businesses: 0,
    },
    nav: navOf(path, [
      ['', ['Home', '/admin', 'home', 4]],
      [
        'Customers',
        ['Tenants', '/admin/tenants', 'building-store', 0, ['Onboarding', '/admin/onboarding']],
        ['People', '/admin/people', 'users'],
      ],
      ['Operations', ['Workflows', '/admin/workflows', 'route', 3]],
      ['Govern', ['Security', '/admin/audit', 'shield-check', 0, ['Data retention', '/admin/retention']]],
    ]),
    ...changes,
  };
}

export function partnerFrame(path: string): PageContext {
  const frame = adminFrame(path);
  return {
    ...frame,
    viewer: frame.viewer && { ...frame.viewer, roleTitle: 'Partner', isPartner: true },
  };
}

export function clientFrame(path: string, changes: Partial<PageContext> = {}): PageContext {
  return {
    ...signedOut,
    path,
    viewer: {
      name: 'Lucía Rivera',
      email: 'lucia@rivera.example',
      roleTitle: 'Owner',
      timezone: 'Europe/Madrid',
      language: 'en',
      picture: null,
      isPartner: false,
      businesses: 2,
    },
    nav: navOf(path, [
      ['', ['Home', '/app', 'home'], ['Setup', '/app/setup', 'list-check']],
      ['Account', ['Team', '/app/team', 'users'], ['Billing', '/app/billing', 'credit-card']],
    ]),
    ...changes,
  };
}
