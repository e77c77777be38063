import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../../../../', import.meta.url));
export const cli = 'workers/cli.mjs';

const running = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** `npx bizosaas …` without npx, which only adds its own start. */
export interface Started {
  process: ChildProcess;
  said: { out: string; err: string };
  /** Exit code, and how long after the call of this it ended. */
  ended(): Promise<{ code: number | null; signal: string | null; withinMs: number }>;
  /** Settled when the standard error shows this; throws when the process ends before. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
}

export function start(...args: string[]): Started {
  const child = spawn(process.execPath, [cli, ...args], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  const said = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (said.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said.err += part.toString()));
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  return {
    process: child,
    said,
    async ended() {
      const fromMs = performance.now();
      const [code, signal] = await closed;
      return { code, signal, withinMs: performance.now() - fromMs };
    },
    shows(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said.err);
          if (found) resolve(found);
        };
        child.stderr.on('data', look);
        void closed.then(() => reject(new Error(`it ended: ${said.err}`)));
        look();
      });
    },
  };
}

/** Runs a command to its end. */
export async function finished(
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const started = start(...args);
  started.process.stdin?.end();
  const { code } = await started.ended();
  return { code, ...started.said };
}
