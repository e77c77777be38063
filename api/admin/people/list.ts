import type { VNode } from 'preact';
import * as people from '../../../db/repos/people/people.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { PeoplePage } from '../../../templates/admin/people/people.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RefusedView } from '../../../templates/shared/saved-views.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { plainQuery, readViews, savedViewRoutes } from '../shared/saved-views.ts';
import { personQuery, viewedPeople } from './read.ts';
import { toRow } from './view.ts';

/** The directory; `refused` opens the dialog of a view again. */
export async function peoplePage(
  context: RequestContext,
  asked: Readonly<Record<string, unknown>>,
  refused?: RefusedView,
): Promise<VNode> {
  const query = {
    ...plainQuery(viewedPeople, asked),
    ...(typeof asked['cursor'] === 'string' && { cursor: asked['cursor'] }),
  };
  const { tenant, ...filter } = personQuery.parse(query);
  const { items, nextCursor, total, tenantName } = await context.deps.db.inScope(
    context.overview(),
    async (tx) => ({
      ...(await people.list(tx, { ...filter, counted: true, tenantId: tenant })),
      tenantName: tenant ? ((await tenants.names(tx, [tenant])).get(tenant) ?? tenant) : null,
    }),
  );
  return PeoplePage({
    frame: pageContextOf(context),
    rows: items.map(toRow),
    query,
    tenantName,
    nextCursor,
    ...(total !== undefined && { total }),
    views: await readViews(context, 'people'),
    mayChange: context.can('people.manage'),
    ...(refused && { refused }),
  });
}

/** Saved views of the directory. */
export const viewRoutes = savedViewRoutes({
  ...viewedPeople,
  list: 'people',
  path: paths.people,
  api: '/api/admin/people-views',
  access: 'people.read',
  noun: 'the directory of people',
  page: peoplePage,
});
