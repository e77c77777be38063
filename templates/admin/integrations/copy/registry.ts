import type { serverKinds } from '../../../../db/domain/integrations/servers.ts';

/** The name of these pages in the navigation, titles and breadcrumbs. */
export const integrationsTitle = 'Integrations';

export const kindTitles: Record<(typeof serverKinds)[number], string> = {
  builtin: 'Built-in',
  npm: 'Package',
  remote: 'Remote',
};

/** Tools that wait for a review: "3 in quarantine". */
export const quarantinedText = (tools: number): string => `${tools} in quarantine`;

export const serversCopy = {
  title: 'Servers',
  purpose: 'The MCP servers tenants can connect: their health, usage and risk.',
  categories: 'Categories',
  register: 'Register server',
  search: 'Search by name or purpose',
  emptyTitle: 'No servers yet',
  emptyText: 'Built-in servers are added with each release. Register a server to add your own.',
} as const;

export const categoriesCopy = {
  title: 'Categories',
  purpose: 'How integrations are grouped for tenants, in this order.',
  inUse: 'In use',
  removeLabel: (title: string) => `Remove ${title}`,
  formTitle: 'Add or edit category',
  formNote: 'Enter the key of an existing category to rename or move it.',
  keyHelp: 'Lowercase letters and hyphens, such as human-resources.',
  positionHelp: 'Lower numbers come first.',
  save: 'Save category',
  saved: 'Category saved.',
  removed: 'Category removed.',
  positionNotNumber: 'Enter a number.',
  positionTooSmall: 'Enter 0 or more.',
  positionTooLarge: 'Enter 10,000 or less.',
} as const;

export const usageTitles = { server: 'Servers', tool: 'Tools', tenant: 'Tenants', day: 'Days' } as const;

export const usageCopy = {
  title: 'Usage',
  purpose: 'How often tools are called, how often they fail and how long they take.',
  download: 'Download CSV',
  groupBy: 'Group by',
  blocked: 'Blocked',
  errorRate: 'Error rate',
  caption: (by: keyof typeof usageTitles) => `Usage by ${by}`,
  emptyTitle: 'No calls in this period',
  emptyText: 'Choose a longer period.',
  /** How exact the figures of old calls are. */
  summed: (days: number | undefined) =>
    `Calls older than ${days} days are kept as daily totals (UTC). Their response times are accurate to 5%.`,
  periods: [
    { value: '1', label: 'Last 24 hours' },
    { value: '7', label: 'Last 7 days' },
    { value: '30', label: 'Last 30 days' },
    { value: '90', label: 'Last 90 days' },
    { value: '365', label: 'Last 12 months' },
  ],
} as const;
