import type { Tx } from '../../../db/scope.ts';
import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { shownState } from '../../../templates/client/integrations/lifecycle.tsx';
import { paths } from '../../../templates/paths.ts';
import { statusOf } from '../../../templates/ui/status.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { SearchHit } from '../../kit/contributions.ts';

/** Integrations by name or purpose, also as "connect stripe"; those that are not connected only while offered. */
export async function searchIntegrations(
  context: RequestContext,
  tx: Tx,
  { q, limit }: { q: string; limit: number },
): Promise<SearchHit[]> {
  const words = q.replace(/^connect\s+/i, '');
  const { items } = await listServers(tx, { q: words, limit });
  const states = new Map((await listConnections(tx)).map(({ server, status }) => [server, status]));
  return items.flatMap((server): SearchHit[] => {
    const { name, title, status } = server;
    const state = states.get(name);
    const href = paths.integration(name);
    if (state && state !== 'disconnected') {
      return [
        {
          title,
          subtitle: `Integration · ${statusOf('connection', shownState(lifecycleOf(server), state)).word}`,
          href,
          kind: 'integration',
        },
      ];
    }
    if (status !== 'available') return [];
    const mayConnect = context.can('tools.manage');
    return [
      { title: mayConnect ? `Connect ${title}` : title, subtitle: 'Integration', href, kind: 'integration' },
    ];
  });
}
