import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { connectConfig, dataConverter, type TemporalConfig } from './temporal.ts';

/** Apart from the client's file, so that the API does not load the worker's native library. */
export async function connectWorker(
  config: TemporalConfig,
): Promise<{ connection: NativeConnection; namespace: string; dataConverter: DataConverter }> {
  const { options, namespace } = connectConfig(config);
  const connection = await NativeConnection.connect(options);
  return { connection, namespace, dataConverter: dataConverter(config.masterKey) };
}
