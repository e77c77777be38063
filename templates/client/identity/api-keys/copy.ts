import type { KeyKind } from '../../../../db/domain/identity/api-key.ts';

const kinds: Record<KeyKind, string> = { person: 'Person', tenant: 'Business', agent: 'Agent' };

/** Every sentence of the pages of API keys. */
export const apiKeysCopy = {
  title: 'API keys',
  purpose: 'With a key, your programs use the API as you, and do only what its scopes allow.',
  purposeAll:
    'Keys for people, the business and its agents. Programs do only what the scopes of a key allow.',
  empty: {
    title: 'No API keys',
    text: 'Create a key for each program, so that you can revoke one without stopping the others.',
  },
  create: 'Create key',
  kinds,
  never: 'Never',
  notUsed: 'Never used',
  scopes: (count: number) => `${count} ${count === 1 ? 'scope' : 'scopes'}`,
  endsIn: (last4: string) => `ends in ${last4}`,
  overlap: 'Until then, the old secret works too:',
  revoked: 'The key is revoked.',
  reading: 'Reading',
  writing: 'Writing',
  onlyPeople: 'only for keys of people',
  form: {
    title: 'Create an API key',
    purpose: 'The key is shown once, right after this.',
    kind: 'Who is it for?',
    kindHelp: 'A key for you ends when you leave. Keys of the business and its agents go on working.',
    person: ['You', 'Acts as you, with your permissions.'],
    tenant: ['The business', 'Acts for the business and stays when people leave.'],
    agent: ['An agent', 'Acts as one of your agents and uses the tools it was granted.'],
    name: 'Name',
    nameHelp: 'What uses it, such as “Nightly export”.',
    agentLabel: 'Agent',
    agentHelp: 'Only for a key of an agent.',
    expires: 'Expires',
    expiresHelp: 'People are reminded by email 14, 3 and 1 days before.',
    days: (days: number) => `In ${days} days`,
    onDate: 'On a date',
    never: 'Never: I accept that a lost key works until someone revokes it',
    date: 'Last day (UTC)',
    dateHelp: 'Only for a key that expires on a date.',
    networks: 'Allowed addresses',
    networksHelp:
      'One address or network per line, such as 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32. Empty: from everywhere.',
  },
  shown: {
    title: 'Copy your API key',
    purpose: (name: string) => `The key “${name}”.`,
    once: 'This is the only time the key is shown. Store it where your program keeps its secrets.',
    label: 'API key',
    use: 'Send it with each request',
    back: 'Back to API keys',
    previous: 'The old secret works until',
  },
  rotate: {
    open: 'Rotate…',
    title: (name: string) => `Rotate “${name}”?`,
    happens: 'The key gets a new secret, which is shown once.',
    hours: 'Hours for which the old secret still works',
    hoursHelp: 'From 0 (it ends at once) to 168 (7 days).',
    submit: 'Rotate key',
  },
  revoke: {
    open: 'Revoke…',
    title: (name: string) => `Revoke “${name}”?`,
    happens: 'From the next request on, programs with this key are refused. This can’t be undone.',
    submit: 'Revoke key',
    keep: 'Keep as it is',
  },
} as const;
