import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import { listCategories } from '../../../db/repos/integrations/categories.ts';
import { type Connection, listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import type { IntegrationRow } from '../../../templates/client/integrations/integration-row.ts';
import { MarketplacePage } from '../../../templates/client/integrations/marketplace.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { whoCanConnect } from './who-can-connect.ts';

export interface ListQuery {
  q?: string | undefined;
  category?: string | undefined;
  state?: 'connected' | 'needsReconnect' | 'available' | undefined;
}

/** One page shows all integrations; there are a few dozen. */
const most = 200;

interface Known {
  titleOf: (name: string) => string;
  categoryOf: (key: string) => string;
  connections: ReadonlyMap<string, Connection>;
  chosen: ReadonlySet<string>;
}

function toRow(server: ToolServer, known: Known): IntegrationRow {
  const connection = known.connections.get(server.name);
  return {
    name: server.name,
    title: server.title,
    summary: server.summary,
    category: { key: server.category, title: known.categoryOf(server.category) },
    state: connection?.status ?? 'available',
    account: connection?.accountLabel ?? null,
    since: connection?.connectedAt.toISOString() ?? null,
    lifecycle: lifecycleOf(server, known.titleOf),
    featured: server.featured,
    chosen: known.chosen.has(server.name),
    thirdParty: server.kind !== 'builtin',
  };
}

/** Servers that match the search, whatever their category and state, and the categories in their order. */
async function readAll(context: RequestContext, q: string | undefined) {
  const { tenantId } = context.tenant();
  return context.deps.db.inScope(context.tenant(), async (tx) => {
    const { items } = await listServers(tx, { q, limit: most });
    const titles = q ? (await listServers(tx, { limit: most })).items : items;
    const categories = await listCategories(tx);
    const open = (await listConnections(tx)).filter(({ status }) => status !== 'disconnected');
    const { tools } = await choices.list(tx, tenantId);
    const known: Known = {
      titleOf: (name) => titles.find((server) => server.name === name)?.title ?? name,
      categoryOf: (key) => categories.find((category) => category.key === key)?.title ?? key,
      connections: new Map(open.map((connection) => [connection.server, connection])),
      chosen: new Set(tools?.tools),
    };
    const rows = items
      // One that takes no new tenants is shown to those who use it or chose it.
      .filter(
        ({ name, status }) =>
          status === 'available' ||
          known.connections.has(name) ||
          (status === 'disabled' && known.chosen.has(name)),
      )
      .map((server) => toRow(server, known));
    return { rows, categories };
  });
}

/** The servers a tenant can connect or has connected, by title. */
export async function readIntegrations(context: RequestContext, query: ListQuery): Promise<IntegrationRow[]> {
  const { rows } = await readAll(context, query.q);
  return rows.filter(
    (row) =>
      (!query.state || row.state === query.state) && (!query.category || row.category.key === query.category),
  );
}

export async function marketplacePage(context: RequestContext, query: ListQuery) {
  const { rows, categories } = await readAll(context, query.q);
  const inState = rows.filter((row) => !query.state || row.state === query.state);
  const mayManage = context.can('tools.manage');
  return MarketplacePage({
    frame: pageContextOf(context),
    integrations: inState.filter((row) => !query.category || row.category.key === query.category),
    categories: categories
      .map(({ key, title }) => ({
        ...{ key, title },
        count: inState.filter(({ category }) => category.key === key).length,
      }))
      .filter(({ key, count }) => count > 0 || key === query.category),
    query: { ...query },
    mayManage,
    askWhom: mayManage ? [] : await whoCanConnect(context),
  });
}
