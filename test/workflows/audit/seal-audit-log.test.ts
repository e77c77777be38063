import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Client } from '@temporalio/client';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import type { Progress } from '../../../db/domain/progress.ts';
import { startSealing } from '../../../workers/start-singletons.ts';
import { workflowId } from '../../../workflows/define.ts';
import { plantTenant, scope } from '../../support/database.ts';
import { timeSkippingEnvironment } from '../../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../../support/world.ts';

const id = workflowId(PLATFORM_TENANT_ID, 'seal-audit-log', 'all');

describe('[SEC-7] the sealing of the audit log', function () {
  this.timeout(30_000);
  let environment: TestWorkflowEnvironment;
  let world: World;
  let worker: { stop(): Promise<void> };
  let client: Client;
  let tenantId: string;

  before(async () => {
    [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
    const namespace = environment.namespace ?? 'default';
    client = clientFor(world, environment.connection as never, namespace);
    ({ tenantId } = await plantTenant(world.database.db));
    worker = await runWorker(world, {
      address: '',
      namespace,
      nativeConnection: environment.nativeConnection,
    });
  });
  after(async () => {
    await client.workflow
      .getHandle(id)
      .terminate('the test is over')
      .catch(() => undefined);
    await worker.stop();
    await environment.teardown();
    await world.close();
  });

  const add = (count: number) =>
    world.database.db.inScope(scope({ tenantId }), async (tx) => {
      for (let n = 0; n < count; n += 1)
        tx.record({ action: 'mail.sent', targets: [{ type: 'mail', id: `m${n}` }] });
    });
  const checkpoints = () =>
    world.database.owner<{ number: number; events: number }>(
      `select number::int, (statement ->> 'events')::int as events from audit_checkpoints order by number`,
    );
  const progress = async () =>
    (await client.workflow.getHandle(id).describe()).memo?.['progress'] as Progress | undefined;

  it('begins at once, then signs every minute what came since, and nothing where nothing came', async () => {
    await startSealing(client);
    await eventually(checkpoints, (found) => found.length === 1);
    await eventually(progress, (known) => known?.state === 'waiting');
    await add(3);
    await environment.sleep('40 seconds');
    await eventually(progress, (known) => known?.state === 'waiting');
    assert.equal((await checkpoints()).length, 1, 'few events wait for the minute');
    await environment.sleep('25 seconds');
    const [, second] = await eventually(checkpoints, (found) => found.length === 2);
    assert.equal(second?.events, 3);
    await environment.sleep('3 minutes');
    assert.equal((await checkpoints()).length, 2);
  });

  it('signs a thousand events before the minute is over', async () => {
    await add(1_000);
    await environment.sleep('21 seconds');
    const found = await eventually(checkpoints, (all) => all.length === 3);
    assert.ok((found.at(-1)?.events ?? 0) >= 1_000);
  });

  it('is one run, however many workers start it', async () => {
    const { runId } = await client.workflow.getHandle(id).describe();
    await startSealing(client);
    assert.equal((await client.workflow.getHandle(id).describe()).runId, runId);
  });

  it('shows on its page that it can’t seal, and catches up when it can', async () => {
    await world.database.owner('alter table audit_checkpoints rename to away');
    await add(2);
    const stateOf = async () => (await progress())?.steps.find(({ key }) => key === 'seal')?.state;
    for (let n = 0; n < 12 && (await stateOf()) !== 'skipped'; n += 1) await environment.sleep('20 seconds');
    assert.equal(await stateOf(), 'skipped');
    await world.database.owner('alter table away rename to audit_checkpoints');
    await environment.sleep('2 minutes');
    const found = await eventually(checkpoints, (all) => all.length === 4);
    assert.equal(found.at(-1)?.events, 2);
    await eventually(stateOf, (state) => state === 'done');
  });

  it('continues as new before its history grows long', async () => {
    const first = await client.workflow.getHandle(id).describe();
    for (let n = 0; n < 10; n += 1) {
      await environment.sleep('8 minutes');
      const now = await client.workflow.getHandle(id).describe();
      assert.ok(now.historyLength < 1_200, `${now.historyLength} events`);
      if (now.runId !== first.runId) return;
    }
    assert.fail('no new run');
  });
});
