// Takes what the portal uses of Tabler's style sheet into assets/css/tabler.css, so that no page loads the other 90 %.
// Run after using another class of Tabler, or another version: node --import=tsx templates/assets/copy-styles.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PurgeCSS } from 'purgecss';
import { classesIn } from '../layout/used-classes.ts';

const require = createRequire(import.meta.url);
const { version } = require('@tabler/core/package.json');
const tabler = readFileSync(require.resolve('@tabler/core/dist/css/tabler.min.css'), 'utf8');

const templates = new URL('../', import.meta.url);
const read = (pattern) =>
  readdirSync(fileURLToPath(templates), { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file) && !file.endsWith('tabler.css'))
    .sort()
    .map((file) => readFileSync(new URL(file, templates), 'utf8'));
const sources = read(/\.(tsx?|js)$/);
/** Our own style sheets build on variables of Tabler that none of its own remaining rules may need. */
const ownVariables = read(/\.css$/).flatMap((css) => css.match(/--tblr-[\w-]+/g) ?? []);

/** @param {string} text */
function extract(text) {
  const words = text.match(/[A-Za-z0-9_-]+/g) ?? [];
  return {
    // theme.js writes this one as `dataset.bsTheme`.
    attributes: { names: [...words, 'data-bs-theme'], values: words },
    classes: classesIn(text),
    ids: [],
    tags: [...text.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag ?? ''),
    undetermined: [],
  };
}

const [purged] = await new PurgeCSS().purge({
  content: sources.map((raw) => ({ raw, extension: 'tsx' })),
  css: [{ raw: tabler.replace('@charset "UTF-8";', '') }],
  defaultExtractor: extract,
  // The skeleton of a document, which the parser adds where a page leaves it out.
  safelist: { standard: ['html', 'body', ':root'], variables: ownVariables },
  keyframes: true,
  fontFace: true,
});
writeFileSync(
  new URL('css/tabler.css', import.meta.url),
  `/* @tabler/core ${version}, written by templates/assets/copy-styles.mjs */\n${purged?.css}\n`,
);
