import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Caller } from '../support/api.ts';
import { projectRoot } from '../support/source-files.ts';
import { openVisitor } from './browser.ts';

const assets = join(projectRoot, 'templates', 'assets');
const target = (name: string) => join(assets, 'pictures', name);
/** As the start page shows it, in CSS pixels. */
const picture = { width: 1200, height: 700 };
const largestBytes = 120_000;

/** The window as WebP, which the browser writes but Playwright does not offer. */
async function webpOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  return Buffer.from(data, 'base64');
}

/** The portal on the start page: the Home of a business, without what is about this installation. */
async function takeProduct(url: string, as: Caller): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { context, page } = await openVisitor(url, {
      as,
      colorScheme,
      viewport: picture,
      deviceScaleFactor: 1.5,
      reducedMotion: 'reduce',
    });
    await page.goto('/app');
    // What is about this copy of the platform and not about the product.
    await page.evaluate(
      "document.querySelectorAll('.bz-environment, .bz-banners').forEach((part) => part.remove())",
    );
    const webp = await webpOf(page);
    if (webp.length > largestBytes) throw new Error(`the ${colorScheme} picture has ${webp.length} bytes`);
    await writeFile(target(`product-${colorScheme}.webp`), webp);
    await context.close();
  }
}

/** One picture in the container of an .ico; browsers take PNG inside. */
function icoOf(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

/** The icon in the sizes that browsers and phones ask for, drawn from favicon.svg. */
async function takeIcons(): Promise<void> {
  const svg = await readFile(join(assets, 'favicon.svg'), 'utf8');
  const { context, page } = await openVisitor('about:blank');
  const draw = async (size: number, corners: 'round' | 'square'): Promise<Buffer> => {
    const drawn = corners === 'square' ? svg.replace(/ rx="\d+"/, '') : svg;
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawn}`);
    return page.screenshot({ omitBackground: true });
  };
  await writeFile(target('favicon.ico'), icoOf(await draw(32, 'round'), 32));
  // Phones round the corners themselves.
  await writeFile(target('apple-touch-icon.png'), await draw(180, 'square'));
  await writeFile(target('icon-192.png'), await draw(192, 'round'));
  await writeFile(target('icon-512.png'), await draw(512, 'round'));
  await context.close();
}

/** Writes the pictures that the portal ships: its icons, and the portal itself in light and dark. */
export async function takePictures(url: string, as: Caller): Promise<void> {
  await takeIcons();
  await takeProduct(url, as);
}
