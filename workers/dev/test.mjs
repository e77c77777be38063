// npm test: installs, fetches the servers the tests run against, then runs mocha on everything or on the files and
// folders that are named. COVERAGE=1 adds a coverage report.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const prepared = await runNode(['--import=tsx', 'test/support/prepare.ts']);
if (prepared !== 0) process.exit(prepared);
const mocha = fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'));
const c8 = fileURLToPath(import.meta.resolve('c8/bin/c8.js'));
const coverage = process.env.COVERAGE ? [c8, '--reporter=text-summary', '--reporter=html'] : [];
const all = '/**/*.test.{ts,tsx}';
const isFolder = (argument) => statSync(argument, { throwIfNoEntry: false })?.isDirectory() ?? false;
const given = process.argv
  .slice(2)
  .map((argument) => (isFolder(argument) ? argument.replace(/\/$/, '') + all : argument));
const files = given.some((argument) => /\.tsx?$/.test(argument) || argument.endsWith(all))
  ? []
  : [`test${all}`];
process.exit(await runNode([...coverage, mocha, ...given, ...files]));
