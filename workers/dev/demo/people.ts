import type { ApiClient } from './api-client.ts';
import type { Demo, DemoPart } from './demo.ts';
import { refusedDomain } from '../mailbox/smtp.ts';

interface Invitee {
  name: string;
  email: string;
  role: 'admin' | 'member';
  joins: boolean;
}

/** An admin beside the owner, whose requests are theirs to decide. */
export const approvingColleague = { name: 'Morgan Manager', email: 'morgan@harbour-books.example' };

/** Colleagues of the demo's own business: four who join, one who is waited for, one whose mail server refuses. */
const invitees: readonly Invitee[] = [
  { ...approvingColleague, role: 'admin', joins: true },
  { name: 'Bo Books', email: 'bo@harbour-books.example', role: 'admin', joins: true },
  { name: 'Sam Suspended', email: 'sam@harbour-books.example', role: 'member', joins: true },
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

interface Team {
  members: { id: string; email: string; customRole: string | null; status: string }[];
}

/** One colleague with a custom role and a feature switched off, and one whose access is suspended. */
async function restrict(owner: ApiClient): Promise<void> {
  const { members } = await owner.call<Team>('GET', '/api/client/team');
  const bo = members.find(({ email }) => email.startsWith('bo@'));
  const sam = members.find(({ email }) => email.startsWith('sam@'));
  if (!bo || !sam) throw new Error('the colleagues of the demo have not joined');
  if (bo.customRole === null) {
    const { items } = await owner.call<{ items: { id: string }[] }>('GET', '/api/client/roles');
    const draft = {
      name: 'Bookkeeper',
      baseRole: 'admin',
      permissions: ['billing.read', 'team.read', 'tools.read'],
    };
    const role = items[0] ?? (await owner.call<{ id: string }>('POST', '/api/client/roles', draft));
    await owner.call('POST', `/api/client/team/members/${bo.id}/role`, { role: role.id });
    const on = ['analytics', 'billing', 'crm', 'integrations', 'website'];
    await owner.call('POST', `/api/client/team/members/${bo.id}/features`, { on });
  }
  if (sam.status !== 'suspended') {
    const reason = 'On leave until the end of the month';
    await owner.call('POST', `/api/client/team/members/${sam.id}/suspend`, { reason });
  }
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
    await restrict(owner);
  },
};
