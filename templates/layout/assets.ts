import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { portalStyles } from './style-sheets.ts';

/** Something a page loads: its content, and the file ending that says what it is (".css"). */
export interface Asset {
  body: Buffer;
  type: string;
}

const require = createRequire(import.meta.url);
const folder = new URL('../assets/', import.meta.url);
const own = (name: string) => readFileSync(new URL(name, folder));

function hashOf(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 12);
}

const served = new Map<string, Asset>();

/** Every servable asset by its URL path; serve as `public, max-age=31536000, immutable`. */
export const assets: ReadonlyMap<string, Asset> = served;

/** The address changes with the content, so it can be cached for ever. */
function serve(name: string, body: Buffer, hash = hashOf(body)): string {
  const url = `/assets/${hash}/${name}`;
  served.set(url, { body, type: extname(name) });
  return url;
}

const scripts = new Map(
  readdirSync(new URL('js/', folder))
    .sort()
    .map((name) => [name, own(`js/${name}`)] as const),
);
/** One hash for all: modules import each other by relative address, so they have to share a folder. */
const scriptsHash = hashOf(...[...scripts].flat());
const scriptUrls = new Map(
  [...scripts].map(([name, body]) => [name, serve(`js/${name}`, body, scriptsHash)]),
);

/** Throws where assets/js holds no such file, so that a wrong import stops the start and not a page. */
function script(name: string): string {
  const url = scriptUrls.get(name);
  if (!url) throw new Error(`assets/js/${name} is imported but does not exist`);
  return url;
}

/** Adds the addresses of what a module imports, and of what those import. */
function addImports(name: string, found: Set<string>): Set<string> {
  const text = scripts.get(name)?.toString() ?? '';
  for (const [, imported = ''] of text.matchAll(/^import (?:[^';]* from )?'\.\/([^']+)';$/gm)) {
    const url = script(imported);
    if (!found.has(url)) addImports(imported, found.add(url));
  }
  return found;
}

/** Written by the screenshots command: icons of favicon.svg, and the portal itself. */
const picture = (name: string) => serve(name, own(`pictures/${name}`));

/** Where a page finds each asset. */
export const assetUrls = {
  portalCss: serve('portal.css', Buffer.from(portalStyles())),
  themeJs: script('theme.js'),
  mainJs: script('main.js'),
  paletteJs: script('palette.js'),
  htmxJs: serve('htmx.js', readFileSync(require.resolve('htmx.org/dist/htmx.min.js'))),
  htmxSseJs: serve('htmx-sse.js', readFileSync(require.resolve('htmx.org/dist/ext/hx-sse.min.js'))),
  icons: serve('icons.svg', own('icons.svg')),
  logos: serve('logos.svg', own('logos.svg')),
  favicon: serve('favicon.svg', own('favicon.svg')),
  faviconIco: picture('favicon.ico'),
  appleTouchIcon: picture('apple-touch-icon.png'),
  icon192: picture('icon-192.png'),
  icon512: picture('icon-512.png'),
  productLight: picture('product-light.webp'),
  productDark: picture('product-dark.webp'),
} as const;

/** What main.js imports. A page names it up front, so that a browser asks for it before it has read main.js. */
export const importedByMain: readonly string[] = [...addImports('main.js', new Set())];
