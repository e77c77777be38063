import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LauncherConfig } from '../../runtime/config.ts';
import { rotateLog } from '../kit/child.ts';
import type { Ports } from '../kit/ports.ts';
import type { Say } from '../kit/say.ts';
import type { Lifetime } from './lifetime.ts';
import type { Secrets } from './secrets.ts';

/** The project's root folder, where scripts are named from. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What every part of one start shares. */
export type Launch = Readonly<{
  config: LauncherConfig;
  secrets: Secrets;
  ports: Ports;
  life: Lifetime;
  say: Say;
  /** Called when a supervised process ended or was started again. */
  onChange: () => void;
}>;

/** A fresh log file for this start; the previous one stays beside it as `.1`. */
export async function freshLog(dataDir: string, name: string): Promise<string> {
  const path = join(dataDir, 'logs', `${name}.log`);
  await rotateLog(path);
  return path;
}

/** Where the pid of a child is recorded for a later launcher. */
export function pidFile(dataDir: string, name: string): string {
  return join(dataDir, 'run', `${name}.pid`);
}

/** Tells how long a part took to come up. */
export async function timed<T>(
  say: Say,
  part: string,
  start: () => Promise<readonly [T, string]>,
): Promise<T> {
  const startedAt = performance.now();
  const [result, place] = await start();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`${part.padEnd(16)} ${place} (${seconds} s)`);
  return result;
}
