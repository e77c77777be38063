import type { ApiClient } from './api-client.ts';
import type { Demo, DemoPart } from './demo.ts';
import { refusedDomain } from '../mailbox/smtp.ts';

interface Invitee {
  name: string;
  email: string;
  role: 'admin' | 'member';
  joins: boolean;
}

/** Colleagues of the demo's own business: two who join, one who is waited for, one whose mail server refuses. */
const invitees: readonly Invitee[] = [
  { name: 'Morgan Manager', email: 'morgan@harbour-books.example', role: 'admin', joins: true },
  { name: 'Mina Member', email: 'mina@harbour-books.example', role: 'member', joins: true },
  { name: 'Lee Later', email: 'lee@harbour-books.example', role: 'member', joins: false },
  { name: 'Robin Typo', email: `robin@${refusedDomain}`, role: 'member', joins: false },
];

async function join(demo: Demo, { email, name }: Invitee): Promise<void> {
  const links = await demo.linksMailedTo(email);
  const link = links.find(({ pathname }) => pathname === '/invitations/accept');
  if (!link) throw new Error(`no invitation has reached ${email}`);
  const body = { token: link.searchParams.get('token'), name, password: demo.password };
  const response = await fetch(new URL('/api/public/invitations/accept', demo.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // 410: an earlier run has accepted it.
  if (!response.ok && response.status !== 410) throw new Error(`${email} could not join: ${response.status}`);
}

/** Invites a colleague unless an earlier run did. */
async function invite(owner: ApiClient, { name, email, role }: Omit<Invitee, 'joins'>): Promise<void> {
  const team = await owner.call<{ members: { email: string }[]; invitations: { email: string }[] }>(
    'GET',
    '/api/client/team',
  );
  if ([...team.members, ...team.invitations].some((one) => one.email === email)) return;
  await owner.call('POST', '/api/client/team/invitations', { name, email, role });
}

export const peopleDemo: DemoPart = {
  title: 'people',
  async plant(demo, progress) {
    const owner = await demo.as(demo.own);
    for (const [index, invitee] of invitees.entries()) {
      await invite(owner, invitee);
      if (invitee.joins) await join(demo, invitee);
      progress(index + 1, invitees.length);
    }
  },
};
