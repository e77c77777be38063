import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import { type ErrorCode, errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { tenantRoles, roleTitles } from '../../../db/domain/roles.ts';
import { type CallRecord, listCalls } from '../../../db/repos/integrations/calls.ts';
import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import * as connections from '../../../db/repos/integrations/connections.ts';
import { listDeliveries } from '../../../db/repos/integrations/webhook-deliveries.ts';
import { listGrants } from '../../../db/repos/integrations/grants.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import { ConnectionPage } from '../../../templates/client/integrations/connection.tsx';
import { toolsCopy } from '../../../templates/client/integrations/copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import type { FormState } from '../../kit/route.ts';
import { returnToOf } from '../../kit/return-to.ts';
import { actorNames } from '../shared/actor-names.ts';
import { whoCanConnect } from './who-can-connect.ts';

const recent = 10;

/** Everything that can be allowed to use a tool, with its title. */
export const grantees = [
  ...tenantRoles.map((role) => ({ key: `role:${role}`, title: roleTitles[role] })),
  { key: 'workflow', title: toolsCopy.workflows },
  ...agentCatalog.map(({ key, title }) => ({ key: `agent:${key}`, title })),
];

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
  return context.deps.db.inScope(context.tenant(), async (tx) => {
    const server = await registry.getOfferedServer(tx, name);
    const successor = server.successor && (await registry.findServer(tx, server.successor));
    return {
      server,
      successorTitle: successor ? successor.title : null,
      connection: await connections.findConnection(tx, name),
      tools: await listTools(tx, { server: name }),
      grants: await listGrants(tx, name),
      calls: (await listCalls(tx, { server: name, limit: recent, withoutProbes: true })).items,
    };
  });
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
  const { server, connection, tools, grants, calls, successorTitle } = await readConnection(context, name);
  const mayManage = context.can('tools.manage');
  const receiving = server.webhook && mayManage ? connection : null;
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
      lifecycle: lifecycleOf(server, () => successorTitle ?? server.successor ?? ''),
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
    mayManage,
    askWhom: mayManage ? [] : await whoCanConnect(context),
    back: returnToOf(context),
    ...(form && { form }),
  });
}
