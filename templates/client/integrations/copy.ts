import { countText, responseTimeText } from '../../ui/format.ts';

export const homeCopy = {
  checklist: 'Connect your first integration',
  checklistChosen: 'Connect the integrations you chose in setup',
  connectedOf: (connected: number, chosen: number) => `${connected} of ${chosen} connected`,
  chosenTitle: 'Connect your integrations',
  chosenNote: (done: number, all: number) => `Connected ${done} of ${all} you chose during setup.`,
  chosenCaption: 'Chosen integrations',
  all: 'All integrations',
  lost: (server: string) => `${server} no longer accepts our access.`,
  view: (server: string) => `View ${server}`,
  reconnect: (server: string) => `Reconnect ${server}`,
} as const;

export const connectionCopy = {
  test: 'Test connection',
  setup: 'Setup',
  back: 'Back',
  thirdParty: 'Third-party server. Your data is sent to its operator.',
  incomplete: (server: string) => `${server} needs more credentials. Enter them below to use it again.`,
  lost: (server: string) => `${server} no longer accepts our access. Reconnect it to use it again.`,
  connect: 'Connect',
  reconnect: 'Reconnect',
  tools: 'Tools',
  calls: 'Recent calls',
  access: 'Tool access',
  accessNote: 'Agents can use a tool only if you allow it here.',
  credentials: 'Update credentials',
} as const;

export const connectCopy = {
  verbs: {
    available: 'Connect',
    disconnected: 'Connect',
    needsReconnect: 'Reconnect',
    connected: 'Update credentials',
  },
  looksLike: (placeholder: string) => `Example: ${placeholder}`,
  tested: (server: string) => `We test the credentials with ${server}, then store them encrypted.`,
  oauth: (server: string) =>
    `Sign in to ${server} and allow access. We never see your password. You can remove access at any time.`,
  useToken: 'Use a token instead',
  connected: (server: string) => `${server} connected.`,
  slow: 'This is taking longer than usual. We’re still connecting it, and you can leave this page.',
  enterCredentials: 'Enter your credentials.',
  unreachable: (server: string) => `We couldn’t reach ${server}. Nothing was saved. Try again.`,
  denied: 'You declined access. Nothing was connected.',
} as const;

export const disconnectCopy = {
  open: 'Disconnect…',
  title: (server: string) => `Disconnect ${server}?`,
  text: (server: string) =>
    `People, workflows and agents can no longer use ${server}. We revoke our access and delete the credentials. Your data in ${server} doesn’t change.`,
  submit: 'Disconnect',
  cancel: 'Cancel',
  revoked: 'Disconnected. Our access was revoked.',
  notRevoked: 'Disconnected. If our access is still listed in your account there, remove it.',
} as const;

export const toolsCopy = {
  risk: 'Risk',
  needsApproval: 'Each call needs approval.',
  inReview: 'In review: this tool changed and is blocked.',
  access: 'Tool access',
  save: 'Save access',
  unchanged: 'No changes to save.',
  saved: (added: number, removed: number) =>
    `Access saved: ${countText(added, 'permission', 'permissions')} added, ${removed} removed.`,
  chooseListed: 'Choose from the list.',
  noCallsTitle: 'No calls yet',
  noCallsText: 'Calls to these tools appear here.',
  neededApproval: 'Needed approval.',
  workflows: 'Workflows',
  formerMember: 'Outside your team',
  agent: 'An agent',
  workflow: 'A workflow',
  platform: 'The platform',
} as const;

export const webhooksCopy = {
  title: 'Webhooks',
  note: (server: string) => `${server} can send changes to this URL as they happen. Keep this URL secret.`,
  url: 'Webhook URL',
  secretPending: (server: string) =>
    `${server} sent a verification token. Enter it there to start receiving webhooks. It’s shown once.`,
  reveal: 'Show token',
  emptyTitle: 'No webhooks received yet',
  emptyText: (server: string) => `Events from ${server} appear here.`,
  caption: 'Recent webhooks',
  secretTitle: (server: string) => `Verification token for ${server}`,
  secretPurpose: (server: string) =>
    `Enter it in ${server}, next to the webhook URL. You can’t view it again.`,
  token: 'Token',
  entered: 'I’ve entered it',
  nothingToShow: 'There’s no token to show. It was already shown, or it hasn’t arrived yet.',
} as const;

export const tryCopy = {
  rawResult: 'Raw result',
  slow: 'This is taking longer than usual. You can leave this page.',
  refresh: 'Check again',
  needsApproval: 'Needs approval',
  approvalIntro: (tool: string, server: string) => `Run ${tool} in ${server} with these values?`,
  expires: 'Expires',
  values: 'Values',
  waiting: 'Waiting for approval from an owner or admin of your team.',
  openRequest: 'Open the request',
  jsonHelp: 'JSON, prefilled with an example.',
  noValues: 'This tool needs no values.',
  approvers: {
    self: 'You can review the call before it runs.',
    others: 'Someone else in your team has to approve it before it runs.',
  },
  ask: 'Ask for approval',
  immediate: (server: string) => `It runs immediately in ${server}.`,
  submit: 'Run tool',
  back: 'Back',
  asFields: 'Use fields',
  asJson: 'Use JSON',
  another: 'Run with other values',
  schema: 'Input schema',
  enterValues: 'Enter the values.',
  notJson: 'This isn’t valid JSON. Check for a missing quote or comma.',
  notObject: 'Enter a JSON object, such as {"name": "value"}.',
} as const;

/** What a test of a connection found, by its result. */
export const testCopy = {
  turnedOff: (server: string) =>
    `${server} is turned off by the platform. We didn’t contact it, and the connection is kept.`,
  works: (server: string, ms: number) => `${server} works. It answered in ${responseTimeText(ms)}.`,
  refused: (server: string) => `${server} no longer accepts our access. Reconnect it.`,
  down: (server: string) => `${server} isn’t responding. Your access is kept. Try again in a few minutes.`,
  failed: (server: string, _ms: number, problem: string | null) =>
    `${server} responded with an error. ${problem ?? ''}`.trim(),
} as const;
