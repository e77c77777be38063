import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import type { Processes } from '../../../api/kit/processes/client.ts';
import { workflowId } from '../../../workflows/define.ts';
import { receiveWebhooksContract } from '../../../workflows/integrations/receive-webhooks.contract.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { plantTenant } from '../../support/database.ts';
import { projectRoot } from '../../support/source-files.ts';
import { eventually, runWorker, type World } from '../../support/world.ts';

const by = { type: 'system', id: 'deliveries' } as const;
const server = 'stripe';
const idOf = (tenantId: string) => workflowId(tenantId, receiveWebhooksContract.name, server);

/** A service tells something, as its webhook does. */
function tell(processes: Processes, tenantId: string, deliveryId: string): Promise<void> {
  const event = { deliveryId, type: 'charge.succeeded', payload: { deliveryId } };
  const input = { tenantId, server, arrived: [] };
  return processes.startWithSignal(receiveWebhooksContract, input, by, 'delivered', event);
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

/** The workflows unchanged except for the idle time. */
async function impatientBundle(quietFor: string): Promise<WorkflowBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'bizosaas-quiet-'));
  try {
    for (const part of ['workflows', 'db/domain', 'package.json', 'tsconfig.json']) {
      await cp(join(projectRoot, part), join(folder, part), { recursive: true });
    }
    await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
    const workflow = join(folder, 'workflows/integrations/receive-webhooks.workflow.ts');
    const source = await readFile(workflow, 'utf8');
    const changed = source.replace(`quietFor = '1 day'`, `quietFor = '${quietFor}'`);
    assert.notEqual(changed, source);
    await writeFile(workflow, changed);
    const quiet = () => undefined;
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows/index.ts'),
      failureConverterPath: join(projectRoot, 'workers/runtime/failure-converter.cjs'),
      logger: { trace: quiet, debug: quiet, info: quiet, log: quiet, warn: quiet, error: quiet },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `evt_${String(from + index).padStart(5, '0')}`);

describe('[MCP-G] the events of a server', function () {
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
      const next = await eventually(runIds, (runId) => runId !== first);
      const { events } = await platform.processes.fetchHistory({ workflowId: idOf(tenantId), runId: next });
      const started = events?.[0]?.workflowExecutionStartedEventAttributes;
      // A new run shows progress before a worker has taken it up.
      assert.deepEqual(Object.keys(started?.memo?.fields ?? {}), ['progress']);
      // The last webhook is in the ledger a moment before the run knows of it.
      await eventually(
        () => platform.processes.findProgress(idOf(tenantId)),
        (found) => found?.progress.state === 'scheduled',
      );
    });

    it('are not lost when the run is cancelled', async () => {
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

  describe('at the end of a quiet time', () => {
    let platform: Platform;
    let tenantId: string;

    before(async () => {
      platform = await startPlatform({ worker: false });
      ({ tenantId } = await plantTenant(platform.world.database.db));
    });
    after(() => platform.stop());

    const taken = () => takenIn(platform.world, tenantId);
    const isOpen = async () => (await platform.processes.findProgress(idOf(tenantId)))?.open;

    it('are taken in when one arrives in the very moment in which the run would end', async () => {
      const bundle = await impatientBundle('2 seconds');
      let worker = await runWorker(platform.world, platform.world.config.temporal, bundle);
      try {
        await tell(platform.processes, tenantId, 'evt_first');
        await eventually(taken, (ids) => ids.length === 1);
        await worker.stop();
        // No worker runs when the time is over, so that the timer and the event arrive together.
        await sleep(4_000);
        await tell(platform.processes, tenantId, 'evt_last-moment');
      } finally {
        worker = await runWorker(platform.world, platform.world.config.temporal, bundle);
      }
      try {
        await eventually(taken, (ids) => ids.includes('evt_last-moment'), 30_000);
        await eventually(isOpen, (open) => open === false, 30_000);
        await tell(platform.processes, tenantId, 'evt_after');
        await eventually(taken, (ids) => ids.includes('evt_after'));
        assert.deepEqual(await taken(), ['evt_first', 'evt_last-moment', 'evt_after']);
      } finally {
        await worker.stop();
      }
    });
  });
});
