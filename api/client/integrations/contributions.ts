import type { Tx } from '../../../db/scope.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import { ChosenServersCard } from '../../../templates/client/integrations/home-card.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { Contributions, HomeCard } from '../../kit/contributions.ts';
import { searchIntegrations } from './search.ts';

/** The servers chosen during setup, until all of them are connected; during setup its own card says what is next. */
async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  if (context.person().tenant?.status === 'onboarding') return [];
  const { tenantId } = context.tenant();
  const { tools } = await choices.list(tx, tenantId);
  if (!tools || tools.tools.length === 0) return [];
  const { items: offered } = await listServers(tx, { limit: 200 });
  const states = new Map((await listConnections(tx)).map(({ server, status }) => [server, status]));
  const servers = tools.tools.flatMap((name) => {
    const server = offered.find((one) => one.name === name && one.status === 'available');
    return server ? [{ name, title: server.title, state: states.get(name) ?? ('available' as const) }] : [];
  });
  if (servers.every(({ state }) => state === 'connected')) return [];
  return [{ wide: true, card: ChosenServersCard({ servers }) }];
}

/** What integrations add to the client's home and search. */
export const connectionsContributions: Contributions = {
  homeCards: { permission: 'tools.manage', read: readCards },
  search: { permission: 'tools.read', read: searchIntegrations },
};
