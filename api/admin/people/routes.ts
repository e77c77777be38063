import { z } from 'zod';
import { PeoplePage } from '../../../templates/admin/people/people.tsx';
import type { Area } from '../../kit/area.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { isoOf, pageOf, queryOf } from '../shared/query.ts';
import { peopleContributions } from './contributions.ts';
import { exportRoutes } from './export.ts';
import { personRoutes } from './person.ts';
import { personQuery, personStatuses, readPeople } from './read.ts';
import { personStatus, toRow } from './view.ts';

const personItem = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(personStatuses),
  platformRole: z.string().nullable(),
  memberships: z.array(z.object({ tenantId: z.string(), tenantName: z.string(), role: z.string() })),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
});

export const peopleArea: Area = {
  side: 'admin',
  nav: [
    { title: 'People', href: '/admin/people', icon: 'users', group: 'Customers', permission: 'people.read' },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/people',
      access: 'people.read',
      summary: 'Everyone who can sign in, and where each belongs',
      query: personQuery,
      response: pageOf(personItem),
      async handle(context, { query }) {
        const { items, nextCursor, signIns } = await readPeople(context, query);
        return {
          items: items.map((person) => ({
            ...person,
            status: personStatus(person),
            createdAt: person.createdAt.toISOString(),
            lastSignInAt: isoOf(signIns.get(person.id) ?? null),
          })),
          nextCursor,
        };
      },
    }),
    definePage({
      path: '/admin/people',
      access: 'people.read',
      query: personQuery,
      async show(context, { query }) {
        const { items, nextCursor, signIns } = await readPeople(context, query);
        return PeoplePage({
          frame: pageContextOf(context),
          rows: items.flatMap((person) => toRow(person, signIns) ?? []),
          query: queryOf(context, ['q', 'role', 'status', 'tenant', 'sort', 'cursor']),
          nextCursor,
        });
      },
    }),
    ...exportRoutes,
    ...personRoutes,
  ],
  ...peopleContributions,
};
