import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const own = (name: string) => fileURLToPath(new URL(`../assets/${name}`, import.meta.url));

const sources = {
  tablerCss: require.resolve('@tabler/core/dist/css/tabler.min.css'),
  tokensCss: own('tokens.css'),
  baseCss: own('base.css'),
  frameCss: own('frame.css'),
  formsCss: own('forms.css'),
  listsCss: own('lists.css'),
  pagesCss: own('pages.css'),
  controlRoomCss: own('control-room.css'),
  narrowCss: own('narrow.css'),
  themeJs: own('theme.js'),
  htmxJs: require.resolve('htmx.org/dist/htmx.min.js'),
  htmxSseJs: require.resolve('htmx.org/dist/ext/hx-sse.min.js'),
  appJs: own('app.js'),
  paletteJs: own('palette.js'),
  icons: own('icons.svg'),
  favicon: own('favicon.svg'),
} as const;
export type AssetName = keyof typeof sources;

/** The address changes with the content, so it can be cached for ever. */
function addressOf(file: string): string {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  return `/assets/${hash}/${basename(file)}`;
}

const names = Object.keys(sources) as AssetName[];

/** Where a page finds each asset. */
export const assetUrls = Object.fromEntries(
  names.map((name) => [name, addressOf(sources[name])]),
) as Readonly<Record<AssetName, string>>;

/** Style sheets in the order in which they win. */
export const styleUrls: readonly string[] = names
  .filter((name) => name.endsWith('Css'))
  .map((name) => assetUrls[name]);

/** Every servable asset: URL path to absolute file; serve as `public, max-age=31536000, immutable`. */
export const assetFiles: Readonly<Record<string, string>> = Object.fromEntries(
  names.map((name) => [assetUrls[name], sources[name]]),
);
