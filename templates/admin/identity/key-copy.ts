/** Every sentence of the page of all API keys. */
export const adminKeysCopy = {
  title: 'API keys',
  purpose: 'The keys with which programs of every tenant use the API.',
  search: 'Key, tenant or person',
  empty: { title: 'No API keys', text: 'Keys appear here when tenants or administrators create them.' },
  platform: 'The platform',
  never: 'Never',
  notUsed: 'Never used',
  revoked: 'The key is revoked.',
  states: { active: 'Active', rotating: 'Rotating', expired: 'Expired', revoked: 'Revoked' },
  kinds: { person: 'Person', tenant: 'Business', agent: 'Agent' },
  revoke: {
    open: 'Revoke…',
    title: (name: string) => `Revoke “${name}”?`,
    happens: 'From the next request on, programs with this key are refused. This can’t be undone.',
    stays: 'Its people see that it was revoked.',
    submit: 'Revoke key',
  },
} as const;

/** Every sentence of the page of the addresses administrators work from. */
export const addressListCopy = {
  title: 'IP allow-list',
  purpose:
    'From which addresses super admins can work. It holds for every request, also with their API keys.',
  own: 'Your address now',
  label: 'Allowed addresses',
  help: 'One address or network per line, such as 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32. Empty: every address.',
  save: 'Save list',
  saved: (count: number) =>
    count === 0
      ? 'Super admins can work from every address.'
      : 'Super admins can work from these addresses only.',
  lockout: (ip: string) =>
    `Your own address ${ip} isn’t in this list, so it would lock you out. Add it first.`,
  rescue:
    'If everyone is locked out, the person who runs the server can empty the list: npx bizosaas admin allow-all',
} as const;
