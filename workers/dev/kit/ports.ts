import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode, readJson, writeFileAtomic } from './files.ts';

const schema = z.record(z.string(), z.number().int());

/** Hands out loopback ports by name and remembers them, so that addresses survive restarts. */
export type Ports = Readonly<{ take: (...names: string[]) => Promise<number[]> }>;

/** Ports remembered in `<dataDir>/ports.json`; a port that something else has taken meanwhile is chosen anew. */
export async function openPorts(dataDir: string): Promise<Ports> {
  const path = join(dataDir, 'ports.json');
  const known = (await readJson(path, schema)) ?? {};
  let queue: Promise<unknown> = Promise.resolve();

  const takeNow = async (names: readonly string[]) => {
    const taken: number[] = [];
    for (const name of names) {
      const remembered = known[name];
      const port =
        remembered && (await isFree(remembered)) ? remembered : await chooseFree(Object.values(known));
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

/**
 * A free port from 20000 to 32767: below the range the kernel gives to outgoing connections, so that none of those
 * can sit on it while a killed server comes back.
 */
async function chooseFree(avoid: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_768);
    if (!avoid.includes(port) && (await isFree(port))) return port;
  }
  throw new Error('No free port was found on 127.0.0.1 between 20000 and 32767.');
}
