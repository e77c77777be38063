import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { encryptingCodec } from './codec.ts';
import { openConnection } from './connection.ts';
import type { Config } from './config.ts';
import { deriveKey } from './keys.ts';

export type TemporalConfig = Pick<Config, 'temporal' | 'masterKey'>;

/** How payloads are written and read; the same on clients, workers and replays. */
export function dataConverter(masterKey: Buffer): DataConverter {
  return {
    payloadCodecs: [encryptingCodec([{ id: 'v1', key: deriveKey(masterKey, 'temporal-payloads') }])],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.cjs', import.meta.url)),
  };
}

/** Address, TLS and API key as Temporal's own environment and profile files say; ours where they are silent. */
export function connectConfig({ temporal }: TemporalConfig) {
  const loaded = loadClientConnectConfig();
  return {
    options: { ...loaded.connectionOptions, address: loaded.connectionOptions.address ?? temporal.address },
    namespace: loaded.namespace ?? temporal.namespace,
  };
}

export async function connectClient(config: TemporalConfig): Promise<Client> {
  const { options, namespace } = connectConfig(config);
  const connection = await openConnection(options);
  return new Client({ connection, namespace, dataConverter: dataConverter(config.masterKey) });
}
