// npm test: installs, fetches the servers the tests run against, then runs every test file, in several processes; or
// mocha alone on the files and folders that are named, with its own options. COVERAGE=1 adds a coverage report.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const prepared = await runNode(['--import=tsx', 'test/support/prepare.ts']);
if (prepared !== 0) process.exit(prepared);
const mocha = fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'));
const c8 = fileURLToPath(import.meta.resolve('c8/bin/c8.js'));
const coverage = process.env.COVERAGE
  ? [c8, '--reporter=text-summary', '--reporter=html', process.execPath]
  : [];
process.exit(await runNode([...coverage, ...program(process.argv.slice(2))]));

/** What Node runs: the runner for everything, mocha for a choice. */
function program(given) {
  if (given.length === 0) return ['--import=tsx', 'test/support/runner/main.ts', 'test'];
  const all = '/**/*.test.{ts,tsx}';
  const isFolder = (argument) => statSync(argument, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const args = given.map((argument) => (isFolder(argument) ? argument.replace(/\/$/, '') + all : argument));
  const namesFiles = args.some((argument) => /\.tsx?$/.test(argument) || argument.endsWith(all));
  return [mocha, ...args, ...(namesFiles ? [] : [`test${all}`])];
}
