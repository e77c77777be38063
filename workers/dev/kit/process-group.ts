import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrorCode } from './files.ts';
import { readPidFile } from './pid-file.ts';
import { findProcess } from './processes.ts';

const run = promisify(execFile);

/**
 * Ends every process of a group, also those whose leader is gone: asked first, killed after `patienceMs`. A server
 * that forks workers leaves them behind, with its port, when it is ended alone.
 */
export async function endGroup(leader: number, patienceMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const deadline = Date.now() + patienceMs;
    while ((await membersOf(leader)).length > 0 && Date.now() < deadline) {
      signalGroup(leader, signal);
      await sleep(20);
    }
  }
}

/**
 * Ends the group whose leader an earlier launcher recorded here, if it is still that one. `mark` is a piece of its
 * command line: with the leader dead, it is what tells its workers from strangers.
 */
export async function reclaimGroup(pidFile: string, mark: string): Promise<void> {
  const recorded = await readPidFile(pidFile);
  if (recorded) {
    const leader = await findProcess(recorded.pid);
    const isOther = leader !== null && leader.startedAt !== recorded.startedAt;
    const members = isOther ? [] : await membersOf(recorded.pid);
    const commands = await Promise.all(members.map(async (pid) => (await findProcess(pid))?.command ?? ''));
    if (commands.some((command) => command.includes(mark))) await endGroup(recorded.pid, 3_000);
  }
  await rm(pidFile, { force: true });
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (!hasErrorCode(error, 'ESRCH')) throw error;
  }
}

/** The living processes of a group; zombies do not count. */
async function membersOf(leader: number): Promise<number[]> {
  const rows = process.platform === 'linux' ? await fromProc() : await fromPs();
  return rows.filter((row) => row.group === leader && !/^[ZX]/.test(row.state)).map((row) => row.pid);
}

type Row = Readonly<{ pid: number; group: number; state: string }>;

async function fromProc(): Promise<Row[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null); // it ended meanwhile
      // The program's name in brackets may hold spaces: state, parent and group follow the last bracket.
      const [state, , group] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
      return state && group ? { pid: Number(pid), group: Number(group), state } : null;
    }),
  );
  return rows.filter((row) => row !== null);
}

async function fromPs(): Promise<Row[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,pgid=,stat=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, group, state = ''] = line.trim().split(/\s+/);
      return { pid: Number(pid), group: Number(group), state };
    });
}
