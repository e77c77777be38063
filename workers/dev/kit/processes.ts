import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing, hasErrorCode } from './files.ts';

const run = promisify(execFile);

/** What tells two processes with the same pid apart: pids are reused, at once in a fresh container. */
export type ProcessInfo = Readonly<{ startedAt: string; command: string }>;

/** The living process with this pid, or null. A zombie (killed, not yet reaped by its parent) counts as dead. */
export async function findProcess(pid: number): Promise<ProcessInfo | null> {
  if (!isSignalable(pid)) return null;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessInfo | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program name in brackets and may hold spaces: count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').join(' ').trim();
    return { startedAt: fields[19] ?? '', command };
  } catch (error) {
    if (isMissing(error) || hasErrorCode(error, 'ESRCH')) return null;
    throw error;
  }
}

async function fromPs(pid: number): Promise<ProcessInfo | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=,args=', '-p', String(pid)]);
    const line = stdout.trim();
    if (line === '' || line.startsWith('Z')) return null;
    // stat, then lstart in five words ("Sun Nov 22 16:00:00 2026"), then the command.
    const words = line.split(/\s+/);
    return { startedAt: words.slice(1, 6).join(' '), command: words.slice(6).join(' ') };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) throw error;
    return null;
  }
}

function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasErrorCode(error, 'EPERM');
  }
}

/** Sends each signal in turn until the process is gone, waiting `patienceMs` after each; SIGKILL comes last. */
export async function endProcess(
  pid: number,
  signals: readonly NodeJS.Signals[],
  patienceMs: number,
): Promise<void> {
  for (const signal of [...signals, 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (hasErrorCode(error, 'ESRCH')) return;
      throw error;
    }
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      if ((await findProcess(pid)) === null) return;
      await sleep(25);
    }
  }
}
