import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing, readText } from './files.ts';
import { identify, writePidFile } from './pid-file.ts';

/** A running part of the platform: a process, and how it ends. */
export type Running = Readonly<{
  pid: number;
  /** Settles when the process ends, for whatever reason, with that reason ("signal SIGKILL", "exit code 1"). */
  exited: Promise<string>;
  /** Asks it to end and waits; after the time limit it is killed. */
  stop: () => Promise<void>;
}>;

/** How to run one process. Its output goes to a file: a pipe would break, and block it, when the launcher is killed. */
export type ChildOptions = Readonly<{
  command: string;
  args: readonly string[];
  logFile: string;
  /** Where the pid is recorded for a later launcher, should this one be killed. */
  pidFile?: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Gives the child an IPC channel, by which it notices that the launcher is gone. */
  ipc?: boolean;
  /** Called with what the child sends over that channel. */
  onMessage?: (message: unknown) => void;
  stopSignals?: readonly NodeJS.Signals[];
  /** Wait after each stop signal. */
  patienceMs?: number;
}>;

/** Starts a process in a group of its own, so that Ctrl-C in the terminal reaches only the launcher, which stops all in order. */
export async function startChild(options: ChildOptions): Promise<Running> {
  const log = await open(options.logFile, 'a', 0o600);
  try {
    const child = spawn(options.command, [...options.args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, ...(options.ipc ? ['ipc' as const] : [])],
    });
    if (options.onMessage) child.on('message', options.onMessage);
    const exited = exitOf(child);
    const pid = child.pid;
    if (pid === undefined) throw new Error(`${options.command} could not be started: ${await exited}`);
    if (options.pidFile) await writePidFile(options.pidFile, await identify(pid));
    return { pid, exited, stop: () => stopChild(child, exited, options) };
  } finally {
    await log.close();
  }
}

/** Settles with the reason when the process ends or cannot be started; never rejects. */
export function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}

async function stopChild(child: ChildProcess, exited: Promise<string>, options: ChildOptions): Promise<void> {
  for (const signal of [...(options.stopSignals ?? ['SIGTERM']), 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const patience = new AbortController();
    const timeout = sleep(options.patienceMs ?? 10_000, 'timeout', { signal: patience.signal }).catch(
      () => '',
    );
    const first = await Promise.race([exited, timeout]);
    patience.abort();
    if (first !== 'timeout') return;
  }
}

/** Keeps the previous run's log beside a fresh one. */
export async function rotateLog(logFile: string): Promise<void> {
  await mkdir(dirname(logFile), { recursive: true });
  try {
    await rename(logFile, `${logFile}.1`);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** The last lines of a log, indented, for a person who must see why something ended. */
export async function logTail(logFile: string): Promise<string> {
  const lines = ((await readText(logFile)) ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-10)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}

/** The size of a log now: output written later is what follows. */
export async function logSize(logFile: string): Promise<number> {
  return Buffer.byteLength((await readText(logFile)) ?? '');
}

/** What a log gained since `offset` bytes. */
export async function logSince(logFile: string, offset: number): Promise<string> {
  return (await readFile(logFile)).subarray(offset).toString('utf8');
}
