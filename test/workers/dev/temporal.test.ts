import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Connection } from '@temporalio/client';
import { openConnection } from '../../../workers/runtime/connection.ts';
import { openPorts } from '../../../workers/dev/kit/ports.ts';
import { findProcess } from '../../../workers/dev/kit/processes.ts';
import { supervise } from '../../../workers/dev/kit/supervise.ts';
import { prepareExisting } from '../../../workers/dev/temporal/ready.ts';
import { chooseTestedTemporal } from '../../../workers/dev/temporal/server.ts';
import { searchAttributes } from '../../../workflows/search-attributes.ts';
import { testTemporal } from '../../support/platform.ts';
import { testDirectory } from '../../support/workspace.ts';

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await openConnection({ address });
  try {
    return await use(new Client({ connection, namespace: 'bizosaas' }));
  } finally {
    await connection.close();
  }
}

describe('the local Temporal server', () => {
  it('keeps namespace, search attributes and open workflows over SIGKILL, on the same address', async () => {
    const directory = await testDirectory('temporal-kill');
    const server = await chooseTestedTemporal({
      directory: join(directory, 'with spaces'),
      logFile: join(directory, 'temporal.log'),
      ports: await openPorts(directory),
      address: undefined,
      cliPath: undefined,
      namespace: 'bizosaas',
      say: () => undefined,
      signal: new AbortController().signal,
    });
    assert.ok(server.service);
    const supervised = await supervise(server.service, { say: () => undefined, onChange: () => undefined });
    try {
      await withClient(server.address, (client) =>
        client.workflow.start('anything', {
          taskQueue: 'without-pollers',
          workflowId: 'survivor',
          searchAttributes: { TenantId: ['ten_1'], NeedsAttention: [true] },
        }),
      );
      const killed = supervised.pid();
      process.kill(killed ?? 0, 'SIGKILL');
      while (supervised.pid() === null || supervised.pid() === killed) await sleep(20);

      await withClient(server.address, async (client) => {
        const { status } = await client.workflow.getHandle('survivor').describe();
        assert.equal(status.name, 'RUNNING');
        // Lists lag behind the truth by design; mocha's time limit is the bound.
        const open = () => client.workflow.count(`TenantId = 'ten_1' AND NeedsAttention = true`);
        while ((await open()).count !== 1) await sleep(50);
      });
    } finally {
      await supervised.stop();
    }
    assert.equal(await findProcess(supervised.pid() ?? 0), null);
  });

  it('prepares an existing server as often as it is asked, with 30 days of history', async () => {
    const { address, namespace } = await testTemporal();
    assert.deepEqual(await prepareExisting(address, namespace), {
      created: false,
      searchAttributes: 'ready',
    });
    assert.deepEqual(await prepareExisting(address, 'second'), { created: true, searchAttributes: 'ready' });
    await withClient(address, async ({ connection }) => {
      const { config } = await connection.workflowService.describeNamespace({ namespace: 'second' });
      assert.equal(Number(config?.workflowExecutionRetentionTtl?.seconds), 30 * 24 * 60 * 60);
      const found = await (connection as Connection).operatorService.listSearchAttributes({
        namespace: 'second',
      });
      assert.deepEqual(
        Object.keys(found.customAttributes).sort(),
        Object.values(searchAttributes)
          .map(({ name }) => name as string)
          .sort(),
      );
    });
  });
});
