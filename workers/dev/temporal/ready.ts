import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from '@temporalio/client';
import { openConnection } from '../../runtime/connection.ts';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NamespaceState } from '../../runtime/namespace.ts';
import { ensureNamespace } from '../../runtime/namespace.ts';
import { explain, PlainError } from '../kit/say.ts';

/** Waits until our own server serves the namespace; gives up when `ended` settles first or time is over. */
export async function waitForTemporal(
  address: string,
  namespace: string,
  ended: Promise<string>,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const died = ended.then((reason) => {
    throw new Error(`Temporal ended while starting (${reason}).`);
  });
  const ready = async () => {
    // gRPC waits a full second after a refused connection, so the port is tried first.
    while (!(await isListening(address))) {
      if (Date.now() > deadline) throw new Error('Temporal did not open its port in time.');
      await sleep(30);
    }
    await prepare({ address, tls: false }, namespace, Math.max(1_000, deadline - Date.now()));
  };
  await Promise.race([ready(), died]);
}

/** Prepares the namespace on an external server, with the TEMPORAL_* settings (API key, TLS) of the environment. */
export async function prepareExisting(address: string, namespace: string): Promise<NamespaceState> {
  const { connectionOptions } = loadClientConnectConfig();
  try {
    return await prepare({ ...connectionOptions, address }, namespace, 15_000);
  } catch (cause) {
    throw new PlainError(`The Temporal server at ${address} cannot be used: ${explain(cause)}.`, { cause });
  }
}

async function prepare(
  options: ConnectionOptions,
  namespace: string,
  timeoutMs: number,
): Promise<NamespaceState> {
  const connection = await openConnection({ ...options, connectTimeout: timeoutMs });
  try {
    return await ensureNamespace(connection, namespace, timeoutMs);
  } finally {
    await connection.close();
  }
}

async function isListening(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const answer = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
