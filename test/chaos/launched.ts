import { execFile, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { exitOf, logTail } from '../../workers/dev/kit/child.ts';
import { openPorts } from '../../workers/dev/kit/ports.ts';
import { findProcess } from '../../workers/dev/kit/processes.ts';
import { testDirectory } from '../support/workspace.ts';
import { projectRoot } from '../support/source-files.ts';
import { eventually } from '../support/world.ts';
import { startChargeGate, startMailGate, type Gate } from './gates.ts';

const run = promisify(execFile);

export const victims = ['worker', 'api', 'temporal', 'postgres'] as const;
export type Victim = (typeof victims)[number];

interface RuntimeInfo {
  urls: Record<'api' | 'mailbox' | 'temporal' | 'paymentSandbox', string>;
  pids: Record<Victim | 'launcher', number>;
  signIns: { role: string; email: string; password: string }[];
}

/** The whole platform as `npm start` runs it: separate processes that can be killed, on a data directory of its own. */
export interface Launched {
  dataDir: string;
  runtime(): Promise<RuntimeInfo>;
  /** SIGKILL, by its pid of now; returns at once. */
  kill(victim: Victim): Promise<void>;
  /** Every process runs and the API answers that all is well. */
  settled(): Promise<void>;
  /** Rows past row-level security; waits for a PostgreSQL that is coming back. */
  rows<Row = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<Row[]>;
  /** A connection of one's own, for locks. */
  session(): Promise<pg.Client>;
  json<T>(url: string): Promise<T>;
  /** The command line, run against this data directory: its exit code and what it said. */
  command(...words: string[]): Promise<{ code: number; output: string }>;
  /** In front of the payment gateway and of the mail server; both let everything through until told otherwise. */
  charges: Gate;
  mails: Gate;
  stop(): Promise<void>;
}

const readyWithinMs = 180_000;
const settledWithinMs = 180_000;

export async function launchPlatform(): Promise<Launched> {
  const dataDir = await testDirectory('chaos');
  // Ports that the launcher will find remembered are known before it runs, so the gates can stand in front of them.
  const ports = await openPorts(dataDir);
  const [portal, sandboxPort, smtpPort] = await ports.take('portal', 'payment-sandbox', 'smtp');
  const charges = await startChargeGate(`http://127.0.0.1:${sandboxPort}`);
  const mails = await startMailGate(Number(smtpPort));
  const logFile = join(dataDir, 'launcher.log');
  const log = await open(logFile, 'a');
  const launcher = spawn(process.execPath, ['--import=tsx', 'workers/dev/up.ts'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(portal),
      DEMO: '0',
      PAYMENT_SANDBOX_URL: charges.url,
      SMTP_URL: mails.url,
    },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  const exited = exitOf(launcher);
  await log.close();
  let over = false;
  void exited.then(() => (over = true));

  const runtime = async () =>
    JSON.parse(await readFile(join(dataDir, 'runtime.json'), 'utf8')) as RuntimeInfo;
  const started = () => runtime().then(Boolean, () => over);
  await eventually(started, Boolean, readyWithinMs);
  if (over) throw new Error(`the platform did not start:\n${await logTail(logFile)}`);
  const settings = JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8')) as Record<
    string,
    string
  >;
  const session = async () => {
    const client = new pg.Client({ connectionString: settings['DATABASE_URL'] });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  return {
    dataDir,
    runtime,
    session,
    charges,
    mails,
    kill: async (victim) => killAlive(async () => (await runtime()).pids[victim]),
    settled: async () => {
      const { urls } = await runtime();
      const ready = () =>
        fetch(`${urls.api}/readyz`, { signal: AbortSignal.timeout(4_000) }).then(
          ({ status }) => status === 200,
          () => false,
        );
      await eventually(ready, Boolean, settledWithinMs);
    },
    async rows<Row>(sql: string, params: unknown[] = []) {
      const client = await insist(session, settledWithinMs);
      try {
        return (await client.query(sql, params)).rows as unknown as Row[];
      } finally {
        await client.end();
      }
    },
    json: async <T>(url: string) => (await (await fetch(url)).json()) as T,
    async command(...words) {
      const env = { ...process.env, DATA_DIR: dataDir };
      return run(process.execPath, ['workers/cli.mjs', ...words], { cwd: projectRoot, env }).then(
        ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
        (error: { code: number; stdout: string; stderr: string }) => ({
          code: error.code,
          output: error.stdout + error.stderr,
        }),
      );
    },
    async stop() {
      launcher.kill('SIGTERM');
      await exited;
      await Promise.all([charges.close(), mails.close()]);
    },
  };
}

/** Right after a kill the file still names the dead process: waits for the living one. */
async function killAlive(pidOf: () => Promise<number>): Promise<void> {
  const pid = await eventually(pidOf, () => true);
  const alive = await eventually(
    async () => {
      const now = await pidOf();
      return (await findProcess(now)) ? now : 0;
    },
    (now) => now > 0,
    settledWithinMs,
  ).catch(() => pid);
  process.kill(alive, 'SIGKILL');
}

async function insist<T>(attempt: () => Promise<T>, withinMs: number): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(100);
    }
  }
}
