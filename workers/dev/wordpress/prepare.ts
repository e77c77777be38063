import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlainError } from '../kit/say.ts';
import { findPhp, phpScript, runPhp } from './php.ts';
import { writeSettings } from './settings.ts';

const run = promisify(execFile);

/** The package that brings WordPress' official SQLite drop-in; the newest for Node 20. Nothing else of it is used. */
const dropInPackage = '@wp-playground/cli@3.1.54';
const plugin = 'sqlite-database-integration';

/**
 * Makes in `folder` the site that all others are copies of: `site` (WordPress from `files`, on SQLite) and `database`
 * (installed, without a way in). Answers the version of WordPress.
 */
export async function prepareSite(folder: string, files: string, signal: AbortSignal): Promise<string> {
  const site = join(folder, 'site');
  // -L: Debian links to files of other packages.
  await run('cp', ['-RL', files, site], { signal });
  await copyFile(phpScript('wp-config.php'), join(site, 'wp-config.php'));
  await addDropIn(site, join(folder, 'drop-in'), signal);
  await mkdir(join(folder, 'database'));
  await writeSettings(folder, { url: 'http://localhost', secret: 'of no copy', access: null });
  await runPhp('install.php', site);
  return versionOf(site);
}

async function addDropIn(site: string, folder: string, signal: AbortSignal): Promise<void> {
  await mkdir(folder);
  await fetchDropIn(folder, signal);
  await run('tar', ['-xzf', 'package.tgz', `package/${plugin}.zip`], { cwd: folder, signal });
  const unzip = '$z = new ZipArchive; exit($z->open($argv[1]) === true && $z->extractTo($argv[2]) ? 0 : 1);';
  await run(await findPhp(), ['-r', unzip, join(folder, 'package', `${plugin}.zip`), folder], { signal });
  const plugins = join(site, 'wp-content', 'plugins');
  await rename(join(folder, `plugin-${plugin}`), join(plugins, plugin));
  const template = await readFile(join(plugins, plugin, 'db.copy'), 'utf8');
  // The other placeholder stays: the drop-in then finds its plugin beside itself, wherever the site is copied to.
  const dropIn = template.replaceAll('{SQLITE_PLUGIN}', `${plugin}/load.php`);
  await writeFile(join(site, 'wp-content', 'db.php'), dropIn);
  await rm(folder, { recursive: true });
}

async function fetchDropIn(folder: string, signal: AbortSignal): Promise<void> {
  try {
    const { stdout } = await run('npm', ['pack', dropInPackage, '--json', '--pack-destination', folder], {
      cwd: folder,
      signal,
    });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    await rename(join(folder, packed?.filename ?? ''), join(folder, 'package.tgz'));
  } catch (error) {
    signal.throwIfAborted();
    throw new PlainError(`WordPress' SQLite drop-in (${dropInPackage}) cannot be fetched with npm.`, {
      cause: error,
    });
  }
}

async function versionOf(site: string): Promise<string> {
  const text = await readFile(join(site, 'wp-includes', 'version.php'), 'utf8');
  const version = /^\$wp_version = '([^']+)'/m.exec(text)?.[1];
  if (!version) throw new PlainError(`There is no WordPress in ${site}.`);
  return version;
}
