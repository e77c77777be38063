import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../db/domain/errors.ts';
import type { ObjectStore } from '../ports.ts';

/** A name begins with a letter, digit or underscore: no `.`, no `..`, nothing hidden, nothing like an option. */
const namePattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

function namesIn(key: string): string[] {
  const names = key.split('/');
  if (key.length > 500 || !names.every((name) => namePattern.test(name)))
    throw new AppError('object.invalid-key');
  return names;
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** The directories from the root of the store to the one that holds the object. */
function directoriesOf(root: string, names: string[]): string[] {
  return names.map((_, depth) => join(root, ...names.slice(0, depth)));
}

/** A symbolic link inside the store could lead out of it, so nothing is read or written through one. */
async function refuseLinks(directories: string[]): Promise<void> {
  for (const directory of directories.slice(1)) {
    try {
      if ((await lstat(directory)).isSymbolicLink()) throw new AppError('object.invalid-key');
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
      throw error;
    }
  }
}

/** Flushes the entries of a directory to disk, so that they survive a power failure. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeNew(path: string, content: Buffer): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Objects as files under `directory`. A reader sees the old content or the new, never a part. Throws
 * `object.not-found`, and `object.invalid-key` for a key that isn't a plain path inside the store.
 */
export function fileObjects(directory: string): ObjectStore {
  async function locate(key: string): Promise<{ path: string; directories: string[] }> {
    const names = namesIn(key);
    const directories = directoriesOf(directory, names);
    await refuseLinks(directories);
    return { path: join(directory, ...names), directories };
  }

  return {
    async put(key, content) {
      const { path, directories } = await locate(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // A name that no key can have, beside the target: a rename is atomic within one file system only.
      const draft = join(dirname(path), `.${randomUUID()}`);
      try {
        await writeNew(draft, content);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      for (const changed of directories.reverse()) await syncDirectory(changed);
    },

    async get(key) {
      const { path } = await locate(key);
      try {
        const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
        try {
          return await handle.readFile();
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (hasCode(error, 'ELOOP')) throw new AppError('object.invalid-key', { cause: error });
        if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR'))
          throw new AppError('object.not-found', { cause: error });
        throw error;
      }
    },

    async remove(key) {
      const { path } = await locate(key);
      try {
        await rm(path);
      } catch (error) {
        if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error;
      }
    },
  };
}
