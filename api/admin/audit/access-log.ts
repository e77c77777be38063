import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { AccessLogPage } from '../../../templates/admin/audit/access-log.tsx';
import { accessLogCopy } from '../../../templates/admin/audit/copy.ts';
import { paths } from '../../../templates/paths.ts';
import {
  accessItem,
  accessQuery,
  type AccessView,
  readAccess,
  sendAccessCsv,
} from '../../both/audit/access-log.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { recordExport } from '../../kit/csv.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRaw, defineRoute } from '../../kit/route.ts';
import { pageOf, queryOf } from '../shared/query.ts';
import { auditQuery } from './read.ts';
import { tenantOptions } from './tenant-options.ts';

const query = accessQuery.extend({ tenant: auditQuery.shape.tenant });
const linesOnPage = 50;

function viewOf(context: RequestContext, tenantId: string | undefined): AccessView {
  const scope = context.overview();
  // Platform administrators reach everyone; a person they can't find has left.
  const outside = scope.visibility === 'platform' ? 'A former user' : accessLogCopy.outside;
  return { scope, tenantId, outside };
}

/** The access log of everything within reach, for administrators and partners. */
export const accessLogArea: Area = {
  side: 'admin',
  nav: [
    {
      title: accessLogCopy.title,
      href: paths.accessLog,
      icon: 'shield-check',
      group: 'Govern',
      permission: 'access.read',
      tabOf: paths.audit,
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/access-log',
      access: 'access.read',
      summary: 'Sign-ins and other security events of every tenant, the newest first',
      query,
      response: pageOf(accessItem),
      handle: (context, { query: { tenant, ...rest } }) =>
        readAccess(context, viewOf(context, tenant), rest, linesOnPage),
    }),
    definePage({
      path: paths.accessLog,
      access: 'access.read',
      query,
      async show(context, { query: { tenant, ...rest } }) {
        const { items, nextCursor } = await readAccess(context, viewOf(context, tenant), rest, linesOnPage);
        return AccessLogPage({
          frame: pageContextOf(context),
          rows: items.map((line) => ({
            ...line,
            tenantName: line.tenantId === PLATFORM_TENANT_ID ? null : line.tenantName,
          })),
          query: queryOf(context, Object.keys(query.shape)),
          tenants: await tenantOptions(context, tenant),
          nextCursor,
        });
      },
    }),
    defineRaw({
      path: paths.accessLogCsv,
      access: 'access.read',
      whileViewing: 'never',
      async serve(context) {
        const { tenant, ...rest } = query.parse(context.request.query);
        await recordExport(context, 'access.exported');
        await sendAccessCsv(context, viewOf(context, tenant), rest, 'access-log.csv');
      },
    }),
  ],
};
