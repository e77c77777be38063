import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { assets, assetUrls } from '../../templates/layout/assets.ts';
import { gallery } from '../templates/gallery.tsx';
import { useBrowser } from './browser.ts';

const require = createRequire(import.meta.url);
const kept = readFileSync(new URL('../../templates/assets/css/tabler.css', import.meta.url), 'utf8');
const all = readFileSync(require.resolve('@tabler/core/dist/css/tabler.min.css'), 'utf8');
const shipped = assets.get(assetUrls.portalCss)?.body.toString() ?? '';
/** The sheet as it would be with the whole of Tabler. */
const full = shipped.replace(kept, () => `${all.replace('@charset "UTF-8";', '')}\n`);

const looks = [
  { name: 'light', theme: 'light', width: 1280 },
  { name: 'dark', theme: 'dark', width: 1280 },
  { name: 'phone', theme: 'light', width: 360 },
] as const;

/** What a page holds, without what it would load: each use of an icon is a request of its own. */
const bodyOf = (html: string) =>
  html
    .replace(/^[\s\S]*<body/, '<div')
    .replace(/<\/body>[\s\S]*$/, '</div>')
    .replace(/<use [^>]*>/g, '<use>')
    .replace(/ src="[^"]*"/g, '');

/** The bodies of all pages of the gallery in one document, so that a sheet has to be applied once only. */
const everything = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/shipped.css"></head><body>${gallery.map(({ html }) => bodyOf(html())).join('')}</body></html>`;

/** Every property that Tabler sets; no other can change with what is taken of it. */
const properties = [...new Set([...all.matchAll(/[{;]([a-z][a-z-]+):/g)].map(([, name]) => name))];

/**
 * Keeps under a name what the browser makes of each kind of element, and of what it puts before and after it. A kind is
 * an element with its classes and attributes inside of its parent. Answers how many kinds there are.
 */
const keepStyles = (name: string) => `(() => {
  const properties = ${JSON.stringify(properties)};
  const shapeOf = (element) =>
    element.tagName + [...element.attributes].map(({ name, value }) => (/^(class|type|role)$/.test(name) ? '.' + value : '.' + name)).join('');
  const found = new Map();
  for (const element of document.querySelectorAll('*')) {
    const kind = (element.parentElement ? shapeOf(element.parentElement) + ' > ' : '') + shapeOf(element);
    if (found.has(kind)) continue;
    const styles = [null, '::before', '::after'].map((part) => {
      const style = getComputedStyle(element, part);
      if (part && style.content === 'none') return [part + ' none'];
      return properties.map((key) => (part ?? '') + key + ': ' + style.getPropertyValue(key));
    });
    found.set(kind, styles.flat());
  }
  (window.kept ??= {})['${name}'] = found;
  return found.size;
})()`;

/** The first declarations in which two kept states differ, by kind of element. */
const differences = (before: string, after: string) => `[...kept['${before}']].flatMap(([kind, styles]) => {
  const now = kept['${after}'].get(kind);
  const lost = styles.filter((declaration, index) => declaration !== now?.[index]);
  return lost.length > 0 ? [kind + ' { ' + lost.slice(0, 3).join('; ') + ' }'] : [];
})`;

describe('The style sheet', function () {
  this.timeout(300_000);
  const visit = useBrowser();

  async function open(sheets: Record<string, string>): Promise<Page> {
    const { page } = await visit('http://portal.example', { reducedMotion: 'reduce' });
    await page.route('**/*', (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/') return route.fulfill({ contentType: 'text/html', body: everything });
      return route.fulfill({ contentType: 'text/css', body: sheets[path] ?? '' });
    });
    await page.goto('/');
    return page;
  }

  async function keepLooks(page: Page, sheet: string): Promise<number> {
    await page.evaluate(`new Promise((resolve) => {
      const link = document.querySelector('link');
      link.onload = resolve;
      link.href = '${sheet}';
    })`);
    let kinds = 0;
    for (const { name, theme, width } of looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(`document.documentElement.dataset.bsTheme = '${theme}'`);
      kinds = await page.evaluate<number>(keepStyles(`${name} ${sheet}`));
    }
    return kinds;
  }

  it('makes every element look as with the whole of Tabler, in light, dark and on a phone', async () => {
    assert.notEqual(full, shipped);
    const page = await open({ '/full.css': full, '/shipped.css': shipped });
    assert.ok((await keepLooks(page, '/full.css')) > 300);
    await keepLooks(page, '/shipped.css');
    for (const { name } of looks) {
      const found = await page.evaluate<string[]>(differences(`${name} /full.css`, `${name} /shipped.css`));
      assert.deepEqual(found.slice(0, 20), [], name);
    }
  });
});
