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
  tenant: optionalParam(z.string().max(60)),
  sort: sortOf(['name']),
  ...paged,
});

export type PersonQuery = z.output<typeof personQuery>;

/** People within the viewer's reach, and when each last signed in. */
export async function readPeople(context: RequestContext, query: PersonQuery) {
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
