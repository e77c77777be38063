import type { VNode } from 'preact';
import * as plans from '../../../db/repos/billing/plans.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import type { RefusedView } from '../../../templates/shared/saved-views.tsx';
import { TenantsPage } from '../../../templates/admin/tenants/tenants.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { plainQuery, readViews } from '../shared/saved-views.ts';
import { readSignUpLink } from './invite-client.ts';
import { tenantQuery, type TenantQuery } from './schemas.ts';
import { toRow } from './rows.ts';
import { dayMs } from '../../../db/domain/time.ts';

export function readTenants(
  context: RequestContext,
  { sort, stuck, ...filter }: TenantQuery,
  { counted }: { counted?: boolean } = {},
) {
  const stuckBefore = stuck && new Date(Date.now() - Number(stuck) * dayMs);
  return context.deps.db.inScope(context.overview(), (tx) =>
    overview.list(tx, {
      ...filter,
      counted,
      stuckBefore,
      sort: sort?.key ?? 'created',
      descending: sort?.descending,
    }),
  );
}

/** The address of the list as views save it. */
export const viewedTenants = {
  shape: tenantQuery.shape,
  viewed: ['q', 'status', 'plan', 'step', 'stuck', 'sort'],
} as const;

/** The page of tenants; `refused` opens the dialog of a view again. */
export async function tenantsPage(
  context: RequestContext,
  asked: Readonly<Record<string, unknown>>,
  refused?: RefusedView,
): Promise<VNode> {
  const query = {
    ...plainQuery(viewedTenants, asked),
    ...(typeof asked['cursor'] === 'string' && { cursor: asked['cursor'] }),
  };
  const page = await readTenants(context, tenantQuery.parse(query), { counted: true });
  const { items, nextCursor, total } = page;
  const offered = await context.deps.db.inScope(context.overview(), (tx) => plans.list(tx));
  return TenantsPage({
    frame: pageContextOf(context),
    rows: items.map(toRow),
    query,
    plans: offered.map(({ key, title }) => ({ value: key, label: title })),
    nextCursor,
    ...(total !== undefined && { total }),
    views: await readViews(context, 'tenants'),
    mayHelp: context.can('tenants.support'),
    signUpLink: context.can('clients.invite') ? await readSignUpLink(context) : null,
    ...(refused && { refused }),
  });
}
