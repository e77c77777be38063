import { inspect } from 'node:util';
import Mocha from 'mocha';
import { stopTestServices } from '../workspace.ts';
import { stopOnSignals } from '../signals.ts';
import { failOnUnhandledRejections } from '../unhandled-rejections.ts';
import type { News, Order } from './messages.ts';

/** How long a stopped run may take for its own `after` hooks before its servers are stopped under it. */
const abortPatienceMs = 10_000;

const [timeoutMs, color] = JSON.parse(process.argv[2] ?? 'null') as [number, boolean];
let running: Mocha.Runner | null = null;
let stopping: Promise<void> | undefined;

stopOnSignals();
failOnUnhandledRejections();
process.on('message', (order: Order) => {
  if (order.kind === 'stop') void (stopping ??= stop());
  else void run(order.path);
});
// The runner was killed: no other process would stop the servers of this process.
process.on('disconnect', () => void (stopping ??= stop()));

tell({ kind: 'ready' });

async function run(path: string): Promise<void> {
  // Mocha calls a reporter with `new`, which a plain function can stand too.
  const reporter = Reporter as unknown as Mocha.ReporterConstructor;
  const mocha = new Mocha({ timeout: timeoutMs, color, reporter });
  mocha.addFile(path);
  try {
    await mocha.loadFilesAsync();
    await new Promise<void>((resolve) => (running = mocha.run(() => resolve())));
  } catch (error) {
    const text = inspect(error);
    console.log(text);
    tell({ kind: 'failed', title: 'The file could not be loaded', error: text });
  }
  running = null;
  // Takes its listeners off the process; a runner that has ended would throw what a later file does not catch.
  mocha.dispose();
  tell({ kind: 'done' });
}

/** The spec reporter, whose output goes to this process's log, and word to the runner of each test. */
function Reporter(runner: Mocha.Runner, options: Mocha.MochaOptions): void {
  new Mocha.reporters.Spec(runner, options);
  runner.on('test', (test) => tell({ kind: 'began', title: test.fullTitle() }));
  runner.on('pass', () => tell({ kind: 'passed' }));
  runner.on('pending', (test) => tell({ kind: 'skipped', title: test.fullTitle() }));
  runner.on('fail', (test, error: unknown) => {
    const text = error instanceof Error && error.stack ? error.stack : inspect(error);
    tell({ kind: 'failed', title: test.fullTitle(), error: text });
  });
}

function tell(news: News): void {
  if (process.connected) process.send?.(news);
}

/** Exits once nothing is left to do; the runner notices a process that something keeps alive. */
async function stop(): Promise<void> {
  const cut = running;
  if (cut) {
    const ended = new Promise<void>((resolve) => cut.once('end', resolve));
    cut.abort();
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, abortPatienceMs))]);
  }
  await stopTestServices();
  if (cut) process.exit(1);
  if (process.connected) process.disconnect();
}
