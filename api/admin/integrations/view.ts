import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import { tenantsUsing } from '../../../db/repos/integrations/usage.ts';
import { ConnectionsPage } from '../../../templates/admin/integrations/servers.tsx';
import { ServerPage, type ServerTab } from '../../../templates/admin/integrations/server.tsx';
import { ToolPage } from '../../../templates/admin/integrations/tool.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import { isoOf, queryOf } from '../shared/query.ts';
import { readServer, readServers, readTool } from './read.ts';
import { readRegistration } from './registration.ts';
import type { ServerQuery } from './schemas.ts';

/** An act that was refused: its dialog opens again with what was typed. */
export interface RefusedAction {
  act: string;
  state: FormState;
}

export const serverTabs = ['overview', 'tools', 'tenants'] as const;

export async function serversPage(context: RequestContext, query: ServerQuery) {
  const { items, nextCursor, categories } = await readServers(context, query);
  return ConnectionsPage({
    frame: pageContextOf(context),
    rows: items,
    categories,
    query: queryOf(context, ['q', 'category', 'featured', 'status', 'kind', 'cursor']),
    nextCursor,
    mayManage: context.can('registry.manage'),
  });
}

/** The tenants within reach that are or were connected to a service. */
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
  shown: { tab?: (typeof serverTabs)[number]; cursor?: string | undefined; refused?: RefusedAction } = {},
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
    registration:
      server.auth.kind === 'oauth2'
        ? { clientId, returnAddress: `${context.deps.publicUrl}/app/connections/${name}/callback` }
        : null,
    tab,
    registering: await readRegistration(context, server),
    source: sourceOf(server),
    mayManage: context.can('registry.manage'),
    ...(shown.refused && { refused: shown.refused }),
  });
}

/** Where a server that is not ours comes from; null for our own. */
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
  refused?: RefusedAction,
) {
  const { server: owner, detail } = await readTool(context, server, tool);
  return ToolPage({
    frame: pageContextOf(context),
    server: { name: owner.name, title: owner.title, kind: owner.kind },
    tool: detail,
    mayManage: context.can('registry.manage'),
    ...(refused && { refused }),
  });
}
