import { z } from 'zod';
import type { Area } from '../../kit/area.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { defineCsv } from '../../kit/csv.ts';
import { paths } from '../../../templates/paths.ts';
import { teamContributions } from './contributions.ts';
import { invitationRoutes } from './invitations.ts';
import { memberRoutes } from './member.ts';
import { roleRoutes } from './roles.ts';
import { readTeam, showTeam } from './team.ts';

const listed = z.object({
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.string(),
      customRole: z.string().nullable(),
      status: z.string(),
    }),
  ),
  invitations: z.array(
    z.object({ id: z.string(), email: z.string(), role: z.string(), expiresAt: z.string() }),
  ),
});

/** A team fits one page. */
const teamQuery = z.object({ cursor: z.undefined().optional(), limit: z.number().default(1) });

const teamCsv = defineCsv({
  path: paths.teamCsv,
  access: 'team.read',
  action: 'team.exported',
  filename: 'team.csv',
  query: teamQuery,
  read: async (context) => ({ items: (await readTeam(context)).members, nextCursor: null }),
  columns: {
    id: (member) => member.id,
    name: (member) => member.name,
    email: (member) => member.email,
    role: (member) => member.role,
    state: (member) => member.status,
    joinedAt: (member) => member.joinedAt.toISOString(),
  },
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
          members: members.map(({ id, name, email, role, customRole, status }) => ({
            ...{ id, name, email, role, customRole, status },
          })),
          invitations: pending.map(({ id, email, role, expiresAt }) => ({
            id,
            email,
            role,
            expiresAt: expiresAt.toISOString(),
          })),
        };
      },
    }),
    teamCsv,
    ...invitationRoutes,
    ...memberRoutes,
    ...roleRoutes,
  ],
  ...teamContributions,
};
