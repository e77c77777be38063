import { startPlatform } from '../support/api.ts';
import { stopTestServices } from '../support/platform.ts';
import { measureEvents } from './events.ts';
import { measureLatency } from './latency.ts';
import { measureLists } from './lists.ts';
import { measureProcesses } from './processes.ts';
import { measureReads } from './reads.ts';
import { measureStart } from './start.ts';
import { type Figure, printTable } from './table.ts';

/** `npm run bench`: ratios against the bare parts, measured side by side in one run. Ends by itself. */
const platform = await startPlatform();
const figures: Figure[] = [];
try {
  figures.push(...(await measureProcesses(platform)));
  figures.push(...(await measureLatency(platform)));
  figures.push(...(await measureReads(platform)));
  figures.push(...(await measureLists(platform)));
  figures.push(...(await measureEvents()));
  // The platform above must not share the machine with the one that is started here.
  await platform.stop();
  figures.push(...(await measureStart()));
} finally {
  await stopTestServices();
}
printTable(figures);
process.exit(0);
