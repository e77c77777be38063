import { startPlatform } from '../support/api.ts';
import { stopTestServices } from '../support/workspace.ts';
import { alone, onPlatform } from './parts.ts';
import { type Figure, printTable } from './table.ts';

/** `npm run bench`: all of it, or what is named (`npm run bench -- reads events`). Exits when done. */
async function measure(wanted: ReadonlySet<string>): Promise<Figure[]> {
  const figures: Figure[] = [];
  const chosen = <T>(parts: Record<string, T>) =>
    Object.entries(parts).filter(([name]) => wanted.size === 0 || wanted.has(name));
  if (chosen(onPlatform).length > 0) {
    const platform = await startPlatform();
    for (const [, part] of chosen(onPlatform)) figures.push(...(await part(platform, 'full')));
    await platform.stop();
  }
  for (const [, part] of chosen(alone)) figures.push(...(await part('full')));
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
