import { execFile, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { exitOf } from '../../workers/dev/kit/child.ts';
import { projectRoot } from '../support/source-files.ts';

const run = promisify(execFile);
const readyWithinMs = 60_000;

/** A server in a process of its own, so that nothing else of the measurement runs on its thread. */
export interface ServerApart {
  pid: number;
  stop(): Promise<void>;
}

/** Starts a server's file and waits until `url` answers. Its log lines go nowhere, but they are written. */
export async function serveApart(
  file: string,
  url: string,
  env: Record<string, string>,
): Promise<ServerApart> {
  const child = fork(file, {
    cwd: projectRoot,
    execArgv: ['--import=tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = exitOf(child);
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const until = performance.now() + readyWithinMs;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer) return { pid: Number(child.pid), stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`${file} did not answer at ${url}`);
}

interface LoadResult {
  requests: { average: number };
  non2xx: number;
  errors: number;
}

/** Requests per second that a server answers ten connections with; the load comes from a process of its own. */
export async function requestRate(url: string, cookie: string, seconds: number): Promise<number> {
  const autocannon = createRequire(import.meta.url).resolve('autocannon');
  const options = [
    '--json',
    '--connections',
    '10',
    '--duration',
    String(seconds),
    '--headers',
    `cookie=${cookie}`,
  ];
  const { stdout } = await run(process.execPath, [autocannon, ...options, url]);
  const { requests, non2xx, errors } = JSON.parse(stdout) as LoadResult;
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed`);
  return requests.average;
}
