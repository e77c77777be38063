import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildOptions } from '../kit/child.ts';
import { logTail, startChild } from '../kit/child.ts';
import { PlainError } from '../kit/say.ts';
import type { Supervised } from '../kit/supervise.ts';
import { supervise } from '../kit/supervise.ts';
import type { Launch } from './context.ts';
import { freshLog, pidFile, root, timed } from './context.ts';
import type { Lifetime } from './lifetime.ts';

/** Runs a script to its end; when it fails, the end of its log is the explanation. */
export function runScript(
  { config, life, say }: Launch,
  part: string,
  script: string,
  env: NodeJS.ProcessEnv,
) {
  return timed(say, part, async () => {
    const logFile = await freshLog(config.dataDir, part.toLowerCase());
    const reason = await runToEnd(life, { ...node(script), logFile, env, ipc: true });
    if (reason !== 'exit code 0')
      throw new PlainError(`${part} failed (${reason}):\n${await logTail(logFile)}`);
    return [undefined, 'done'];
  });
}

/** Answers how the process ended. When the start is broken off meanwhile, the process is stopped and that is thrown. */
export async function runToEnd(life: Lifetime, options: ChildOptions): Promise<string> {
  life.signal.throwIfAborted();
  const child = await startChild(options);
  const stop = () => void child.stop();
  life.signal.addEventListener('abort', stop);
  const reason = await child.exited;
  life.signal.removeEventListener('abort', stop);
  life.signal.throwIfAborted();
  return reason;
}

/** A process of the product, started again whenever it dies. */
export async function startApp(
  { config, life, say, onChange }: Launch,
  part: 'API' | 'worker',
  script: string,
  env: NodeJS.ProcessEnv,
): Promise<Supervised> {
  const name = part.toLowerCase();
  const logFile = await freshLog(config.dataDir, name);
  const start = () =>
    startChild({
      ...node(script),
      logFile,
      env,
      ipc: true,
      pidFile: pidFile(config.dataDir, name),
      patienceMs: part === 'worker' ? 32_000 : 12_000,
    });
  const supervised = await supervise({ name: part, logFile, start }, { say, onChange });
  life.onStop(part, supervised.stop);
  return supervised;
}

const readyTimeoutMs = 180_000;

/** Waits for the API's own word that database, Temporal and worker answer. */
export async function waitUntilReady({ config, life }: Launch): Promise<void> {
  const url = `${localOrigin(config.host, config.port)}/readyz`;
  const deadline = Date.now() + readyTimeoutMs;
  let last = 'no answer yet';
  while (Date.now() < deadline) {
    life.signal.throwIfAborted();
    try {
      const answer = await fetch(url, { signal: AbortSignal.any([life.signal, AbortSignal.timeout(5_000)]) });
      if (answer.status === 200) return;
      last = `${answer.status} ${(await answer.text()).slice(0, 300)}`;
    } catch (error) {
      if (life.signal.aborted) throw life.signal.reason;
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(200);
  }
  const logs = join(config.dataDir, 'logs');
  throw new PlainError(
    `The API did not become ready in ${readyTimeoutMs / 1000} s (${last}); the logs are in ${logs}.`,
  );
}

/** A wildcard host is reached on loopback. */
export function localOrigin(host: string, port: number): string {
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${local.includes(':') ? `[${local}]` : local}:${port}`;
}

export function node(script: string): Pick<Parameters<typeof startChild>[0], 'command' | 'args' | 'cwd'> {
  return { command: process.execPath, args: ['--import=tsx', script], cwd: root };
}
