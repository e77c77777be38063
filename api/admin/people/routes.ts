import { z } from 'zod';
import { type Role, roleTitles } from '../../../db/domain/roles.ts';
import * as people from '../../../db/repos/people/people.ts';
import { PeoplePage } from '../../../templates/admin/people/people.tsx';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { optionalParam, isoOf, paged, pageOf, queryOf, sortOf, words } from '../shared/query.ts';
import { peopleContributions } from './contributions.ts';
import { readSignIns } from './sign-ins.ts';
import { personStatus, toRow } from './view.ts';

const statuses = ['active', 'unconfirmed', 'suspended'] as const;

const personQuery = z.object({
  q: words,
  role: optionalParam(z.enum(Object.keys(roleTitles) as [Role, ...Role[]])),
  status: optionalParam(z.enum(statuses)),
  tenant: optionalParam(z.string().max(60)),
  sort: sortOf(['name']),
  ...paged,
});

const personItem = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  status: z.enum(statuses),
  platformRole: z.string().nullable(),
  memberships: z.array(z.object({ tenantId: z.string(), tenantName: z.string(), role: z.string() })),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
});

async function readPeople(context: RequestContext, query: z.output<typeof personQuery>) {
  const { tenant, sort, ...filter } = query;
  const order = sort && (sort.descending ? ('-name' as const) : ('name' as const));
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    people.list(tx, { ...filter, tenantId: tenant, sort: order ?? undefined }),
  );
  const signIns = await readSignIns(
    context,
    page.items.map(({ id }) => id),
  );
  return { ...page, signIns };
}

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
  ],
  ...peopleContributions,
};
