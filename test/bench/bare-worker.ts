import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import type { Platform } from '../support/api.ts';
import { testTemporal } from '../support/platform.ts';

export const bareQueue = 'bare';

/** Temporal's own client and worker on the same server, with our activities and nothing else of the platform. */
export async function startBareWorker(
  platform: Platform,
): Promise<{ client: Client; stop(): Promise<void> }> {
  const { address, namespace } = await testTemporal();
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue: bareQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./bare.workflow.ts', import.meta.url)),
      logger: new DefaultLogger('WARN'),
    }),
    activities: createActivities(platform.world.deps),
  });
  const running = worker.run();
  return {
    client: new Client({ connection, namespace }),
    async stop() {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    },
  };
}
