import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { stagedSecrets } from '../../../activities/adapters/staged-secrets.ts';
import { createProcesses, type Processes } from '../../../api/kit/processes/client.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { findServer } from '../../../db/repos/integrations/servers.ts';
import { approveTool, listTools } from '../../../db/repos/integrations/tools.ts';
import { startMonitoring } from '../../../workers/start-singletons.ts';
import { registerServerContract } from '../../../workflows/integrations/register-server.contract.ts';
import { plantTenant, scope } from '../../support/database.ts';
import { type RemoteMcp, remoteMcp } from '../../support/remote-mcp.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { connectTenant } from '../../support/tools.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const actor = { type: 'user' as const, id: 'usr_registrar' };
const reason = 'Three customers have asked for it';

describe('[MCP-R1] [MCP-R4] registering a server, over virtual days', function () {
  this.timeout(150_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let processes: Processes;
  let client: ReturnType<typeof clientFor>;
  let remote: RemoteMcp;

  before(async () => {
    [environment, world, remote] = await Promise.all([
      timeSkippingEnvironment(),
      openWorld(),
      remoteMcp('good'),
    ]);
    Object.assign(world.config.tools, { allowPrivateHosts: true });
    const namespace = environment.namespace ?? 'default';
    const target = { address: '', namespace, nativeConnection: environment.nativeConnection };
    worker = await runWorker(world, target);
    client = clientFor(world, environment.connection as never, namespace);
    processes = createProcesses(client);
  });
  after(async () => {
    const id = `t:${PLATFORM_TENANT_ID}:monitor-servers:all`;
    await client.workflow
      .getHandle(id)
      .terminate('the test is over')
      .catch(() => undefined);
    await worker.stop();
    await environment.teardown();
    await remote.close();
    await world.close();
  });

  async function bringIn(server: string): Promise<string> {
    const registration = {
      title: `Service ${server}`,
      summary: 'Says words back.',
      category: 'research',
      docsUrl: 'https://example.com',
      fields: [{ label: 'Token', sentAs: 'Authorization', secret: true, optional: false }],
    };
    const source = { kind: 'remote', url: remote.url } as const;
    const input = { server, registration, source, reason, actor };
    const { workflowId } = await processes.start(registerServerContract, input, actor);
    await processes.update(registerServerContract, workflowId, 'fetched', null);
    return workflowId;
  }
  async function read(id: string, token: string): Promise<void> {
    const { keepSecret } = stagedSecrets(world.database.db, world.config.masterKey);
    const secret = await keepSecret(PLATFORM_TENANT_ID, { authorization: token });
    await processes.update(registerServerContract, id, 'readTools', { secret, by: actor });
  }
  const find = (server: string) =>
    world.database.db.inScope(scope('platform'), (tx) => findServer(tx, server));
  const secrets = () =>
    world.database.owner<{ name: string }>('select name from secrets where tenant_id = $1', [
      PLATFORM_TENANT_ID,
    ]);

  it('an unfinished registration is closed after 14 days and leaves nothing', async () => {
    const id = await bringIn('unfinished');
    assert.equal((await find('unfinished'))?.status, 'review');
    await environment.sleep('13 days');
    assert.equal((await find('unfinished'))?.status, 'review');
    await environment.sleep('2 days');
    const { outcome } = await processes.result(registerServerContract, id);
    assert.equal(outcome, 'expired');
    assert.equal(await find('unfinished'), null);
  });

  it('is tried again after a refusal, and what it was tried with is gone either way', async () => {
    const id = await bringIn('tried');
    await assert.rejects(
      read(id, 'wrong'),
      (error) => error instanceof AppError && error.code === 'connection.refused',
    );
    assert.deepEqual(await secrets(), []);
    await read(id, 'good');
    assert.deepEqual(await secrets(), []);
    const refused = processes.update(registerServerContract, id, 'publish', { by: actor });
    await assert.rejects(
      refused,
      (error) => error instanceof AppError && error.code === 'server.not-reviewed',
    );
    await processes.update(registerServerContract, id, 'discard', { reason, by: actor });
    assert.equal((await processes.result(registerServerContract, id)).outcome, 'discarded');
    assert.equal(await find('tried'), null);
  });

  it('[MCP-R6] the watch finds what a server says otherwise, and the tool is set aside with its event', async () => {
    const id = await bringIn('watched');
    await read(id, 'good');
    const tools = () =>
      world.database.db.inScope(scope('platform'), (tx) => listTools(tx, { server: 'watched' }));
    for (const { name: tool, liveHash } of await tools()) {
      await world.database.db.inScope(scope('platform'), (tx) =>
        approveTool(tx, { server: 'watched', tool, liveHash, risk: 'read', reason }),
      );
    }
    await processes.update(registerServerContract, id, 'publish', { by: actor });
    const { tenantId } = await plantTenant(world.database.db);
    await connectTenant(world.deps, tenantId, 'watched', { authorization: 'good' });
    remote.says.description = 'Says a word back, and to everybody else.';
    await startMonitoring(client);
    await environment.sleep('6 minutes');
    await eventually(
      tools,
      (all) => all.some(({ name, state }) => name === 'echo' && state === 'quarantined'),
      30_000,
    );
    assert.equal((await tools()).find(({ name }) => name === 'forget')?.state, 'approved');
    const events = await world.database.owner<{ action: string }>(
      `select action from events where action = 'tool.quarantined' and target_id = 'watched/echo'`,
      [],
    );
    assert.ok(events.length > 0);
  });
});
