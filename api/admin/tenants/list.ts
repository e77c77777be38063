import type { VNode } from 'preact';
import type { z } from 'zod';
import * as plans from '../../../db/repos/billing/plans.ts';
import * as savedViews from '../../../db/repos/tenants/saved-views.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import type { RefusedView } from '../../../templates/admin/tenants/tenant-views.tsx';
import { TenantsPage } from '../../../templates/admin/tenants/tenants.tsx';
import type { Query } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { readSignUpLink } from './invite-client.ts';
import { tenantQuery, type TenantQuery } from './schemas.ts';
import { toRow } from './rows.ts';
import { dayMs } from '../../../db/domain/time.ts';

export function readTenants(context: RequestContext, { sort, stuck, ...filter }: TenantQuery) {
  const stuckBefore = stuck && new Date(Date.now() - Number(stuck) * dayMs);
  return context.deps.db.inScope(context.overview(), (tx) =>
    overview.list(tx, {
      ...filter,
      stuckBefore,
      sort: sort?.key ?? 'created',
      descending: sort?.descending,
    }),
  );
}

/** What of an address makes the list what it is; where one has come to in it does not. */
const viewed = ['q', 'status', 'plan', 'step', 'stuck', 'sort'] as const;

/** The query of a list without what it does not know, always in the same order, so that two can be compared. */
export function plainQuery(asked: Readonly<Record<string, unknown>>): Query {
  const { shape } = tenantQuery;
  return Object.fromEntries(
    viewed.flatMap((name) => {
      const value = asked[name];
      const known = typeof value === 'string' && value !== '' && (shape[name] as z.ZodType).safeParse(value);
      return known && known.success && known.data ? [[name, value]] : [];
    }),
  );
}

export const viewsOf = (context: RequestContext): savedViews.ViewsOf => ({
  userId: context.person().userId,
  list: 'tenants',
});

/** Views stand in the platform's own rows, which partners do not reach themselves; each sees only the own. */
export function readViews(context: RequestContext) {
  return context.deps.db.inScope(context.scope('platform'), (tx) => savedViews.list(tx, viewsOf(context)));
}

/** The page of tenants; `refused` opens the dialog of a view again. */
export async function tenantsPage(
  context: RequestContext,
  asked: Readonly<Record<string, unknown>>,
  refused?: RefusedView,
): Promise<VNode> {
  const query = {
    ...plainQuery(asked),
    ...(typeof asked['cursor'] === 'string' && { cursor: asked['cursor'] }),
  };
  const { items, nextCursor } = await readTenants(context, tenantQuery.parse(query));
  const offered = await context.deps.db.inScope(context.overview(), (tx) => plans.list(tx));
  return TenantsPage({
    frame: pageContextOf(context),
    rows: items.map(toRow),
    query,
    plans: offered.map(({ key, title }) => ({ value: key, label: title })),
    nextCursor,
    views: await readViews(context),
    mayHelp: context.can('tenants.support'),
    signUpLink: context.can('clients.invite') ? await readSignUpLink(context) : null,
    ...(refused && { refused }),
  });
}
