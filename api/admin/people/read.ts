import { z } from 'zod';
import { type Role, roleTitles } from '../../../db/domain/roles.ts';
import * as people from '../../../db/repos/people/people.ts';
import type { RequestContext } from '../../kit/context.ts';
import { optionalParam, paged, sortOf, words } from '../shared/query.ts';
import { readSignIns } from './sign-ins.ts';

/** What a person can be filtered by. */
export const personStatuses = ['active', 'unconfirmed', 'suspended'] as const;

export const personQuery = z.object({
  q: words,
  role: optionalParam(z.enum(Object.keys(roleTitles) as [Role, ...Role[]])),
  status: optionalParam(z.enum(personStatuses)),
  secondFactor: optionalParam(z.enum(['on', 'off'])),
  seen: optionalParam(z.enum(people.seenFilters)),
  tenant: optionalParam(z.string().max(60)),
  sort: sortOf(['name', 'seen']),
  ...paged,
});

export type PersonQuery = z.output<typeof personQuery>;

/** The address of the directory as views save it. */
export const viewedPeople = {
  shape: personQuery.shape,
  viewed: ['q', 'role', 'status', 'secondFactor', 'seen', 'tenant', 'sort'],
} as const;

/** People within the viewer's reach, and when each last signed in. */
export async function readPeople(context: RequestContext, query: PersonQuery) {
  const { tenant, ...filter } = query;
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    people.list(tx, { ...filter, tenantId: tenant }),
  );
  const signIns = await readSignIns(
    context,
    page.items.map(({ id }) => id),
  );
  return { ...page, signIns };
}
