import { findProgram } from '../../workers/dev/kit/find-program.ts';
import { explain, PlainError } from '../../workers/dev/kit/say.ts';
import { obtainTestedServer } from '../../workers/dev/temporal/server.ts';
import { obtainWordPress } from '../../workers/dev/wordpress/obtain.ts';
import { conformanceSuite } from './conformance-suite.ts';
import { javaTestServer } from './java-test-server.ts';

// Fetches, before mocha's clocks run, what the tests need and says plainly what cannot be had.
const say = (line: string) => console.log(line);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const missing: string[] = [];
const obtainers = [
  () => obtainTestedServer(say, stop.signal),
  () => javaTestServer(say),
  () => obtainWordPress(say, stop.signal),
  () => conformanceSuite(say),
];
for (const obtain of obtainers) {
  try {
    await obtain();
  } catch (error) {
    if (stop.signal.aborted) process.exit(1);
    if (!(error instanceof PlainError)) throw error;
    missing.push(explain(error));
  }
}
if ((await findProgram('chromium')) === null) {
  missing.push('Browser tests need Chromium (Debian: apt-get install chromium).');
}
for (const sentence of missing) say(`Missing: ${sentence}`);
