import { spawn } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { machineCache } from '../kit/cache.ts';
import { exitOf } from '../kit/child.ts';
import { isExecutable } from '../kit/find-program.ts';
import type { Say } from '../kit/say.ts';

const cache = machineCache('temporal-cli');
/** The name the SDK gives its download; the version is that of the SDK, which package.json pins. */
const downloaded = join(cache, 'temporal-sdk-typescript-1.24.0');
const patienceMs = 10_000;

/** The CLI an earlier start downloaded, or null. */
export async function findDownloadedCli(): Promise<string | null> {
  return (await isExecutable(downloaded)) ? downloaded : null;
}

/**
 * Lets the SDK download the CLI, in a process of its own that can be ended: without internet it fails at once, behind
 * a silent firewall it would hang. It may go on for as long as the file grows. Null = it cannot be had this way.
 */
export async function downloadCli(say: Say, signal: AbortSignal): Promise<string | null> {
  say('Temporal: asking for the temporal CLI (a download, once per machine) …');
  await mkdir(cache, { recursive: true });
  const script = fileURLToPath(new URL('download-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import=tsx', script, cache], { stdio: 'ignore', signal });
  let ended = false;
  const exited = exitOf(child).finally(() => (ended = true));
  let seen = -1;
  while (!ended) {
    await Promise.race([exited, sleep(patienceMs)]);
    const bytes = await sizeOf(cache);
    if (!ended && bytes === seen) child.kill('SIGKILL');
    seen = bytes;
  }
  signal.throwIfAborted();
  const found = await findDownloadedCli();
  if (found === null) say('Temporal: the CLI cannot be downloaded from here.');
  return found;
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
