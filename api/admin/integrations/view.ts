import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import { tenantsUsing } from '../../../db/repos/integrations/usage.ts';
import { ServersPage } from '../../../templates/admin/integrations/servers.tsx';
import { ServerPage } from '../../../templates/admin/integrations/server.tsx';
import type { ServerTab } from '../../../templates/admin/integrations/server-props.ts';
import { ToolPage } from '../../../templates/admin/integrations/tool.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import { isoOf, queryOf } from '../shared/query.ts';
import { readServer, readServers, readTool } from './read.ts';
import { readRegistration } from './registration.ts';
import type { ServerQuery } from './schemas.ts';

/** A rejected form: its dialog opens again with what was entered. */
export interface RejectedAction {
  action: string;
  state: FormState;
}

export const serverTabs = ['overview', 'tools', 'tenants'] as const;

export async function serversPage(context: RequestContext, query: ServerQuery) {
  const { items, nextCursor, total, categories } = await readServers(context, query, { counted: true });
  return ServersPage({
    frame: pageContextOf(context),
    rows: items,
    categories,
    query: queryOf(context, ['q', 'category', 'featured', 'status', 'kind', 'sort', 'cursor']),
    nextCursor,
    ...(total !== undefined && { total }),
    mayManage: context.can('registry.manage'),
  });
}

/** The tenants in the viewer's scope that are or were connected to a server. */
export async function readTenants(context: RequestContext, server: string, cursor?: string, limit = 50) {
  const page = await context.deps.db.inScope(context.overview(), (tx) =>
    tenantsUsing(tx, { server, cursor, limit }),
  );
  return {
    items: page.items.map((tenant) => ({
      ...tenant,
      connectedAt: tenant.connectedAt.toISOString(),
      lastCallAt: isoOf(tenant.lastCallAt),
    })),
    nextCursor: page.nextCursor,
  };
}

export async function serverPage(
  context: RequestContext,
  name: string,
  shown: { tab?: (typeof serverTabs)[number]; cursor?: string | undefined; rejected?: RejectedAction } = {},
) {
  const { detail, trend, categories, clientId, server } = await readServer(context, name);
  const key = shown.tab ?? 'overview';
  const tab: ServerTab =
    key === 'tenants'
      ? { key, ...(await readTenants(context, name, shown.cursor)), cursor: shown.cursor }
      : { key };
  return ServerPage({
    frame: pageContextOf(context),
    server: detail,
    trend: trend.map(({ ms }) => ms),
    categories,
    oauthClient:
      server.auth.kind === 'oauth2'
        ? { clientId, redirectUri: `${context.deps.publicUrl}${paths.integrationAction(name, 'callback')}` }
        : null,
    tab,
    registration: await readRegistration(context, server),
    source: sourceOf(server),
    mayManage: context.can('registry.manage'),
    ...(shown.rejected && { rejected: shown.rejected }),
  });
}

/** Where a third-party server comes from; null for a built-in one. */
function sourceOf({ launch }: ToolServer) {
  if (!launch) return null;
  return 'url' in launch
    ? { url: launch.url }
    : { package: launch.package, version: launch.version, args: launch.args };
}

export async function toolPage(
  context: RequestContext,
  server: string,
  tool: string,
  rejected?: RejectedAction,
) {
  const { server: owner, detail } = await readTool(context, server, tool);
  return ToolPage({
    frame: pageContextOf(context),
    server: { name: owner.name, title: owner.title, kind: owner.kind },
    tool: detail,
    mayManage: context.can('registry.manage'),
    ...(rejected && { rejected }),
  });
}
