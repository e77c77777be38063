import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Running } from '../kit/child.ts';
import { logTail, startChild } from '../kit/child.ts';
import { isFree, openPorts } from '../kit/ports.ts';
import { endGroup, reclaimGroup } from '../kit/process-group.ts';
import type { Say } from '../kit/say.ts';
import { PlainError } from '../kit/say.ts';
import { obtainWordPress } from './obtain.ts';
import { findPhp, phpArguments, phpScript, runPhp } from './php.ts';
import type { SiteAccess } from './settings.ts';
import { parseAccess, readSettings, writeSettings } from './settings.ts';

const run = promisify(execFile);

/** More than one, because WordPress calls itself, and that call must not wait for its own caller. */
const workers = 4;

export type WordPressOptions = Readonly<{
  /** Holds the site's files, database, settings and log; made by the first start, kept by the next ones. */
  dataDir: string;
  /** Without it a free one, the same at the next start. */
  port?: number;
  say?: Say;
  signal?: AbortSignal;
}>;

/** A WordPress that answers: `url` without a slash at its end, the ways in, where its files are, and its process. */
export type RunningWordPress = SiteAccess & Running & Readonly<{ url: string; files: string }>;

/**
 * Starts a WordPress on 127.0.0.1 in a process group of its own. Throws PlainError when WordPress or PHP cannot be
 * had or the port is taken.
 */
export async function startWordPress(options: WordPressOptions): Promise<RunningWordPress> {
  const { dataDir, say = () => undefined, signal = new AbortController().signal } = options;
  const [php, prepared] = [await findPhp(), await obtainWordPress(say, signal)];
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await reclaimWordPress(dataDir);
  const port = await choosePort(dataDir, options.port);
  const url = `http://127.0.0.1:${port}`;
  const access = await openSite(dataDir, prepared.folder, url);
  const [files, pidFile] = [join(dataDir, 'site'), pidFileOf(dataDir)];
  const logFile = join(dataDir, 'server.log');
  const server = await startChild({
    command: php,
    args: phpArguments('-S', `127.0.0.1:${port}`, '-t', files, phpScript('router.php')),
    env: { PATH: process.env['PATH'], PHP_CLI_SERVER_WORKERS: String(workers), TZ: 'UTC' },
    logFile,
    pidFile,
    cwd: files,
  });
  const stop = async () => {
    await endGroup(server.pid, 3_000);
    await server.exited;
    await rm(pidFile, { force: true });
  };
  try {
    await waitUntilReady(url, access, server.exited);
  } catch (error) {
    await stop();
    throw new Error(`WordPress did not start. The end of its log:\n${await logTail(logFile)}`, {
      cause: error,
    });
  }
  return { ...access, url, files, pid: server.pid, exited: server.exited, stop };
}

/** Ends the WordPress of this folder that a killed launcher or test left running. */
export async function reclaimWordPress(dataDir: string): Promise<void> {
  await reclaimGroup(pidFileOf(dataDir), phpScript('router.php'));
}

function pidFileOf(dataDir: string): string {
  return join(dataDir, 'wordpress.pid');
}

async function choosePort(dataDir: string, wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return Number((await (await openPorts(dataDir)).take('wordpress'))[0]);
  if (!(await isFree(wanted))) throw new PlainError(`Port ${wanted}, meant for WordPress, is taken.`);
  return wanted;
}

/** The site of this folder at this address, copied from the prepared one at its first start. */
async function openSite(dataDir: string, prepared: string, url: string): Promise<SiteAccess> {
  const known = await readSettings(dataDir);
  if (known?.access) {
    if (known.url !== url) await writeSettings(dataDir, { ...known, url });
    return known.access;
  }
  // A first start that was killed halfway holds nothing yet.
  for (const part of ['site', 'database']) {
    await rm(join(dataDir, part), { recursive: true, force: true });
    await run('cp', ['-R', join(prepared, part), join(dataDir, part)]);
  }
  const settings = { url, secret: randomBytes(32).toString('hex'), access: null };
  await writeSettings(dataDir, settings);
  const access = parseAccess(await runPhp('open.php', join(dataDir, 'site')));
  await writeSettings(dataDir, { ...settings, access });
  return access;
}

/** Ready means that it answers its owner over the REST API. */
async function waitUntilReady(url: string, access: SiteAccess, exited: Promise<string>): Promise<void> {
  let ended: string | undefined;
  void exited.then((reason) => (ended = reason));
  const authorization = `Basic ${Buffer.from(`${access.user}:${access.applicationPassword}`).toString('base64')}`;
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (ended !== undefined) throw new Error(`PHP ended (${ended}).`);
    const status = await fetch(`${url}/wp-json/wp/v2/users/me`, { headers: { authorization } }).then(
      (answer) => answer.status,
      () => null, // the port is not open yet
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`It answers ${status ?? 'nothing'} after 20 s.`);
    await sleep(30);
  }
}
