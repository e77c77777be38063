import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { hasErrorCode } from '../kit/files.ts';
import { PlainError } from '../kit/say.ts';

const run = promisify(execFile);

/** The user PostgreSQL runs as when we are root; null = as ourselves. */
export type PostgresUser = Readonly<{ uid: number; gid: number }> | null;

/** PostgreSQL refuses to run as root: then the owner of an existing cluster, user `postgres` (made if need be) or `nobody`. */
export async function choosePostgresUser(clusterDir: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return null;
  const owner = await ownerOf(clusterDir);
  if (owner && owner.uid !== 0) return owner;
  return (await lookUp('postgres')) ?? (await makePostgresUser()) ?? (await lookUp('nobody'));
}

/**
 * The capability to pass folders closed to others, kept by every program it starts. PostgreSQL looks for its programs
 * with access(2), which heeds the capabilities of a user other than root only with this secure bit.
 * @see https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
const pastClosedFolders = [
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
] as const;

/** The same command line for that user. `paths` are what it must reach: a checkout under /root is closed to others. */
export async function asPostgresUser(
  user: PostgresUser,
  paths: readonly string[],
  command: string,
  args: readonly string[],
): Promise<{ command: string; args: string[] }> {
  if (user === null) return { command, args: [...args] };
  if (process.platform !== 'linux') {
    throw new PlainError(
      'PostgreSQL does not run as root: run `npm start` as another user or set DATABASE_URL.',
    );
  }
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const reachable = (await Promise.all([command, ...paths].map(isOpenToOthers))).every(Boolean);
  return {
    command: 'setpriv',
    args: [...identity, ...(reachable ? [] : pastClosedFolders), command, ...args],
  };
}

async function ownerOf(path: string): Promise<PostgresUser> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function lookUp(name: string): Promise<PostgresUser> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null; // `id` fails for a user that does not exist, and the next candidate is tried
  }
}

async function makePostgresUser(): Promise<PostgresUser> {
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  } catch {
    return null; // a read-only /etc or no useradd: `nobody` serves as well
  }
  return lookUp('postgres');
}

async function isOpenToOthers(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
