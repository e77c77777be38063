import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forbiddenSkips, sumLine } from '../outcome.ts';
import { sweepDeadRuns } from '../workspace.ts';
import { isOverBudget, rowsOf } from './capabilities.ts';
import type { Failure, FileResult } from './child.ts';
import { planRun, testFiles } from './plan.ts';
import { runFiles } from './pool.ts';
import { block, capabilityTable, failureList, loggedErrors, slowest } from './report.ts';
import { minuteMs } from '../../../db/domain/time.ts';

// Runs all test files below a folder in several processes:
//   node --import=tsx test/support/runner/main.ts test
// TEST_PROCESSES says how many (default: one for each core, so that no test waits for a core in vain); TEST_RECORD=1
// writes down how long each file took, which is the order of the next run.

const durationsFile = fileURLToPath(new URL('durations.json', import.meta.url));
const { timeout: timeoutMs } = readJson(new URL('../../../.mocharc.json', import.meta.url)) as {
  timeout: number;
};

function readJson(path: string | URL): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** What counts as failed beyond failed tests: forbidden skips, and under CI capabilities over their budget. */
function furtherFailures(results: readonly FileResult[]): (Failure & { name?: string })[] {
  const skips = results.flatMap(({ name, skips }) =>
    forbiddenSkips(skips).map((title) => ({ title, name, error: 'Skipped, and not in allowed-skips.json' })),
  );
  const over = process.env['CI'] ? rowsOf(results).filter(isOverBudget) : [];
  const budgets = over.map(({ name, seconds, budgetSeconds }) => ({
    title: `The tests of ${name}`,
    error: `took ${seconds.toFixed(1)} s of ${budgetSeconds} s: make them quicker, or give the reason in capabilities.ts`,
  }));
  return [...skips, ...budgets];
}

async function main(folder: string): Promise<number> {
  const startedAt = performance.now();
  const files = await testFiles(folder);
  const plan = planRun(files, readJson(durationsFile) as Record<string, number>);
  const processes = Number(process.env['TEST_PROCESSES']) || Math.max(2, availableParallelism());
  const results: FileResult[] = [];
  const stop = new AbortController();
  let stoppedBy = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stop.signal.aborted) console.log('\nStopping the test processes and their servers …');
      stoppedBy = 128 + constants.signals[signal];
      stop.abort();
    });
  }
  await sweepDeadRuns();
  const directory = await mkdtemp(join(tmpdir(), 'bizosaas-runner-'));
  const options = {
    folder,
    processes,
    directory,
    timeoutMs,
    color: process.stdout.isTTY ?? false,
    signal: stop.signal,
    onCrash: sweepDeadRuns,
    onResult: (result: FileResult) => {
      results.push(result);
      console.log(block(folder, result));
    },
  };
  console.log(`${files.length} test files in ${processes} processes\n`);
  const strays = [
    ...(await runFiles(plan.shared, options)),
    ...(await runFiles(plan.last, { ...options, processes: 1 })),
  ];
  await rm(directory, { recursive: true, force: true });
  if (stop.signal.aborted) {
    await sweepDeadRuns();
    return stoppedBy;
  }

  if (process.env['TEST_RECORD']) await record(results);
  const failures = [
    ...results.flatMap((result) => result.failures.map((failure) => ({ ...failure, name: result.name }))),
    ...strays,
    ...furtherFailures(results),
  ];
  console.log(`${slowest(folder, results)}\n\n${capabilityTable(rowsOf(results))}\n`);
  if (failures.length > 0)
    console.log(`Failures\n\n${failureList(folder, failures)}\n${loggedErrors(folder, results)}`);
  const tookMinutes = (performance.now() - startedAt) / minuteMs;
  console.log(`${results.length} files in ${tookMinutes.toFixed(1)} minutes`);
  const skips = results.flatMap((result) => result.skips);
  console.log(
    sumLine({
      passed: results.reduce((sum, { passed }) => sum + passed, 0),
      failed: failures.length,
      skipped: skips.length - forbiddenSkips(skips).length,
    }),
  );
  return failures.length > 0 ? 1 : 0;
}

async function record(results: readonly FileResult[]): Promise<void> {
  const entries = results.map(({ name, seconds }) => [name, Math.round(seconds * 10) / 10] as const);
  const sorted = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
  await writeFile(durationsFile, `${JSON.stringify(sorted, null, 2)}\n`);
}

process.exitCode = await main(process.argv[2] ?? 'test');
