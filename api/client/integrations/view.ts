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
import { ConnectionPage } from '../../../templates/client/integrations/connection.tsx';
import {
  IntegrationsPage,
  type IntegrationRow,
} from '../../../templates/client/integrations/connections.tsx';
import { toolsCopy } from '../../../templates/client/integrations/copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import { returnToOf } from '../../kit/return-to.ts';
import { actorNames } from '../shared/actor-names.ts';

export interface ListQuery {
  q?: string | undefined;
  category?: string | undefined;
  state?: 'connected' | 'needsReconnect' | 'available' | undefined;
}

/** One page shows all integrations; there are a few dozen. */
const most = 200;
const recent = 10;

/** Everything that can be allowed to use a tool, with its title. */
export const grantees = [
  ...tenantRoles.map((role) => ({ key: `role:${role}`, title: roleTitles[role] })),
  { key: 'workflow', title: toolsCopy.workflows },
  ...agentCatalog.map(({ key, title }) => ({ key: `agent:${key}`, title })),
];

/** The servers of the registry with this tenant's connection to each. */
export async function readServers(context: RequestContext, query: ListQuery): Promise<IntegrationRow[]> {
  const { items, mine, titles } = await context.deps.db.inScope(context.tenant(), async (tx) => ({
    ...(await registry.listServers(tx, { q: query.q, category: query.category, limit: most })),
    mine: new Map((await connections.listConnections(tx)).map((one) => [one.server, one])),
    titles: new Map((await categories.listCategories(tx)).map(({ key, title }) => [key, title])),
  }));
  return items
    .map((server): IntegrationRow & { hidden: boolean } => {
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
        // A deprecated or disabled server is offered to no new tenant.
        hidden: !known && server.status !== 'available',
      };
    })
    .filter((row) => !row.hidden && (!query.state || row.state === query.state))
    .map(({ hidden: _hidden, ...row }) => row);
}

export async function connectionsPage(context: RequestContext, query: ListQuery) {
  const integrations = await readServers(context, query);
  const known = await context.deps.db.inScope(context.tenant(), (tx) => categories.listCategories(tx));
  return IntegrationsPage({
    frame: pageContextOf(context),
    integrations,
    categories: known.map(({ key, title }) => ({ key, title })),
    query: { ...query },
  });
}

const refusals = /^(approval|connection|server)\.|^tool\.(not-|quarantined|arguments|rate|circuit)/;

/** The outcome of a call as the page shows it. */
export function outcomeOf({ outcome }: Pick<CallRecord, 'outcome'>): {
  state: 'done' | 'asked' | 'refused' | 'failed';
  problem: string | null;
} {
  if (outcome === 'ok') return { state: 'done', problem: null };
  if (outcome === 'approval.required') return { state: 'asked', problem: toolsCopy.neededApproval };
  const problem = isErrorCode(outcome) ? errorTable[outcome satisfies ErrorCode].text : outcome;
  return { state: refusals.test(outcome) ? 'refused' : 'failed', problem };
}

/** One server with this tenant’s connection, tools, grants and latest calls. Throws `server.not-found`. */
export async function readConnection(context: RequestContext, name: string) {
  return context.deps.db.inScope(context.tenant(), async (tx) => ({
    server: await registry.getOfferedServer(tx, name),
    connection: await connections.findConnection(tx, name),
    tools: await listTools(tx, { server: name }),
    grants: await listGrants(tx, name),
    calls: (await listCalls(tx, { server: name, limit: recent, withoutProbes: true })).items,
  }));
}

/** The webhook URL and the latest deliveries. */
async function webhooksOf(
  context: RequestContext,
  { server, webhookKey, handshakeSecretUntil }: connections.Connection,
) {
  const { items } = await context.deps.db.inScope(context.tenant(), (tx) =>
    listDeliveries(tx, { server, limit: recent }),
  );
  return {
    url: `${context.deps.publicUrl}/hooks/${server}/${webhookKey}`,
    secretPending: handshakeSecretUntil === Infinity,
    latest: items.map(({ eventType, receivedAt }) => ({ type: eventType, at: receivedAt.toISOString() })),
  };
}

export async function connectionPage(context: RequestContext, name: string, form?: FormState) {
  const { server, connection, tools, grants, calls } = await readConnection(context, name);
  const receiving = server.webhook && context.can('tools.manage') ? connection : null;
  const who = await actorNames(context, calls);
  const titles = new Map(tools.map(({ name, title }) => [name, title]));
  return ConnectionPage({
    frame: pageContextOf(context),
    server: {
      name: server.name,
      title: server.title,
      summary: server.summary,
      docsUrl: server.docsUrl,
      fields: server.credentialFields,
      oauth: server.auth.kind === 'oauth2',
      thirdParty: server.kind !== 'builtin',
      endsAt: server.status === 'deprecated' ? (server.offAt?.toISOString() ?? null) : null,
      successor: server.successor,
    },
    state: connection?.status ?? 'available',
    incomplete: connection?.lastErrorCode === 'connection.incomplete',
    account: connection?.accountLabel ?? null,
    since: connection?.connectedAt.toISOString() ?? null,
    webhooks: receiving && (await webhooksOf(context, receiving)),
    tools: tools
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ name, title, definition, risk, state }) => ({
        name,
        title,
        // The description of a changed tool has not been reviewed yet.
        description: state === 'approved' ? definition.description : '',
        risk,
        inReview: state !== 'approved',
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
