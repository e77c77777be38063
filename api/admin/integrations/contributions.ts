import type { Tx } from '../../../db/scope.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { listInReview } from '../../../db/repos/integrations/tools.ts';
import { TenantConnections } from '../../../templates/admin/integrations/tenant-connections.tsx';
import { paths } from '../../../templates/paths.ts';
import { pluralText } from '../../../db/domain/plural.ts';
import { countText } from '../../../templates/ui/format.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem, Contributions, SearchHit, TenantTab } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { readCalls } from './chart.ts';
import { connectionTestRoutes } from './tenant-connection-tests.ts';
import { readConnections } from './tenant-connections.ts';

function toItem(waiting: Awaited<ReturnType<typeof listInReview>>[number]): AttentionItem {
  const { server, title, isNew, tools, since } = waiting;
  const many = countText(tools, 'tool', 'tools');
  return {
    urgency: 'review',
    sentence: isNew
      ? `${title} is in review: ${many} to check before it is published.`
      : `${many} of ${title} changed and ${pluralText(tools, 'is', 'are')} quarantined until you review ${pluralText(tools, 'it', 'them')}.`,
    since: since.toISOString(),
    href: paths.serverTools(server),
    button: 'Review tools',
    tone: isNew ? 'waiting' : 'attention',
  };
}

/** Servers with tools in review or quarantine. */
const readAttention = async (_context: RequestContext, tx: Tx): Promise<AttentionItem[]> =>
  (await listInReview(tx)).map(toItem);

/** Servers of the registry by name, title or summary. */
async function search(
  _context: RequestContext,
  tx: Tx,
  query: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { items } = await listServers(tx, query);
  return items.map(({ name, title, summary }) => ({
    title,
    subtitle: summary,
    href: paths.server(name),
    kind: 'integration',
  }));
}

const connectionsTab: TenantTab = {
  key: 'connections',
  title: 'Connections',
  permission: 'tenants.read',
  order: 30,
  show: async (context, { line }) =>
    TenantConnections({
      frame: pageContextOf(context),
      tenantId: line.id,
      connections: await readConnections(context, line.id),
      mayTest: context.can('tenants.support'),
    }),
  routes: () => connectionTestRoutes,
};

/** What integrations add to the home page, the search and the page of a tenant. */
export const integrationsContributions: Contributions = {
  attention: { permission: 'registry.manage', read: readAttention },
  search: { permission: 'registry.read', read: search },
  charts: { permission: 'registry.read', read: readCalls },
  tenantTab: connectionsTab,
};
