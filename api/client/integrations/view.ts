import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import { type ErrorCode, errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { tenantRoles, roleTitles } from '../../../db/domain/roles.ts';
import { type CallRecord, listCalls } from '../../../db/repos/integrations/calls.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import * as connections from '../../../db/repos/integrations/connections.ts';
import { listDeliveries } from '../../../db/repos/integrations/webhook-deliveries.ts';
import { listGrants } from '../../../db/repos/integrations/grants.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import { names } from '../../../db/repos/people/people.ts';
import { ConnectionPage } from '../../../templates/client/integrations/connection.tsx';
import { ConnectionsPage, type ServiceRow } from '../../../templates/client/integrations/connections.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import { returnToOf } from '../../kit/return-to.ts';

export interface ListQuery {
  q?: string | undefined;
  category?: string | undefined;
  state?: 'connected' | 'needsReconnect' | 'available' | undefined;
}

/** A page holds all services there are, which are some dozens. */
const most = 200;
const recent = 10;

/** To whom a tool can be given, in words. */
export const grantees = [
  ...tenantRoles.map((role) => ({ key: `role:${role}`, title: roleTitles[role] })),
  { key: 'workflow', title: 'Workflows' },
  ...agentCatalog.map(({ key, title }) => ({ key: `agent:${key}`, title })),
];

/** The services of the registry with how this tenant stands with each. */
export async function readServers(context: RequestContext, query: ListQuery): Promise<ServiceRow[]> {
  const { items, mine, titles } = await context.deps.db.inScope(context.tenant(), async (tx) => ({
    ...(await registry.listServers(tx, { q: query.q, category: query.category, limit: most })),
    mine: new Map((await connections.listConnections(tx)).map((one) => [one.server, one])),
    titles: new Map((await categories.listCategories(tx)).map(({ key, title }) => [key, title])),
  }));
  return items
    .map((server): ServiceRow & { hidden: boolean } => {
      const connection = mine.get(server.name);
      const known = connection && connection.status !== 'disconnected' ? connection : null;
      return {
        name: server.name,
        title: server.title,
        summary: server.summary,
        category: titles.get(server.category) ?? server.category,
        state: known?.status ?? 'available',
        account: known?.accountLabel ?? null,
        since: known?.connectedAt.toISOString() ?? null,
        endsAt: server.status === 'deprecated' ? (server.offAt?.toISOString() ?? null) : null,
        featured: server.featured,
        // Nobody new is led to what is going away.
        hidden: !known && server.status !== 'available',
      };
    })
    .filter((row) => !row.hidden && (!query.state || row.state === query.state))
    .map(({ hidden: _hidden, ...row }) => row);
}

export async function connectionsPage(context: RequestContext, query: ListQuery) {
  const services = await readServers(context, query);
  const known = await context.deps.db.inScope(context.tenant(), (tx) => categories.listCategories(tx));
  return ConnectionsPage({
    frame: pageContextOf(context),
    services,
    categories: known.map(({ key, title }) => ({ key, title })),
    query: { ...query },
  });
}

const refusals = /^(approval|connection|server)\.|^tool\.(not-|quarantined|arguments|rate|circuit)/;

/** How a use of a tool ended, in words. */
export function outcomeOf({ outcome }: Pick<CallRecord, 'outcome'>): {
  state: 'done' | 'asked' | 'refused' | 'failed';
  problem: string | null;
} {
  if (outcome === 'ok') return { state: 'done', problem: null };
  if (outcome === 'approval.required') return { state: 'asked', problem: 'Somebody had to agree first.' };
  const problem = isErrorCode(outcome) ? errorTable[outcome satisfies ErrorCode].text : outcome;
  return { state: refusals.test(outcome) ? 'refused' : 'failed', problem };
}

/** Who made a call, in words. */
export async function actorNames(
  context: RequestContext,
  calls: readonly Pick<CallRecord, 'actorType' | 'actorId'>[],
): Promise<(call: Pick<CallRecord, 'actorType' | 'actorId'>) => string> {
  const ids = calls.filter(({ actorType }) => actorType === 'user').map(({ actorId }) => actorId);
  const people = await context.deps.db.inScope(context.tenant(), (tx) => names(tx, [...new Set(ids)]));
  return ({ actorType, actorId }) => {
    if (actorType === 'user') return people.get(actorId) ?? 'Somebody outside your team';
    if (actorType === 'agent') return agentCatalog.find(({ key }) => key === actorId)?.title ?? 'An agent';
    return actorType === 'workflow' ? 'A workflow' : 'The platform';
  };
}

/** Everything about one service and this tenant. Throws `server.not-found`. */
export async function readConnection(context: RequestContext, server: string) {
  return context.deps.db.inScope(context.tenant(), async (tx) => ({
    service: await registry.getOfferedServer(tx, server),
    connection: await connections.findConnection(tx, server),
    tools: await listTools(tx, { server }),
    grants: await listGrants(tx, server),
    calls: (await listCalls(tx, { server, limit: recent, withoutProbes: true })).items,
  }));
}

/** What the service tells by itself: where to, and what came last. */
async function noticesOf(
  context: RequestContext,
  { server, webhookKey, handshakeSecretUntil }: connections.Connection,
) {
  const { items } = await context.deps.db.inScope(context.tenant(), (tx) =>
    listDeliveries(tx, { server, limit: recent }),
  );
  return {
    address: `${context.deps.publicUrl}/hooks/${server}/${webhookKey}`,
    secretWaits: handshakeSecretUntil === Infinity,
    latest: items.map(({ eventType, receivedAt }) => ({ type: eventType, at: receivedAt.toISOString() })),
  };
}

export async function connectionPage(context: RequestContext, server: string, form?: FormState) {
  const { service, connection, tools, grants, calls } = await readConnection(context, server);
  const tellsTo = service.webhook && context.can('tools.manage') ? connection : null;
  const who = await actorNames(context, calls);
  const titles = new Map(tools.map(({ name, title }) => [name, title]));
  return ConnectionPage({
    frame: pageContextOf(context),
    service: {
      name: service.name,
      title: service.title,
      summary: service.summary,
      docsUrl: service.docsUrl,
      fields: service.credentialFields,
      byAgreement: service.auth.kind === 'oauth2',
      foreign: service.kind !== 'own',
      endsAt: service.status === 'deprecated' ? (service.offAt?.toISOString() ?? null) : null,
      successor: service.successor,
    },
    state: connection?.status ?? 'available',
    incomplete: connection?.lastErrorCode === 'connection.incomplete',
    account: connection?.accountLabel ?? null,
    since: connection?.connectedAt.toISOString() ?? null,
    notices: tellsTo && (await noticesOf(context, tellsTo)),
    tools: tools
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ name, title, definition, risk, state }) => ({
        name,
        title,
        // What a changed tool says of itself has not been looked at yet.
        description: state === 'approved' ? definition.description : '',
        risk,
        setAside: state !== 'approved',
        grantees: grants.filter(({ tool }) => tool === name).map(({ grantee }) => grantee),
      })),
    calls: calls.map((call) => ({
      tool: titles.get(call.tool) ?? call.tool,
      who: who(call),
      ...outcomeOf(call),
      ms: call.ms,
      at: call.at.toISOString(),
    })),
    grantees,
    mayManage: context.can('tools.manage'),
    back: returnToOf(context),
    ...(form && { form }),
  });
}
