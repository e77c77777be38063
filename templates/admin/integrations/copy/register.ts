import { countText } from '../../../ui/format.ts';

/** Words of a kind of server that is not built in. */
type ByKind = Readonly<Record<'npm' | 'remote', string>>;

const sentAsHelp: ByKind = {
  npm: 'Environment variable, such as API_KEY.',
  remote: 'HTTP header. Authorization is sent as a bearer token.',
};
const next: ByKind = {
  npm: 'We fetch this exact version and its dependencies. Nothing runs yet.',
  remote: 'Nothing is sent to the server yet.',
};
const submit: ByKind = { npm: 'Fetch package', remote: 'Register server' };
const kinds: ByKind = { npm: 'Package', remote: 'Remote server' };

export const registerCopy = {
  title: 'Register server',
  purpose: 'Add a third-party MCP server. Tenants see it after you review its tools and publish it.',
  sourceTitle: 'Source',
  kinds,
  url: 'URL',
  urlHelp: 'MCP over HTTP, such as https://mcp.example.com/mcp.',
  packageHelp: 'The package name in the npm registry.',
  versionHelp: 'An exact version, such as 1.4.2. It’s never updated automatically.',
  programHelp: 'Only needed if the package contains several programs.',
  argumentsHelp: 'One per line.',
  nameHelp: 'Used in URLs and logs, such as acme-crm.',
  credentialsNote: 'Leave empty if the server needs no credentials.',
  next,
  submit,
} as const;

export const detailsCopy = {
  detailsTitle: 'Details for tenants',
  credentialsTitle: 'Credentials from tenants',
  reasonTitle: 'Reason',
  summary: 'Purpose',
  summaryHelp: 'One sentence.',
  choose: 'Choose a category',
  fieldTitle: (number: number) => `Field ${number}`,
  label: 'Label',
  sentAs: 'Sent as',
  sentAsHelp,
  secret: 'Secret: stored encrypted, never shown again',
  optional: 'Optional',
  more: 'More fields',
} as const;

export const editCopy = {
  title: (server: string) => `Edit ${server}`,
  purpose: 'What tenants see and enter. Tools and connections don’t change.',
  credentialsNote: 'Clear a field to remove it.',
  confirm: 'Save and ask connected tenants to reconnect',
  save: 'Save changes',
  back: 'Back',
  saved: 'Changes saved.',
} as const;

/** What a form about a registration answers with. */
export const registrationCopy = {
  fetched: 'Server fetched. Read its tools next.',
  sourceFetched: 'New source fetched. It replaces the current one when you read its tools.',
  toolsRead: 'Tools read. Approve those tenants can use.',
  published: 'Server published. Tenants can connect it now.',
  discarded: 'Discarded.',
  slow: 'This is taking longer than usual. You can leave this page.',
  nameTaken: 'This name is taken.',
  duplicateTarget: 'Another field is already sent as this.',
  kindFixed: 'You can’t change a server’s type.',
  confirmMissing: (connected: number, fields: readonly string[]) =>
    `${countText(connected, 'tenant is', 'tenants are')} connected. They can’t use it again until they enter ${fields.join(', ')}.`,
} as const;
