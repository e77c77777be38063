import { countText } from '../../../ui/format.ts';

const tenants = (count: number) => countText(count, 'tenant', 'tenants');

/** What a dialog is called, what it says and what its button does. */
interface DialogCopy {
  open: string;
  title: (server: string) => string;
  happens: string;
  stays: string;
  submit: string;
}

export const overviewCopy = {
  trend: (fastest: string, slowest: string) =>
    `Response time of health checks over the last 24 hours: ${fastest} to ${slowest}`,
  connected: 'Tenants connected',
  calls: 'Calls, 7 days',
  errors: 'Error rate, 7 days',
  checkTime: 'Health check time (p95, 24 h)',
  healthTitle: 'Health',
  healthNote: 'Checked every five minutes, using one tenant’s connection in turn.',
  noCheck: 'Not checked yet',
  noError: 'None',
  factsTitle: 'Details',
  retired: 'Ended. Last day: ',
  retires: 'Available until the end of ',
  successor: 'Tenants are directed to ',
} as const;

export const oauthClientCopy = {
  title: 'OAuth client',
  oneClick: 'Tenants connect with one click.',
  tokenOnly: (server: string) =>
    `Until you register an OAuth client with ${server}, tenants connect with a token.`,
  redirectUri: 'Redirect URL',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  clientIdInUse: 'Client ID in use',
  none: 'None yet',
  secretHelp: 'Stored encrypted. You can’t view it again.',
  save: 'Save client',
  replace: 'Replace client',
  saved: 'OAuth client saved.',
  notNeeded: 'This server doesn’t use OAuth.',
} as const;

export const tabTitles = { overview: 'Overview', tools: 'Tools', tenants: 'Tenants' } as const;

export const serverCopy = {
  tabs: 'Server pages',
  noTools: 'No tools yet',
  noTenantsTitle: 'No tenants connected',
  noTenantsText: 'Tenants appear here after they connect.',
  never: 'Never',
} as const;

export const actionsCopy = {
  enable: {
    open: 'Enable…',
    title: (server: string) => `Enable ${server}`,
    happens: (connected: number) => `Tools work again for ${tenants(connected)}. Other tenants can connect.`,
    submit: 'Enable server',
    done: 'Server enabled.',
  },
  disable: {
    open: 'Disable…',
    title: (server: string) => `Disable ${server}`,
    happens: (connected: number) => `All calls stop immediately. ${lostBy(connected)}`,
    submit: 'Disable server',
    done: 'Server disabled. All calls are blocked until you enable it. Owners are being emailed.',
  },
  switchStays: 'Connections, credentials and tool access don’t change.',
  move: {
    open: 'Move…',
    title: (server: string) => `Move ${server}`,
    help: 'Where tenants find this integration.',
    submit: 'Move server',
    done: 'Server moved.',
  },
  edit: 'Edit…',
  remove: {
    open: 'Remove…',
    title: (server: string) => `Remove ${server}`,
    happens: 'The server and its tools leave the registry.',
    blocked: (connected: number) =>
      `${countText(connected, 'tenant is', 'tenants are')} still connected. Deprecate the server before you remove it.`,
    stays: 'Past calls and audit events are kept.',
    submit: 'Remove server',
    done: 'Server removed.',
  },
  deprecate: 'Deprecate…',
  undoDeprecation: {
    open: 'Undo deprecation…',
    title: (server: string) => `Keep ${server}`,
    happens: 'Tenants can connect it again. No more emails are sent.',
    stays: 'Emails already sent can’t be recalled.',
    submit: 'Undo deprecation',
    done: 'Deprecation undone. Tenants can connect it again.',
  },
  feature: 'Feature',
  unfeature: 'Stop featuring',
  featured: 'Server is now featured. Tenants see it first.',
  unfeatured: 'Server is no longer featured.',
} as const;

function lostBy(connected: number): string {
  if (connected === 0) return 'No tenants are connected.';
  return `${countText(connected, 'tenant loses', 'tenants lose')} access. Owners are emailed.`;
}

export const reviewCopy = {
  newTitle: 'Review before publishing',
  changeTitle: 'Source change in progress',
  note: 'Unfinished registrations are closed after 14 days.',
  viewRun: 'View run',
  fetching: 'Fetching the server. This can take a minute.',
  readWithCredentials: 'We run the server once with these credentials to read its tools, then delete them.',
  readPlain: 'We run the server once to read its tools.',
  read: 'Read tools',
  noneApproved: 'Review the tools, set their risk and approve those tenants can use.',
  someApproved: (approved: number, all: number) =>
    `${approved} of ${countText(all, 'tool', 'tools')} approved. The rest stay in quarantine.`,
  review: 'Review tools',
  publish: 'Publish server',
  discard: {
    open: 'Discard server…',
    title: (server: string) => `Discard ${server}`,
    happens: 'The server and its tools leave the registry.',
    stays: 'Audit events are kept.',
    submit: 'Discard server',
  } satisfies DialogCopy,
  keep: {
    open: 'Discard change…',
    title: (server: string) => `Discard the change to ${server}`,
    happens: 'The new source is discarded.',
    stays: 'The current source keeps running.',
    submit: 'Discard change',
  } satisfies DialogCopy,
} as const;

export const approveToolsCopy = {
  title: 'Tools awaiting review',
  note: 'Quarantined tools can’t be called. Open a tool to see its full definition. The risk you set decides whether calls need approval.',
  choose: (tool: string) => `Select ${tool}`,
  riskOf: (tool: string) => `Risk of ${tool}`,
  submit: 'Approve selected tools',
  none: 'Select at least one tool.',
  done: (tools: number) => `${countText(tools, 'tool', 'tools')} approved.`,
} as const;

export const sourceCopy = {
  changeUrl: 'Change URL…',
  changeVersion: 'Change version…',
  title: (server: string) => `Change ${server}`,
  text: 'The current source keeps running until you read the new one’s tools. Tools that changed are then quarantined.',
  submit: 'Fetch new source',
} as const;
