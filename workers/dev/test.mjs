// npm test: installs, fetches the servers the tests run against, then runs mocha. COVERAGE=1 adds a coverage report.
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const prepared = await runNode(['--import=tsx', 'test/support/prepare.ts']);
if (prepared !== 0) process.exit(prepared);
const coverage = process.env.COVERAGE
  ? ['node_modules/c8/bin/c8.js', '--reporter=text-summary', '--reporter=html']
  : [];
process.exit(await runNode([...coverage, 'node_modules/mocha/bin/mocha.js', ...process.argv.slice(2)]));
