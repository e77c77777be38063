import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineCache } from '../kit/cache.ts';
import { isMissing } from '../kit/files.ts';
import { takeLock } from '../kit/lock.ts';
import type { Say } from '../kit/say.ts';
import { PlainError } from '../kit/say.ts';
import { debianWordPress } from './debian.ts';
import { findPhp } from './php.ts';
import { prepareSite } from './prepare.ts';

/** An installed site that is never run, only copied. */
export type PreparedWordPress = Readonly<{ folder: string; version: string }>;

const cache = machineCache('');
/** Raised when a site is prepared differently than before, so that no older copy is taken. */
const recipe = 1;
const pattern = new RegExp(`^wordpress-(.+)-${recipe}$`);

/** The prepared site of this machine, made if need be (seconds, once per machine). Throws PlainError where it cannot be. */
export async function obtainWordPress(say: Say, signal: AbortSignal): Promise<PreparedWordPress> {
  await findPhp();
  let told = false;
  for (;;) {
    const found = await findPrepared();
    if (found) return found;
    const lock = await takeLock(join(cache, 'wordpress.lock'));
    if ('release' in lock) {
      try {
        return (await findPrepared()) ?? (await make(say, signal));
      } finally {
        await lock.release();
      }
    }
    if (!told) say(`WordPress: process ${lock.heldBy} is fetching it; waiting for it.`);
    told = true;
    await sleep(300, undefined, { signal });
  }
}

/** The newest site prepared here earlier, or null. */
async function findPrepared(): Promise<PreparedWordPress | null> {
  const names = await readdir(cache).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const versions = names.flatMap((name) => pattern.exec(name)?.[1] ?? []);
  const [version] = versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return version ? { folder: place(version), version } : null;
}

async function make(say: Say, signal: AbortSignal): Promise<PreparedWordPress> {
  const startedAt = Date.now();
  const draft = join(cache, 'wordpress.draft');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const files = await filesOf(draft, say, signal);
  say('WordPress: preparing a site on SQLite …');
  const version = await prepareSite(draft, files, signal);
  await rm(join(draft, 'debian'), { recursive: true, force: true });
  // Its name is what says that it is whole.
  await rename(draft, place(version));
  say(`WordPress ${version} is ready (${((Date.now() - startedAt) / 1000).toFixed(1)} s, once per machine).`);
  return { folder: place(version), version };
}

async function filesOf(draft: string, say: Say, signal: AbortSignal): Promise<string> {
  const given = process.env['WORDPRESS_FILES'];
  if (!given) {
    say('WordPress: fetching it through apt (23 MB, once per machine) …');
    return debianWordPress(join(draft, 'debian'), signal);
  }
  await access(join(given, 'wp-load.php')).catch(() => {
    throw new PlainError(`WORDPRESS_FILES is ${given}, and there is no WordPress in it.`);
  });
  return given;
}

function place(version: string): string {
  return join(cache, `wordpress-${version}-${recipe}`);
}
