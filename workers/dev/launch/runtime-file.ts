import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeFileAtomic } from '../kit/files.ts';

const signInsSchema = z.array(z.object({ role: z.string(), email: z.string(), password: z.string() }));

export type SignIn = z.infer<typeof signInsSchema>[number];

/** What `runtime.json` tells tools and tests; a pid is null for a server that is not ours. */
export type RuntimeInfo = Readonly<{
  urls: Readonly<Record<'portal' | 'api' | 'mailbox' | 'temporal' | 'paymentSandbox', string>>;
  pids: Readonly<Record<'launcher' | 'api' | 'worker' | 'temporal' | 'postgres', number | null>>;
  signIns: readonly SignIn[];
}>;

/** The file, kept true: written when the platform is ready, again when a process was replaced, removed at the end. */
export type RuntimeFile = Readonly<{
  write: (info: RuntimeInfo) => Promise<void>;
  remove: () => Promise<void>;
}>;

export function runtimeFile(dataDir: string): RuntimeFile {
  const path = join(dataDir, 'runtime.json');
  // Two processes can be replaced at the same time: their writes must not meet.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (change: () => Promise<void>) => {
    const done = queue.then(change);
    queue = done.catch(() => undefined);
    return done;
  };
  return {
    write: (info) => inTurn(() => writeFileAtomic(path, `${JSON.stringify(info, null, 2)}\n`, 0o600)),
    remove: () => inTurn(() => rm(path, { force: true })),
  };
}

/** The demo sign-ins the seed left; none when the seed made none. */
export async function readSignIns(dataDir: string): Promise<SignIn[]> {
  return (await readJson(join(dataDir, 'sign-ins.json'), signInsSchema)) ?? [];
}
