import { rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { readText } from './files.ts';
import { endProcess, findProcess } from './processes.ts';

const schema = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

/** A process beyond doubt: pids are reused, the pair of pid and start time is not. */
export type ProcessId = z.infer<typeof schema>;

export async function identify(pid: number): Promise<ProcessId> {
  return { pid, startedAt: (await findProcess(pid))?.startedAt ?? '' };
}

export async function readPidFile(path: string): Promise<ProcessId | null> {
  try {
    const parsed = schema.safeParse(JSON.parse((await readText(path)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // killed while writing it
    throw error;
  }
}

export async function writePidFile(path: string, id: ProcessId, flag: 'w' | 'wx' = 'w'): Promise<void> {
  await writeFile(path, JSON.stringify(id), { flag, mode: 0o600 });
}

export async function isRunning(id: ProcessId): Promise<boolean> {
  return (await findProcess(id.pid))?.startedAt === id.startedAt;
}

/** Stops the process an earlier launcher recorded here and could not stop itself, because it was killed. */
export async function reclaim(path: string, signals: readonly NodeJS.Signals[] = ['SIGTERM']): Promise<void> {
  const id = await readPidFile(path);
  if (id && (await isRunning(id))) await endProcess(id.pid, signals, 8_000);
  await rm(path, { force: true });
}
