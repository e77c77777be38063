import type { Tx } from '../../../db/scope.ts';
import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import type { ToolServer } from '../../../db/domain/integrations/servers.ts';
import { type Connection, listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { homeCopy } from '../../../templates/client/integrations/copy.ts';
import { lifecycleText } from '../../../templates/client/integrations/lifecycle.tsx';
import { paths } from '../../../templates/paths.ts';
import { localeOf } from '../../../templates/ui/locale.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';

const most = 200;

interface Used {
  server: ToolServer;
  connection: Connection;
  titleOf: (name: string) => string;
}

/** That a server is turned off, or ends. */
function lifecycleItem(context: RequestContext, { server, titleOf }: Used): AttentionItem[] {
  const lifecycle = lifecycleOf(server, titleOf);
  if (lifecycle.kind !== 'turnedOff' && lifecycle.kind !== 'ending') return [];
  const isOff = lifecycle.kind === 'turnedOff';
  const since = (isOff ? server.disabledAt : server.deprecatedAt) ?? server.updatedAt;
  const locale = localeOf(pageContextOf(context));
  return [
    {
      urgency: isOff ? 'stalled' : 'planned',
      sentence: lifecycleText(lifecycle, true, locale, server.title) ?? '',
      since: since.toISOString(),
      href: paths.integration(server.name),
      button: homeCopy.view(server.title),
      tone: isOff ? 'attention' : 'scheduled',
    },
  ];
}

/** That a server no longer accepts our access. */
function lostItem({ server, connection }: Used): AttentionItem[] {
  if (connection.status !== 'needsReconnect' || server.status !== 'available') return [];
  return [
    {
      urgency: 'failed',
      sentence: homeCopy.lost(server.title),
      since: (connection.lastErrorAt ?? connection.connectedAt).toISOString(),
      href: `${paths.integration(server.name)}#connect`,
      button: homeCopy.reconnect(server.title),
      tone: 'attention',
    },
  ];
}

/** Connected servers that are turned off, end soon or have to be reconnected. */
export async function readAttention(context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const open = (await listConnections(tx)).filter(({ status }) => status !== 'disconnected');
  if (open.length === 0) return [];
  const { items } = await listServers(tx, { limit: most });
  const titleOf = (name: string) => items.find((server) => server.name === name)?.title ?? name;
  return open.flatMap((connection) => {
    const server = items.find(({ name }) => name === connection.server);
    if (!server) return [];
    const used = { server, connection, titleOf };
    return [...lifecycleItem(context, used), ...lostItem(used)];
  });
}
