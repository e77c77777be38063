import { z } from 'zod';
import type { Area } from '../../kit/area.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { teamContributions } from './contributions.ts';
import { invitationRoutes } from './invitations.ts';
import { memberRoutes } from './member.ts';
import { readTeam, showTeam } from './team.ts';

const listed = z.object({
  members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() })),
  invitations: z.array(
    z.object({ id: z.string(), email: z.string(), role: z.string(), expiresAt: z.string() }),
  ),
});

export const teamArea: Area = {
  side: 'client',
  nav: [{ title: 'Team', href: '/app/team', icon: 'users', group: 'Account', permission: 'team.read' }],
  routes: [
    definePage({ path: '/app/team', access: 'team.read', show: (context) => showTeam(context) }),
    defineRoute({
      method: 'GET',
      path: '/api/client/team',
      access: 'team.read',
      summary: 'Your team and its open invitations',
      response: listed,
      async handle(context) {
        const { members, pending } = await readTeam(context);
        return {
          members: members.map(({ id, name, email, role }) => ({ id, name, email, role })),
          invitations: pending.map(({ id, email, role, expiresAt }) => ({
            id,
            email,
            role,
            expiresAt: expiresAt.toISOString(),
          })),
        };
      },
    }),
    ...invitationRoutes,
    ...memberRoutes,
  ],
  ...teamContributions,
};
