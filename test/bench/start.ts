import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitOf } from '../../workers/dev/kit/child.ts';
import { openPorts } from '../../workers/dev/kit/ports.ts';
import { testDirectory } from '../support/workspace.ts';
import { projectRoot } from '../support/source-files.ts';
import type { Size } from './size.ts';
import type { Figure } from './table.ts';

const readyWithinMs = 180_000;
/** The last start is the warm one. The demo takes most of a first start, and is no part of what is measured. */
const sizes = {
  full: { starts: 2, idleForMs: 8_000, settings: {} },
  small: { starts: 1, idleForMs: 0, settings: { DEMO: '0' } },
} as const;

/** `npm start` until its first page; how long that took and how to stop it. */
async function start(
  dataDir: string,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<{ tookMs: number; stop(): Promise<void> }> {
  const startedMs = performance.now();
  const launcher = spawn(process.execPath, ['workers/dev/start.mjs'], {
    cwd: projectRoot,
    env: { ...process.env, ...settings, DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = exitOf(launcher);
  const stop = async () => {
    launcher.kill('SIGTERM');
    await exited;
  };
  while (performance.now() - startedMs < readyWithinMs) {
    const page = await fetch(`http://127.0.0.1:${port}/sign-in`).catch(() => null);
    if (page?.status === 200) return { tookMs: performance.now() - startedMs, stop };
    await sleep(20);
  }
  await stop();
  throw new Error('npm start showed no page');
}

/** Resident memory of a process in MB; null where the system does not tell. */
async function residentMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
  return kilobytes ? Number(kilobytes) / 1_024 : null;
}

/** The second start on a data directory, and what the worker then takes while idle. */
export async function measureStart(size: Size): Promise<Figure[]> {
  const dataDir = await testDirectory('start');
  const [port] = await (await openPorts(dataDir)).take('portal');
  const runtime = join(dataDir, 'runtime.json');
  const { starts, idleForMs, settings } = sizes[size];
  const first = await start(dataDir, Number(port), settings);
  let last = first;
  // The demo data comes after the first page; only then is the next start a warm one.
  await eventuallyReadable(runtime);
  for (let n = 1; n < starts; n += 1) {
    await last.stop();
    last = await start(dataDir, Number(port), settings);
    await eventuallyReadable(runtime);
  }
  await sleep(idleForMs);
  const { pids } = JSON.parse(await readFile(runtime, 'utf8')) as { pids: { worker: number } };
  const megabytes = await residentMb(pids.worker);
  await last.stop();
  const seconds = last.tookMs / 1_000;
  return [
    {
      what: `warm npm start to the first page (the first ever: ${(first.tookMs / 1_000).toFixed(1)} s)`,
      measured: `${seconds.toFixed(1)} s`,
      bar: '≤ 8 s',
      met: seconds <= 8,
    },
    {
      what: 'resident memory of an idle worker',
      measured: megabytes === null ? 'not told' : `${megabytes.toFixed(0)} MB`,
      bar: '≤ 350 MB',
      met: megabytes !== null && megabytes <= 350,
    },
  ];
}

async function eventuallyReadable(path: string): Promise<void> {
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until) {
    if (await readFile(path).then(Boolean, () => false)) return;
    await sleep(100);
  }
  throw new Error(`${path} did not come`);
}
