import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../kit/find-program.ts';
import { PlainError } from '../kit/say.ts';

const run = promisify(execFile);

/** The newest WordPress is in sid; when sid cannot be had, that of the stable release does. */
const suites = ['sid', 'trixie'];
/** WordPress, its theme, and what Debian took out of it into packages of their own. */
const packages = [
  'wordpress',
  'wordpress-theme-twentytwentyfive',
  'php-getid3',
  'libphp-phpmailer',
  'libjs-cropper',
  'libjs-jquery-ui',
  'libjs-lodash',
  'libjs-underscore',
];
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const cure = 'Unpack WordPress into a folder and name that folder in WORDPRESS_FILES.';

/**
 * Downloads WordPress' Debian packages through apt, from the mirror this machine uses anyway but with lists of its
 * own in `folder`, so that the machine's own sources stay as they are; unpacks them and answers the folder with the
 * site's files (some of them symbolic links). No root needed. Throws PlainError where that is impossible.
 */
export async function debianWordPress(folder: string, signal: AbortSignal): Promise<string> {
  for (const program of ['apt-get', 'dpkg-deb']) {
    if ((await findProgram(program)) === null)
      throw new PlainError(`WordPress is fetched with ${program}, which is missing. ${cure}`);
  }
  let problem = 'it names no sources';
  for (const suite of suites) {
    for (const mirror of await findMirrors(signal)) {
      try {
        return await unpack(await download(join(folder, suite), mirror, suite, signal), signal);
      } catch (error) {
        signal.throwIfAborted();
        problem = lastLine(error);
      }
    }
  }
  throw new PlainError(`WordPress cannot be fetched with apt (${problem}). ${cure}`);
}

/**
 * The mirrors in this machine's own sources; Debian's security updates lie elsewhere. What would be downloaded is
 * known without a list, so also before the first `apt-get update`.
 */
async function findMirrors(signal: AbortSignal): Promise<Set<string>> {
  const { stdout } = await run('apt-get', ['-q', 'update', '--print-uris'], { signal });
  const sources = [...stdout.matchAll(/^'(.+?\/)dists\/([^/]+)\//gm)];
  return new Set(
    sources.flatMap(([, mirror, suite]) => (mirror && !suite?.endsWith('-security') ? [mirror] : [])),
  );
}

async function download(folder: string, mirror: string, suite: string, signal: AbortSignal): Promise<string> {
  const packageFolder = join(folder, 'packages');
  await rm(folder, { recursive: true, force: true });
  for (const name of ['lists/partial', 'cache/archives/partial', 'packages'])
    await mkdir(join(folder, name), { recursive: true });
  const sources = join(folder, 'sources.list');
  await writeFile(sources, `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
  const options = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=-',
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'Acquire::Languages=none',
    'Acquire::Retries=2',
    // Root's own folders are closed to the user that apt downloads as.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  await run('apt-get', [...options, '-q', 'update', '--error-on=any'], { signal, timeout: 120_000 });
  await run('apt-get', [...options, '-q', 'download', ...packages], {
    cwd: packageFolder,
    signal,
    timeout: 300_000,
  });
  return packageFolder;
}

async function unpack(packageFolder: string, signal: AbortSignal): Promise<string> {
  const root = join(packageFolder, 'root');
  for (const name of await readdir(packageFolder))
    await run('dpkg-deb', ['-x', join(packageFolder, name), root], { signal });
  const files = join(root, 'usr', 'share', 'wordpress');
  // A link to Debian's settings for Apache, which is not here.
  await rm(join(files, '.htaccess'), { force: true });
  return files;
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
