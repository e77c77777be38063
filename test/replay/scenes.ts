import { createProcesses, type Processes } from '../../api/kit/processes/client.ts';
import { stagedSecrets } from '../../activities/adapters/staged-secrets.ts';
import { newId, PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { startMonitoring, startPurging, startSealing } from '../../workers/start-singletons.ts';
import { callToolContract } from '../../workflows/integrations/call-tool.contract.ts';
import { connectServerContract } from '../../workflows/integrations/connect-server.contract.ts';
import { workflowId } from '../../workflows/define.ts';
import { deprecateServerContract } from '../../workflows/integrations/deprecate-server.contract.ts';
import { disableServerContract } from '../../workflows/integrations/disable-server.contract.ts';
import { disconnectServerContract } from '../../workflows/integrations/disconnect-server.contract.ts';
import { receiveWebhooksContract } from '../../workflows/integrations/receive-webhooks.contract.ts';
import { registerServerContract } from '../../workflows/integrations/register-server.contract.ts';
import { testConnectionContract } from '../../workflows/integrations/test-connection.contract.ts';
import { oauthVendor } from '../support/oauth-vendor.ts';
import { remoteMcp } from '../support/remote-mcp.ts';
import { connectTenant, json, standIn, stubVendor } from '../support/tools.ts';
import { eventually } from '../support/world.ts';
import { overdue, subscriptionChanges, subscriptions } from './billing-scenes.ts';
import { bulk } from './bulk-scene.ts';
import { account } from './account-scene.ts';
import { approvals } from './approval-scenes.ts';
import { freezing } from './freeze-scenes.ts';
import { keys } from './key-scenes.ts';
import { team } from './people-scenes.ts';
import { replays } from './run-scenes.ts';
import { templates, templateStarts } from './template-scenes.ts';
import { business, reason, type Stage } from './stage.ts';
import { viewing } from './viewing.ts';
import { dayMs } from '../../db/domain/time.ts';

const ignore = () => undefined;

async function callTool(stage: Stage, processes: Processes): Promise<void> {
  const { world, over, save } = stage;
  const vendor = await stubVendor();
  standIn(world, 'stripe', vendor.url);
  const { tenantId, actor } = await business(stage);
  await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_recorded' });
  const call = async (tool: string, args: Record<string, unknown>) => {
    const callId = newId('call');
    const input = { tenantId, callId, actor, server: 'stripe', tool, arguments: args };
    const answer = await processes.startWithUpdate(callToolContract, input, actor, 'answer', null);
    return { id: workflowId(tenantId, callToolContract.name, callId), answer };
  };
  const end = async (name: string, id: string) => {
    await over(id);
    await save(name, id);
  };
  vendor.answer((_request, response) =>
    json(response, 200, { available: [{ amount: 500, currency: 'jpy' }], pending: [] }),
  );
  await end('call-tool-done', (await call('stripe_get_balance', {})).id);
  // `call-tool-approved`, `-denied` and `-expired` are of runs that took the decision themselves, before `request-approval`.
  await end('call-tool-refused', (await call('stripe_create_customer', { name: 'Ada' })).id);
  await vendor.close();
}

/** A write that the service may have done: its answer was lost, and it takes no key. */
async function lostAnswer(stage: Stage, processes: Processes): Promise<void> {
  const { world, over, save } = stage;
  const vendor = await stubVendor();
  standIn(world, 'trello', vendor.url);
  const { tenantId, actor } = await business(stage);
  await connectTenant(world.deps, tenantId, 'trello', { apiKey: 'recorded', token: 'recorded' });
  vendor.answer((_request, response) => void response.socket?.destroy());
  const callId = newId('call');
  const args = { list_id: '64c1f0b29d3e5a7781b2c411', name: 'Offer' };
  const input = { tenantId, callId, actor, server: 'trello', tool: 'trello_create_card', arguments: args };
  const answer = await processes.startWithUpdate(callToolContract, input, actor, 'answer', null);
  if (answer.status !== 'failed' || answer.error.code !== 'tool.outcome-unknown')
    throw new Error(`the outcome is known: ${JSON.stringify(answer)}`);
  const id = workflowId(tenantId, callToolContract.name, callId);
  await over(id);
  await save('call-tool-outcome-unknown', id);
  await vendor.close();
}

async function connections(stage: Stage, processes: Processes): Promise<void> {
  const { world, environment, over, save } = stage;
  const [vendor, zoom] = await Promise.all([stubVendor(), oauthVendor()]);
  standIn(world, 'stripe', vendor.url);
  standIn(world, 'zoom', zoom.vendor.url);
  const { keepSecret } = stagedSecrets(world.database.db, world.config.masterKey);
  const system = { actor: { type: 'system', id: 'test' }, context: {} } as const;
  await world.deps.oauthClients.save(system, 'zoom', { clientId: 'our-app', clientSecret: 'recorded' });
  const { tenantId, actor } = await business(stage);
  const begin = (server: string, secret: string | null) => {
    const connectId = newId('connection');
    const id = workflowId(tenantId, connectServerContract.name, connectId);
    return { id, input: { tenantId, connectId, server, actor, secret } };
  };
  vendor.answer(({ headers }, response) =>
    headers.authorization === 'Bearer rk_good'
      ? json(response, 200, { available: [], pending: [] })
      : json(response, 401, { error: { message: 'Expired API Key provided.' } }),
  );
  for (const [name, apiKey] of [
    ['form', 'rk_good'],
    ['refused', 'rk_spoilt'],
  ] as const) {
    const { id, input } = begin('stripe', await keepSecret(tenantId, { apiKey }));
    await processes.startWithUpdate(connectServerContract, input, actor, 'connected', null).catch(ignore);
    await over(id);
    await save(`connect-service-${name}`, id);
  }
  const agree = async () => {
    const { id, input } = begin('zoom', null);
    const there = await processes.startWithUpdate(
      connectServerContract,
      input,
      actor,
      'authorizationUrl',
      null,
    );
    return { id, back: zoom.agree(there.url) };
  };
  const agreed = await agree();
  const secret = await keepSecret(tenantId, Object.fromEntries(agreed.back.searchParams));
  const back = { secret, server: 'zoom', by: actor };
  await processes.update(connectServerContract, agreed.id, 'authorized', back).catch(ignore);
  await over(agreed.id);
  await save('connect-server-agreed', agreed.id);
  const abandoned = await agree();
  await environment.sleep('11 minutes');
  await over(abandoned.id);
  await save('connect-server-abandoned', abandoned.id);
  const ending = { tenantId, server: 'stripe', version: 1, actor };
  await processes.startWithUpdate(disconnectServerContract, ending, actor, 'disconnected', null);
  const ended = workflowId(tenantId, disconnectServerContract.name, 'stripe-1');
  await over(ended);
  await save('disconnect-server', ended);
  await Promise.all([vendor.close(), zoom.vendor.close()]);
}

async function events(stage: Stage, processes: Processes): Promise<void> {
  const { tenantId } = await business(stage);
  const by = { type: 'system', id: 'deliveries' } as const;
  const id = workflowId(tenantId, receiveWebhooksContract.name, 'stripe');
  const tell = (n: number) => {
    const event = { deliveryId: `evt_${n}`, type: 'charge.succeeded', payload: { n } };
    const input = { tenantId, server: 'stripe', arrived: [] };
    return processes.startWithSignal(receiveWebhooksContract, input, by, 'delivered', event);
  };
  const runId = async () => (await processes.describe({ workflowId: id, runId: '' })).runId;
  await tell(0);
  const first = await runId();
  for (let n = 1; n <= 520; n += 1) await tell(n);
  await eventually(runId, (now) => now !== first, 30_000);
  await stage.save('receive-webhooks-many', id, first);
  await stage.environment.sleep('26 hours');
  await stage.over(id);
  await stage.save('receive-webhooks-quiet', id);
}

async function standing(stage: Stage): Promise<void> {
  const { client, environment, save } = stage;
  const id = (process: string) => workflowId(PLATFORM_TENANT_ID, process, 'all');
  await startMonitoring(client);
  await startPurging(client);
  await environment.sleep('2 days');
  for (const name of ['monitor-servers', 'purge-old-records']) {
    const handle = client.workflow.getHandle(id(name));
    await handle.terminate('recorded');
    await save(name, id(name));
  }
}

async function sealing(stage: Stage): Promise<void> {
  const { client, environment, save } = stage;
  const id = workflowId(PLATFORM_TENANT_ID, 'seal-audit-log', 'all');
  await startSealing(client);
  await environment.sleep('3 minutes');
  await client.workflow.getHandle(id).terminate('recorded');
  await save('seal-audit-log', id);
}

async function ends(stage: Stage, processes: Processes): Promise<void> {
  const { environment, over, save, world } = stage;
  const { tenantId, actor } = await business(stage);
  for (const server of ['notion', 'trello'])
    await connectTenant(world.deps, tenantId, server, { apiKey: 'x' });
  const announce = async (server: string) => {
    const offAt = new Date((await environment.currentTimeMs()) + 40 * dayMs).toISOString();
    const input = { server, successor: null, offAt, notice: null, reason, actor };
    await processes.startWithUpdate(deprecateServerContract, input, actor, 'deprecated', null);
    return workflowId(PLATFORM_TENANT_ID, deprecateServerContract.name, server);
  };
  const ended = await announce('notion');
  await environment.sleep('45 days');
  await over(ended);
  await save('deprecate-server-retired', ended);
  const calledOff = await announce('trello');
  await processes.update(deprecateServerContract, calledOff, 'undo', { reason, by: actor });
  await over(calledOff);
  await save('deprecate-server-undone', calledOff);
}

async function turnedOff(stage: Stage, processes: Processes): Promise<void> {
  const { over, save, world } = stage;
  const { tenantId, actor } = await business(stage);
  await connectTenant(world.deps, tenantId, 'pipedrive', { apiToken: 'x' });
  const turnOff = async (server: string) => {
    const input = { disableId: newId('call'), server, reason, actor };
    const id = workflowId(PLATFORM_TENANT_ID, disableServerContract.name, input.disableId);
    await processes
      .startWithUpdate(disableServerContract, input, actor, 'disabled', null)
      .catch((error: { code?: string }) => {
        if (error.code !== 'server.not-found') throw error;
      });
    await over(id);
    return id;
  };
  await save('disable-server', await turnOff('pipedrive'));
  await save('disable-server-refused', await turnOff('not-there'));
}

async function connectionTests(stage: Stage, processes: Processes): Promise<void> {
  const { over, save, world } = stage;
  const vendor = await stubVendor();
  standIn(world, 'stripe', vendor.url);
  const { tenantId, actor } = await business(stage);
  await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_recorded' });
  for (const [result, status] of [
    ['works', 200],
    ['refused', 401],
  ] as const) {
    vendor.answer((_request, response) => json(response, status, { available: [], pending: [] }));
    const testId = newId('connection');
    const input = { tenantId, server: 'stripe', actor, testId };
    await processes.startWithUpdate(testConnectionContract, input, actor, 'tested', null);
    const id = workflowId(tenantId, testConnectionContract.name, testConnectionContract.key(input));
    await over(id);
    await save(`test-connection-${result}`, id);
  }
  await vendor.close();
}

async function registrations(stage: Stage, processes: Processes): Promise<void> {
  const { environment, over, save, world } = stage;
  Object.assign(world.config.tools, { allowPrivateHosts: true });
  const remote = await remoteMcp('recorded');
  const { actor } = await business(stage);
  const registration = {
    title: 'Remote',
    summary: 'Says words back.',
    category: 'research',
    docsUrl: 'https://example.com',
    fields: [{ label: 'Token', sentAs: 'authorization', secret: true, optional: false }],
  };
  const bringIn = async (server: string, isNew = true) => {
    const source = { kind: 'remote', url: remote.url } as const;
    const input = { server, registration: isNew ? registration : null, source, reason, actor };
    const { workflowId: id } = await processes.start(registerServerContract, input, actor);
    await processes.update(registerServerContract, id, 'fetched', null);
    return id;
  };
  const { keepSecret } = stagedSecrets(world.database.db, world.config.masterKey);
  const read = async (id: string, token: string) => {
    const secret = await keepSecret(PLATFORM_TENANT_ID, { authorization: token });
    const asked = { secret, by: actor };
    await processes.update(registerServerContract, id, 'readTools', asked).catch(ignore);
  };
  const offered = await bringIn('remote-offered');
  await read(offered, 'wrong');
  await read(offered, 'recorded');
  await world.database.owner(`update mcp_tools set state = 'approved' where server = 'remote-offered'`, []);
  await processes.update(registerServerContract, offered, 'publish', { by: actor });
  await over(offered);
  await save('register-server-published', offered);
  const changed = await bringIn('remote-offered', false);
  await read(changed, 'recorded');
  await over(changed);
  await save('register-server-changed', changed);
  const expired = await bringIn('remote-expired');
  await environment.sleep('15 days');
  await over(expired);
  await save('register-server-expired', expired);
  await remote.close();
}

/** What is recorded of the processes around services and of those that stand for ever, by name. */
export const scenes: Readonly<Record<string, (stage: Stage) => Promise<void>>> = Object.fromEntries(
  Object.entries({
    approvals,
    callTool,
    lostAnswer,
    connections,
    connectionTests,
    events,
    ends,
    turnedOff,
    bulk,
    registrations,
    sealing,
    standing,
    team,
    viewing,
    account,
    keys,
    replays,
    freezing,
    subscriptions,
    subscriptionChanges,
    overdue,
    templates,
    templateStarts,
  }).map(([name, scene]) => [name, (stage: Stage) => scene(stage, createProcesses(stage.client))]),
);
