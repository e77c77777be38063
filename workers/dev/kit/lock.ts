import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrorCode } from './files.ts';
import { identify, isRunning, readPidFile, writePidFile } from './pid-file.ts';

/** A lock of this process: whose stale lock it replaced (0 = unreadable, null = there was none), and the way back. */
export type Lock = Readonly<{ tookOver: number | null; release: () => Promise<void> }>;

/** Takes a lock file for this process, or answers the pid of the living process that holds it. */
export async function takeLock(path: string): Promise<Lock | { heldBy: number }> {
  await mkdir(dirname(path), { recursive: true });
  const self = await identify(process.pid);
  const release = () => rm(path, { force: true });
  try {
    await writePidFile(path, self, 'wx');
    return { tookOver: null, release };
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error;
  }
  const owner = await readPidFile(path);
  if (owner && (await isRunning(owner))) return { heldBy: owner.pid };
  const draft = `${path}.${process.pid}`;
  await writePidFile(draft, self);
  await rename(draft, path);
  // Two starts may take over the same stale file at once: the last rename wins, the other one sees it here.
  await sleep(20);
  const winner = await readPidFile(path);
  if (winner && winner.pid !== process.pid) return { heldBy: winner.pid };
  return { tookOver: owner?.pid ?? 0, release };
}
