import type { Caller, Platform } from '../support/api.ts';
import { openVisitor } from '../e2e/browser.ts';
import type { Size } from './size.ts';
import { type Figure, median } from './table.ts';

/** A phone on a weak connection: 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
const weak = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
} as const;

const barMs = 1_500;

/** Milliseconds from the request of a page to the first text or picture, with nothing cached. */
async function firstPaintMs(url: string, path: string, as: Caller | null): Promise<number> {
  const { context, page, problems } = await openVisitor(url, as ? { as } : {});
  try {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', weak);
    const answer = await page.goto(path, { waitUntil: 'load' });
    if (answer?.status() !== 200) throw new Error(`${path} answers ${String(answer?.status())}`);
    const paint = () => page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`);
    // Painting is told a frame later.
    for (let tries = 0; tries < 50; tries += 1) {
      const ms = await paint();
      if (typeof ms === 'number') return ms;
      await page.waitForTimeout(100);
    }
    throw new Error(`${path} painted nothing: ${problems.join(', ')}`);
  } finally {
    await context.close();
  }
}

/** When people see something of the first page they open, on a weak connection. */
export async function measureFirstPaint(platform: Platform, size: Size): Promise<Figure[]> {
  const visits = size === 'full' ? 5 : 1;
  const pages: [path: string, as: Caller | null][] = [['/sign-in', null]];
  if (size === 'full') {
    pages.push(['/', null], ['/admin', await platform.admin()], ['/app', await platform.business()]);
  }
  const figures: Figure[] = [];
  for (const [path, as] of pages) {
    const times: number[] = [];
    for (let visit = 0; visit < visits; visit += 1) times.push(await firstPaintMs(platform.url, path, as));
    const ms = median(times);
    figures.push({
      what: `first paint of ${path} at 1.6 Mbit/s`,
      measured: `${ms.toFixed(0)} ms`,
      bar: `≤ ${barMs} ms`,
      met: ms <= barMs,
    });
  }
  return figures;
}
