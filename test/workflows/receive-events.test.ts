import assert from 'node:assert/strict';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createProcesses, type Processes } from '../../api/kit/processes.ts';
import { workflowId } from '../../workflows/define.ts';
import { receiveEventsContract } from '../../workflows/receive-events.contract.ts';
import { type Platform, startPlatform } from '../support/api.ts';
import { plantTenant } from '../support/database.ts';
import { timeSkippingEnvironment } from '../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../support/world.ts';

const by = { type: 'system', id: 'deliveries' } as const;
const server = 'stripe';
const dayMs = 86_400_000;
const idOf = (tenantId: string) => workflowId(tenantId, receiveEventsContract.name, server);

/** A service tells something, as its webhook does. */
function tell(processes: Processes, tenantId: string, deliveryId: string): Promise<void> {
  const event = { deliveryId, type: 'charge.succeeded', payload: { deliveryId } };
  const input = { tenantId, server, arrived: [] };
  return processes.startWithSignal(receiveEventsContract, input, by, 'delivered', event);
}

/** What was taken in, in the order of the ledger. */
async function takenIn({ database }: World, tenantId: string): Promise<string[]> {
  const rows = await database.owner<{ id: string }>(
    `select body -> 'data' ->> 'deliveryId' as id from events
     where tenant_id = $1 and action = 'webhook.received' order by seq`,
    [tenantId],
  );
  return rows.map(({ id }) => id);
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `evt_${String(from + index).padStart(5, '0')}`);

describe('[MCP-G] the events of a service', function () {
  this.timeout(120_000);

  describe('in a flood', () => {
    let platform: Platform;
    let worker: { stop(): Promise<void> } | null = null;
    let tenantId: string;

    before(async () => {
      platform = await startPlatform({ worker: false });
      ({ tenantId } = await plantTenant(platform.world.database.db));
    });
    after(async () => {
      await worker?.stop();
      await platform.stop();
    });

    const start = async () => {
      const { temporal } = platform.world.config;
      worker = await runWorker(platform.world, temporal);
    };
    const send = async (ids: readonly string[]) => {
      for (const id of ids) await tell(platform.processes, tenantId, id);
    };
    const taken = () => takenIn(platform.world, tenantId);
    const runIds = async () =>
      (await platform.processes.describe({ workflowId: idOf(tenantId), runId: '' })).runId;

    it('are taken in once each and in order, over several runs and workers, while more arrive', async () => {
      // They come before anybody is there to take them in.
      await send(numbered(1, 350));
      const first = await runIds();
      await start();
      const all = numbered(1, 1_250);
      const sending = send([...numbered(351, 900), ...numbered(400, 450), ...numbered(901, 1_250)]);
      await eventually(taken, (ids) => ids.length >= 480, 60_000);
      await worker?.stop();
      const atTheStop = (await taken()).length;
      assert.ok(atTheStop < all.length, 'the worker went away in the middle');
      await start();
      await sending;
      await eventually(taken, (ids) => ids.length >= all.length, 60_000);
      assert.deepEqual(await taken(), all);
      await eventually(runIds, (runId) => runId !== first);
      const standing = await platform.processes.findProgress(idOf(tenantId));
      assert.equal(standing?.progress.state, 'waiting');
    });

    it('are not lost to somebody who cancels the run', async () => {
      await worker?.stop();
      await send(numbered(2_001, 2_130));
      const found = await platform.processes.findProgress(idOf(tenantId));
      await platform.processes.cancel({ workflowId: idOf(tenantId), runId: found?.runId ?? '' });
      await start();
      const ids = await eventually(taken, (now) => now.includes('evt_02130'));
      assert.deepEqual(ids.slice(-130), numbered(2_001, 2_130));
      await eventually(
        () => platform.processes.findProgress(idOf(tenantId)),
        (now) => now?.open === false,
      );
      await send(numbered(3_001, 3_001));
      await eventually(taken, (now) => now.at(-1) === 'evt_03001');
    });
  });

  describe('at the end of a quiet day', () => {
    let environment: TestWorkflowEnvironment;
    let world: World;
    let processes: Processes;
    let tenantId: string;

    before(async () => {
      [environment, world] = await Promise.all([timeSkippingEnvironment(), openWorld()]);
      const namespace = environment.namespace ?? 'default';
      processes = createProcesses(clientFor(world, environment.connection as never, namespace));
      ({ tenantId } = await plantTenant(world.database.db));
    });
    after(async () => {
      await environment.teardown();
      await world.close();
    });

    const start = () => {
      const namespace = environment.namespace ?? 'default';
      const nativeConnection = environment.nativeConnection;
      return runWorker(world, { address: '', namespace, nativeConnection });
    };
    const taken = () => takenIn(world, tenantId);
    const isOpen = async () => (await processes.findProgress(idOf(tenantId)))?.open;

    it('are taken in when one arrives in the very moment in which the run would end', async () => {
      let worker = await start();
      await tell(processes, tenantId, 'evt_first');
      await eventually(taken, (ids) => ids.length === 1);
      await eventually(
        async () => (await processes.findProgress(idOf(tenantId)))?.progress.state,
        (state) => state === 'waiting',
      );
      await worker.stop();
      // Nobody is there when the day ends, so that its end and the event are learned of together.
      const endsAtMs = (await environment.currentTimeMs()) + dayMs;
      await environment.sleep(dayMs - 3_000);
      await eventually(
        () => environment.currentTimeMs(),
        (nowMs) => nowMs > endsAtMs + 1_000,
      );
      await tell(processes, tenantId, 'evt_last-moment');
      worker = await start();
      try {
        await eventually(taken, (ids) => ids.includes('evt_last-moment'), 40_000);
        assert.equal(await isOpen(), true);
        await environment.sleep('25 hours');
        await eventually(isOpen, (open) => open === false);
        await tell(processes, tenantId, 'evt_after');
        await eventually(taken, (ids) => ids.includes('evt_after'));
        assert.deepEqual(await taken(), ['evt_first', 'evt_last-moment', 'evt_after']);
      } finally {
        await worker.stop();
      }
    });
  });
});
