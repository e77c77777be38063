import { z } from 'zod';
import { securityEventsCopy } from '../../../templates/client/audit/copy.ts';
import { SecurityEventsPage } from '../../../templates/client/audit/security-events.tsx';
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

const linesOnPage = 50;

function viewOf(context: RequestContext): AccessView {
  const scope = context.tenant();
  return { scope, tenantId: scope.tenantId, outside: securityEventsCopy.outside };
}

/** The filters as the address has them, for the links of the page. */
function filtersOf(context: RequestContext): Record<string, string> {
  const entries = Object.entries(context.request.query).filter(
    (entry): entry is [string, string] => entry[0] in accessQuery.shape && typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/** Security events of a tenant, for its owners and administrators. */
export const securityEventsArea: Area = {
  side: 'client',
  nav: [
    {
      title: securityEventsCopy.title,
      href: paths.securityEvents,
      icon: 'shield-check',
      group: 'Account',
      permission: 'security.read',
      tabOf: paths.tenantSecurity,
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/client/security-events',
      access: 'security.read',
      summary: 'Sign-ins and other security events of your business, the newest first',
      query: accessQuery,
      response: z.object({ items: z.array(accessItem), nextCursor: z.string().nullable() }),
      handle: (context, { query }) => readAccess(context, viewOf(context), query, linesOnPage),
    }),
    definePage({
      path: paths.securityEvents,
      access: 'security.read',
      query: accessQuery,
      async show(context, { query }) {
        const { items, nextCursor } = await readAccess(context, viewOf(context), query, linesOnPage);
        const frame = pageContextOf(context);
        return SecurityEventsPage({ frame, rows: items, query: filtersOf(context), nextCursor });
      },
    }),
    defineRaw({
      path: paths.securityEventsCsv,
      access: 'security.read',
      whileViewing: 'never',
      async serve(context) {
        const query = accessQuery.parse(context.request.query);
        await recordExport(context, 'access.exported');
        await sendAccessCsv(context, viewOf(context), query, 'security-events.csv');
      },
    }),
  ],
};
