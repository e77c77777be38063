import type { Tx } from '../../../db/scope.ts';
import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import { listConnections } from '../../../db/repos/integrations/connections.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import * as choices from '../../../db/repos/onboarding/choices.ts';
import { homeCopy } from '../../../templates/client/integrations/copy.ts';
import { type ChosenServer, ChosenServersCard } from '../../../templates/client/integrations/home-card.tsx';
import { isUsable, shownState } from '../../../templates/client/integrations/lifecycle.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { ChecklistItem, Contributions, HomeCard } from '../../kit/contributions.ts';
import { readAttention } from './attention.ts';
import { searchIntegrations } from './search.ts';

const most = 200;

interface Chosen {
  servers: readonly ChosenServer[];
  connected: number;
  /** Nothing is left to connect: one that is turned off stays in the count, but can't be connected. */
  isDone: boolean;
}

/** The servers chosen during setup, in the order of the choice. */
async function readChosen(context: RequestContext, tx: Tx): Promise<Chosen> {
  const { tools } = await choices.list(tx, context.tenant().tenantId);
  const { items } = await listServers(tx, { limit: most });
  const states = new Map((await listConnections(tx)).map(({ server, status }) => [server, status]));
  const servers = (tools?.tools ?? []).flatMap((name) => {
    const server = items.find((one) => one.name === name);
    if (!server) return [];
    const lifecycle = lifecycleOf(server);
    const connection = states.get(name) ?? ('available' as const);
    const isConnected = connection === 'connected';
    const state = shownState(lifecycle, connection);
    return [{ name, title: server.title, state, isConnected, isLeft: !isConnected && isUsable(lifecycle) }];
  });
  return {
    servers,
    connected: servers.filter(({ isConnected }) => isConnected).length,
    isDone: servers.every(({ isLeft }) => !isLeft),
  };
}

/** The servers chosen during setup until all are connected; during setup its own card says what is next. */
async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  if (context.person().tenant?.status === 'onboarding') return [];
  const { servers, isDone } = await readChosen(context, tx);
  return isDone ? [] : [{ wide: true, card: ChosenServersCard({ servers }) }];
}

/** Connecting the servers chosen during setup; without a choice, connecting the first one. */
async function readChecklist(context: RequestContext, tx: Tx): Promise<ChecklistItem[]> {
  const { servers, connected, isDone } = await readChosen(context, tx);
  if (servers.length === 0) {
    const isStarted = (await listConnections(tx)).some(({ status }) => status === 'connected');
    return [{ title: homeCopy.checklist, isDone: isStarted, href: paths.integrations }];
  }
  const progress = homeCopy.connectedOf(connected, servers.length);
  return [{ title: homeCopy.checklistChosen, progress, isDone, href: paths.integrations }];
}

/** What integrations add to the client's home and search. */
export const connectionsContributions: Contributions = {
  attention: { permission: 'tools.manage', read: readAttention },
  checklist: { permission: 'tools.manage', read: readChecklist },
  homeCards: { permission: 'tools.manage', read: readCards },
  search: { permission: 'tools.read', read: searchIntegrations },
};
