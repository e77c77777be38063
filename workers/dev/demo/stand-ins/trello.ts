import type { StandIn } from './stand-in.ts';

const boards = [
  { id: '64f0000000000000000000a1', name: 'Orders', url: 'https://trello.com/b/orders' },
  { id: '64f0000000000000000000a2', name: 'Website', url: 'https://trello.com/b/website' },
];

export const trello: StandIn = {
  server: 'trello',
  answer({ path }) {
    if (path.endsWith('/members/me/boards')) return { status: 200, body: boards };
    if (path.endsWith('/members/me'))
      return { status: 200, body: { id: boards[0]?.id, fullName: 'Casey Client' } };
    return { status: 404, body: 'The requested resource was not found.' };
  },
};
