import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode, readJson, writeFileAtomic } from './files.ts';

const schema = z.record(z.string(), z.number().int());

/** Hands out loopback ports by name and remembers them, so that addresses survive restarts. */
export type Ports = Readonly<{ take: (...names: string[]) => Promise<number[]> }>;

/** Both ends belong to it. */
export type PortRange = Readonly<{ from: number; to: number }>;

/**
 * Below the range the kernel gives to outgoing connections, so that none of those can sit on a port while a killed
 * server comes back.
 */
export const usualPorts: PortRange = { from: 20_000, to: 32_767 };

/** Ports remembered in `<dataDir>/ports.json`; a port that something else has taken meanwhile is chosen anew. */
export async function openPorts(dataDir: string, range: PortRange = usualPorts): Promise<Ports> {
  const path = join(dataDir, 'ports.json');
  const known = (await readJson(path, schema)) ?? {};
  let queue: Promise<unknown> = Promise.resolve();

  const takeNow = async (names: readonly string[]) => {
    const taken: number[] = [];
    for (const name of names) {
      const remembered = known[name];
      const port =
        remembered && (await isFree(remembered)) ? remembered : await chooseFree(range, Object.values(known));
      known[name] = port;
      taken.push(port);
    }
    await writeFileAtomic(path, `${JSON.stringify(known, null, 2)}\n`);
    return taken;
  };
  return {
    take: (...names) => {
      const result = queue.then(() => takeNow(names));
      queue = result.catch(() => undefined);
      return result;
    },
  };
}

/** Whether this address can be bound now. Any other refusal (no permission, no such address) is thrown. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (hasErrorCode(error, 'EADDRINUSE') ? resolve(false) : reject(error)));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function chooseFree({ from, to }: PortRange, avoid: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = from + Math.floor(Math.random() * (to - from + 1));
    if (!avoid.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port was found on 127.0.0.1 between ${from} and ${to}.`);
}
