import { explain, PlainError } from '../../workers/dev/kit/say.ts';
import { obtainTestedServer } from '../../workers/dev/temporal/server.ts';
import { obtainWordPress } from '../../workers/dev/wordpress/obtain.ts';
import { conformanceSuite } from './conformance-suite.ts';
import { findBrowser, missingBrowser } from './find-browser.ts';
import { javaTestServer } from './java-test-server.ts';

// Fetches, before mocha's clocks run, what the tests need and says plainly what cannot be had.
const say = (line: string) => console.log(line);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

// All at once: some wait for downloads while the Temporal server is compiled.
const obtainers = [
  () => obtainTestedServer(say, stop.signal),
  () => javaTestServer(say),
  () => obtainWordPress(say, stop.signal),
  () => conformanceSuite(say),
];
const outcomes = await Promise.allSettled(obtainers.map((obtain) => obtain()));
if (stop.signal.aborted) process.exit(1);
const missing: string[] = [];
for (const outcome of outcomes) {
  if (outcome.status === 'fulfilled') continue;
  if (!(outcome.reason instanceof PlainError)) throw outcome.reason;
  missing.push(explain(outcome.reason));
}
if ((await findBrowser()) === null) missing.push(missingBrowser);
for (const sentence of missing) say(`Missing: ${sentence}`);
