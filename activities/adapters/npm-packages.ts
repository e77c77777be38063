import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../db/domain/errors.ts';
import type { ObjectStore, Packages } from '../ports.ts';
import { hourMs, minuteMs } from '../../db/domain/time.ts';

const run = promisify(execFile);
const withinMs = 8 * minuteMs;
const abandonedMs = hourMs;
const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
/** No script of a package runs before a person has reviewed it. Its development dependencies aren't needed. */
const safe = ['--ignore-scripts', '--omit=dev', '--omit-lockfile-registry-resolved'];

const objectOf = (lock: string) => `packages/${lock}.json`;
const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function npm(folder: string, command: string, ...more: string[]): Promise<void> {
  try {
    await run('npm', [command, ...safe, ...quiet, ...more], { cwd: folder, timeout: withinMs });
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? '');
    if (/\b(?:E404|ETARGET|ENOVERSIONS|EINVALIDPACKAGENAME)\b/.test(said)) {
      throw new AppError('package.not-found', { cause: error });
    }
    throw new AppError('service.unavailable', { text: 'We couldn’t fetch the package.', cause: error });
  }
}

interface Manifest {
  name: string;
  bin?: string | Record<string, string>;
}

/** The path of a program within its package. */
function programIn({ name, bin = {} }: Manifest, wanted: string | undefined): string {
  const short = name.replace(/^@[^/]+\//, '');
  const programs = typeof bin === 'string' ? { [short]: bin } : bin;
  const names = Object.keys(programs);
  const chosen = wanted ?? (names.length === 1 ? names[0] : names.find((one) => one === short));
  const path = chosen === undefined ? undefined : programs[chosen];
  if (names.length === 0) throw new AppError('package.no-program');
  if (!path) {
    throw new AppError('package.no-program', { text: `Choose one of its programs: ${names.join(', ')}.` });
  }
  const within = posix.normalize(path);
  if (within.startsWith('..') || posix.isAbsolute(within)) throw new AppError('package.no-program');
  return within;
}

/**
 * Packages from npm. The dependency tree is stored as its lock file, by fingerprint, in the object store, so that every
 * machine installs the same tree. It is installed once per machine, below `folder`.
 */
export function npmPackages(folder: string, objects: ObjectStore): Packages {
  const installing = new Map<string, Promise<string>>();

  /** Removes what a killed process left unfinished. No installation takes this long. */
  async function sweepDrafts(): Promise<void> {
    for (const name of await readdir(folder)) {
      if (!name.startsWith('draft-')) continue;
      const { mtimeMs } = await stat(join(folder, name));
      if (Date.now() - mtimeMs > abandonedMs) await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  async function inDraft<T>(work: (draft: string) => Promise<T>): Promise<T> {
    await mkdir(folder, { recursive: true });
    await sweepDrafts();
    const draft = await mkdtemp(join(folder, 'draft-'));
    try {
      return await work(draft);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  async function install(lock: string): Promise<string> {
    const place = join(folder, lock);
    if (await exists(place)) return place;
    const text = await objects.get(objectOf(lock));
    const { packages } = JSON.parse(text.toString()) as {
      packages: Record<string, { dependencies?: object }>;
    };
    return inDraft(async (draft) => {
      const { dependencies } = packages[''] ?? {};
      await writeFile(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies }));
      await writeFile(join(draft, 'package-lock.json'), text);
      await npm(draft, 'ci');
      // Another process may have been quicker; it has put the same tree there.
      await rename(draft, place).catch(async (error: unknown) => {
        if (!(await exists(place))) throw error;
      });
      return place;
    });
  }

  function placeOf(lock: string): Promise<string> {
    const known = installing.get(lock);
    if (known) return known;
    const place = install(lock);
    installing.set(lock, place);
    place.catch(() => installing.delete(lock));
    return place;
  }

  return {
    async pin({ package: name, version, program }) {
      const text = await inDraft(async (draft) => {
        await writeFile(
          join(draft, 'package.json'),
          JSON.stringify({ private: true, dependencies: { [name]: version } }),
        );
        await npm(draft, 'install', '--package-lock-only');
        return readFile(join(draft, 'package-lock.json'));
      });
      const lock = createHash('sha256').update(text).digest('hex');
      await objects.put(objectOf(lock), text);
      const manifest = join(await placeOf(lock), 'node_modules', name, 'package.json');
      return { lock, program: programIn(JSON.parse(await readFile(manifest, 'utf8')) as Manifest, program) };
    },
    async programOf(launch) {
      return join(await placeOf(launch.lock), 'node_modules', launch.package, launch.program);
    },
  };
}
