import type { PageContext } from '../../templates/page-context.ts';

/** Minutes before now as ISO time; negative lies ahead. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}
export const hours = 60;
export const days = 24 * hours;

const signedOut: PageContext = {
  nonce: 'n0nce',
  csrfToken: 'csrf-token-of-the-gallery',
  path: '/',
  environment: 'development',
  brand: { name: 'BizOSaaS' },
  viewer: null,
  nav: [],
  news: false,
  flash: null,
  banners: [],
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
    },
    nav: [
      { group: '', items: [{ title: 'Home', href: '/admin', icon: 'home', count: 4 }] },
      {
        group: 'Customers',
        items: [
          { title: 'Tenants', href: '/admin/tenants', icon: 'building-store' },
          { title: 'Onboarding', href: '/admin/onboarding', icon: 'filter' },
          { title: 'People', href: '/admin/people', icon: 'users' },
          { title: 'Invoices', href: '/admin/invoices', icon: 'file-invoice' },
        ],
      },
      {
        group: 'Operations',
        items: [
          { title: 'Workflows', href: '/admin/workflows', icon: 'route', count: 3 },
          { title: 'Start a process', href: '/admin/processes', icon: 'player-play' },
          { title: 'Audit log', href: '/admin/audit', icon: 'shield-check' },
        ],
      },
    ],
    ...changes,
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
    },
    nav: [
      {
        group: '',
        items: [
          { title: 'Home', href: '/app', icon: 'home' },
          { title: 'Setup', href: '/app/setup', icon: 'list-check' },
          { title: 'Team', href: '/app/team', icon: 'users' },
          { title: 'Billing', href: '/app/billing', icon: 'credit-card' },
        ],
      },
    ],
    ...changes,
  };
}
