import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Client } from '@temporalio/client';
import { idFromKey, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { healthOf } from '../../../db/repos/integrations/probes.ts';
import { startMonitoring } from '../../../workers/start-singletons.ts';
import { scope } from '../../support/database.ts';
import { connectTenant, json, standIn, stubVendor, type StubVendor } from '../../support/tools.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const id = `t:${PLATFORM_TENANT_ID}:monitor-servers:all`;
const round = '5 minutes';

describe('[MCP-R6] health checks of servers', function () {
  this.timeout(150_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let client: Client;
  let vendor: StubVendor;

  before(async () => {
    [environment, world, vendor] = await Promise.all([timeSkippingEnvironment(), openWorld(), stubVendor()]);
    const namespace = environment.namespace ?? 'default';
    standIn(world, 'trello', vendor.url);
    standIn(world, 'notion', vendor.url);
    for (const name of ['One', 'Two']) {
      const tenantId = await idFromKey('tenant', name);
      await world.database.owner(
        `insert into tenants (id, name, name_key, status, timezone, language)
         values ($1, $2, $2, 'live', 'UTC', 'en')`,
        [tenantId, name],
      );
      const key = name === 'One' ? 'good' : 'spoilt';
      await connectTenant(world.deps, tenantId, 'trello', { apiKey: key, token: key });
    }
    worker = await runWorker(world, {
      address: '',
      namespace,
      nativeConnection: environment.nativeConnection,
    });
    client = clientFor(world, environment.connection as never, namespace);
  });
  after(async () => {
    await client.workflow
      .getHandle(id)
      .terminate('the test is over')
      .catch(() => undefined);
    await worker.stop();
    await environment.teardown();
    await vendor.close();
    await world.close();
  });

  const health = () => world.database.db.inScope(scope('platform'), async (tx) => healthOf(tx, 'trello'));
  const probes = async () =>
    world.database.owner<{ ok: boolean; error_code: string | null }>(
      `select ok, error_code from mcp_probes where server = 'trello' order by at`,
      [],
    );
  const events = async () =>
    (
      await world.database.owner<{ action: string }>(
        `select action from events where target_type = 'server' and target_id = 'trello'
         and action in ('server.failed', 'server.recovered') order by seq`,
        [],
      )
    ).map(({ action }) => action);
  const afterProbes = (count: number) => eventually(probes, (rows) => rows.length >= count, 30_000);
  const answersWell: Parameters<StubVendor['answer']>[0] = ({ path, headers }, response) =>
    `${path} ${headers.authorization}`.includes('spoilt')
      ? json(response, 401, { message: 'invalid key' })
      : json(response, 200, []);

  it('checks each server in use, and one tenant’s bad credentials do not count against it', async () => {
    vendor.answer(answersWell);
    await startMonitoring(client);
    await afterProbes(1);
    for (const count of [2, 3]) {
      await environment.sleep(round);
      await afterProbes(count);
    }
    assert.ok((await probes()).every(({ ok }) => ok));
    assert.equal((await health())?.status, 'up');
    const refused = vendor.requests.filter(({ path, headers }) =>
      `${path} ${headers.authorization}`.includes('spoilt'),
    );
    assert.ok(refused.length > 0, 'the other tenant had its turn');
    const others = await world.database.owner(`select 1 from mcp_probes where server <> 'trello'`, []);
    assert.equal(others.length, 0, 'no tenant is connected to the others');
  });

  it('writes an event when a server fails three times in a row, and one when it answers again', async () => {
    vendor.answer((_request, response) => json(response, 503, { message: 'down' }));
    const before = (await probes()).length;
    for (const failed of [1, 2, 3, 4]) {
      await environment.sleep(round);
      await afterProbes(before + failed);
      assert.deepEqual(await events(), failed < 3 ? [] : ['server.failed']);
    }
    assert.equal((await health())?.status, 'down');
    vendor.answer(answersWell);
    // The breaker lets one call through again after its pause, which passes in real time.
    await world.database.owner('delete from mcp_admissions', []);
    await environment.sleep(round);
    await afterProbes(before + 5);
    assert.deepEqual(await events(), ['server.failed', 'server.recovered']);
  });

  it('is one run, however many workers start it, and continues as new before its history grows long', async () => {
    const first = await client.workflow.getHandle(id).describe();
    await startMonitoring(client);
    assert.equal((await client.workflow.getHandle(id).describe()).runId, first.runId);
    let length = 0;
    for (let rounds = 0; rounds < 250; rounds += 1) {
      await environment.sleep(round);
      const now = await eventually(
        () => client.workflow.getHandle(id).describe(),
        (run) => run.runId !== first.runId || run.historyLength !== length,
      );
      if (now.runId !== first.runId) {
        assert.ok(length > 2_500 && length < 3_500, `${length} events`);
        return;
      }
      length = now.historyLength;
    }
    assert.fail(`no new run after ${length} events`);
  });
});
