import { countText } from '../../ui/format.ts';

/** The sentences of the marketplace. */
export const marketplaceCopy = {
  title: 'Integrations',
  purpose: 'Connect the tools your business uses, so people, workflows and agents can work in them.',
  search: 'Search integrations',
  searchButton: 'Search',
  categories: 'Categories',
  allCategories: 'All',
  state: 'State',
  states: {
    connected: 'Connected',
    needsReconnect: 'Needs reconnecting',
    available: 'Not connected',
  },
  found: (count: number) => countText(count, 'integration', 'integrations'),
  chosen: 'Chosen in setup',
  chosenNote: 'Connect them to start using them.',
  connected: 'Connected',
  more: 'Other',
  popular: 'Popular',
  thirdParty: 'Third party',
  connect: 'Connect',
  reconnect: 'Reconnect',
  connectLabel: (server: string) => `Connect ${server}`,
  reconnectLabel: (server: string) => `Reconnect ${server}`,
  emptyTitle: 'No integrations yet',
  emptyText: 'Integrations appear here as soon as the platform publishes them.',
} as const;

/** What tenants are told of a server that is turned off, ends or has ended; days as they are written for the reader. */
export const lifecycleCopy = {
  turnedOff: (day: string | null, connected: boolean) =>
    [
      day === null ? 'Turned off by the platform.' : `Turned off by the platform on ${day}.`,
      connected ? 'Your connection is kept.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  /** "Stripe was turned off by the platform on 12 Nov 2026." */
  named: (server: string, text: string) =>
    `${server} ${text.startsWith('Turned') ? 'was ' : ''}${text.charAt(0).toLowerCase()}${text.slice(1)}`,
  ends: (day: string, successor: string | null) =>
    successor === null ? `Ends on ${day}.` : `Ends on ${day}. Use ${successor} instead.`,
  ended: (day: string | null, successor: string | null) =>
    `${day === null ? 'Ended.' : `Ended on ${day}.`}${successor === null ? '' : ` Use ${successor} instead.`}`,
} as const;

/** Who can connect, for a person who can't: "Ask Sam Rivera (owner) to connect Stripe." */
export function askText(people: readonly { name: string; role: string }[], what: string): string {
  if (people.length === 0) return `Ask an owner of your business to connect ${what}.`;
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(
    people.map(({ name, role }) => `${name} (${role})`),
  );
  return `Ask ${names} to connect ${what}.`;
}
