import { type Platform, startPlatform } from '../support/api.ts';
import { stopTestServices } from '../support/platform.ts';
import { measureEvents } from './events.ts';
import { measureGateway } from './gateway.ts';
import { measureLatency } from './latency.ts';
import { measureLists } from './lists.ts';
import { measureProcesses } from './processes.ts';
import { measureReads } from './reads.ts';
import { measureStart } from './start.ts';
import { type Figure, printTable } from './table.ts';

const onPlatform: Record<string, (platform: Platform) => Promise<Figure[]>> = {
  processes: measureProcesses,
  latency: measureLatency,
  reads: measureReads,
  lists: measureLists,
};
/** These start what they measure; a platform beside it must not share the machine with them. */
const alone: Record<string, () => Promise<Figure[]>> = {
  gateway: measureGateway,
  events: measureEvents,
  start: measureStart,
};

/** `npm run bench`: all of it, or what is named (`npm run bench -- reads events`). Ends by itself. */
async function measure(wanted: ReadonlySet<string>): Promise<Figure[]> {
  const figures: Figure[] = [];
  const chosen = <T>(parts: Record<string, T>) =>
    Object.entries(parts).filter(([name]) => wanted.size === 0 || wanted.has(name));
  if (chosen(onPlatform).length > 0) {
    const platform = await startPlatform();
    for (const [, part] of chosen(onPlatform)) figures.push(...(await part(platform)));
    await platform.stop();
  }
  for (const [, part] of chosen(alone)) figures.push(...(await part()));
  return figures;
}

const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in onPlatform) && !(name in alone));
if (unknown) {
  console.error(
    `There is no part ${unknown}; parts are ${Object.keys({ ...onPlatform, ...alone }).join(', ')}.`,
  );
  process.exit(1);
}
try {
  printTable(await measure(new Set(named)));
} finally {
  await stopTestServices();
}
process.exit(0);
