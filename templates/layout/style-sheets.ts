import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Layers of style in the order in which they win: a later one beats an earlier one whatever its selectors weigh. */
export const styleLayers = ['tabler', 'tokens', 'base', 'layout', 'components', 'areas'] as const;

const folder = new URL('../assets/css/', import.meta.url);
const order = `@layer ${styleLayers.join(', ')};\n`;
const inLayer = (layer: string, css: string) => `@layer ${layer} {\n${css}}\n`;

/** The layer of a file below assets/css: its folder, or its own name at the top. Throws where that is no layer. */
function layerOf(file: string): string {
  const layer = file.split(/[/.]/)[0] ?? '';
  if (!styleLayers.some((known) => known === layer))
    throw new Error(`assets/css/${file} is in no layer of style`);
  return layer;
}

/** Every style file, relative to assets/css with forward slashes, sorted. */
function styleFiles(): string[] {
  const found = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' });
  return found
    .filter((file) => file.endsWith('.css'))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

/**
 * The one style sheet: every file below assets/css, each in its layer. Of Tabler it holds what the portal uses
 * (copy-styles.mjs), in the lowest layer.
 */
export function portalStyles(): string {
  const parts = styleFiles().map((file) =>
    inLayer(layerOf(file), readFileSync(new URL(file, folder), 'utf8')),
  );
  return order + parts.join('');
}
