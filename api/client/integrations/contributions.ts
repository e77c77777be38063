import type { Tx } from '../../../db/scope.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import { ChosenServersCard } from '../../../templates/client/integrations/home-card.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { listCopy } from '../../../templates/client/integrations/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { ChecklistItem, Contributions, HomeCard } from '../../kit/contributions.ts';
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

/** Connecting the servers chosen during setup; done once every one that is offered is connected. */
async function readChecklist(context: RequestContext, tx: Tx): Promise<ChecklistItem[]> {
  const { tenantId } = context.tenant();
  const { tools } = await choices.list(tx, tenantId);
  const { items: offered } = await listServers(tx, { limit: 200 });
  const states = new Map((await listConnections(tx)).map(({ server, status }) => [server, status]));
  const chosen = (tools?.tools ?? []).filter((name) =>
    offered.some((server) => server.name === name && server.status === 'available'),
  );
  const connected = chosen.filter((name) => states.get(name) === 'connected').length;
  if (chosen.length === 0) {
    const isDone = [...states.values()].includes('connected');
    return [{ title: listCopy.checklist, isDone, href: paths.integrations }];
  }
  return [
    {
      title: listCopy.checklistChosen,
      progress: listCopy.connectedOf(connected, chosen.length),
      isDone: connected === chosen.length,
      href: paths.integrations,
    },
  ];
}

/** What integrations add to the client's home and search. */
export const connectionsContributions: Contributions = {
  checklist: { permission: 'tools.manage', read: readChecklist },
  homeCards: { permission: 'tools.manage', read: readCards },
  search: { permission: 'tools.read', read: searchIntegrations },
};
