import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exitOf } from '../../../workers/dev/kit/child.ts';
import type { News, Order } from './messages.ts';

/** A failed test; the title is the full one. */
export type Failure = Readonly<{ title: string; error: string }>;

/** What became of one file; `output` is all that was printed meanwhile, the spec reporter's lines first of all. */
export type FileResult = Readonly<{
  /** Its path from the folder of all tests. */
  name: string;
  seconds: number;
  passed: number;
  skips: readonly string[];
  failures: readonly Failure[];
  output: string;
}>;

/** One process that runs one file after the other. */
export type TestProcess = Readonly<{
  pid: number;
  isAlive: () => boolean;
  run: (folder: string, name: string) => Promise<FileResult>;
  /** Lets it stop its servers and end; how it went wrong, or null. */
  stop: () => Promise<string | null>;
}>;

export type ChildOptions = Readonly<{ logFile: string; ports: string; timeoutMs: number; color: boolean }>;

const program = fileURLToPath(new URL('test-process.ts', import.meta.url));
const nodeFlags = ['--import=tsx', '--no-experimental-require-module'];
/** The time a stopped process has for its servers and for whatever its tests left open. */
const endWithinMs = 60_000;

/**
 * Starts a test process in a group of its own: Ctrl-C reaches the runner alone, which stops all in order. Its output
 * goes to a file, so that what belongs to one test file can be cut out whole.
 */
export async function startTestProcess(options: ChildOptions): Promise<TestProcess> {
  const log = await open(options.logFile, 'w');
  const args = [program, JSON.stringify([options.timeoutMs, options.color])];
  const child = spawn(process.execPath, [...nodeFlags, ...args], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
    env: { ...process.env, TEST_PORTS: options.ports, ...(!options.color && { NO_COLOR: '1' }) },
  });
  await log.close();
  let hasEnded = false;
  let stopped: Promise<string | null> | undefined;
  const exited = exitOf(child).then(async (reason) => {
    // What it said last can still be on its way.
    if (child.connected) await once(child, 'disconnect');
    hasEnded = true;
    return reason;
  });
  const order = (what: Order) => child.connected && child.send(what);
  let printed = 0;
  // Its own start must not count as time of the first file.
  await Promise.race([once(child, 'message'), exited]);

  async function run(folder: string, name: string): Promise<FileResult> {
    const startedAt = performance.now();
    let passed = 0;
    let current = 'before its first test';
    const skips: string[] = [];
    const failures: Failure[] = [];
    const done = new Promise<null>((resolve) => {
      const listen = (news: News) => {
        if (news.kind === 'began') current = `in "${news.title}"`;
        else if (news.kind === 'passed') passed += 1;
        else if (news.kind === 'skipped') skips.push(news.title);
        else if (news.kind === 'failed') failures.push({ title: news.title, error: news.error });
        else if (news.kind === 'done') {
          child.off('message', listen);
          resolve(null);
        }
      };
      child.on('message', listen);
    });
    order({ kind: 'run', path: join(folder, name) });
    const crash = await Promise.race([done, exited]);
    if (crash !== null) failures.push({ title: `The process ended ${current}`, error: crash });
    else if (passed + skips.length + failures.length === 0)
      failures.push({ title: 'The file holds no test', error: 'Nothing ran.' });
    const seconds = (performance.now() - startedAt) / 1_000;
    return { name, seconds, passed, skips, failures, output: await newOutput() };
  }

  /** Files are written synchronously: what was printed before a message is there when the message is. */
  async function newOutput(): Promise<string> {
    const all = await readFile(options.logFile);
    const output = all.subarray(printed).toString('utf8');
    printed = all.length;
    return output;
  }

  async function stop(): Promise<string | null> {
    order({ kind: 'stop' });
    const late = new AbortController();
    const reason = await Promise.race([exited, sleep(endWithinMs, null, late).catch(() => null)]);
    late.abort();
    if (reason === 'exit code 0') return null;
    if (reason !== null) return `${reason}\n${await newOutput()}`;
    child.kill('SIGKILL');
    await exited;
    return `did not end within ${endWithinMs / 1_000} s, so something its tests opened is open still`;
  }
  return { pid: child.pid ?? 0, isAlive: () => !hasEnded, run, stop: () => (stopped ??= stop()) };
}
