import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { capabilities } from '../../../db/domain/capabilities.ts';
import { classesIn } from '../../../templates/layout/used-classes.ts';
import { assets, assetUrls, importedByMain } from '../../../templates/layout/assets.ts';
import { styleLayers } from '../../../templates/layout/style-sheets.ts';
import { projectRoot } from '../../support/source-files.ts';
import { gallery } from '../gallery.tsx';

const require = createRequire(import.meta.url);

const folder = join(projectRoot, 'templates', 'assets');
const filesIn = (name: string) =>
  readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(css|js)$/.test(file),
  );
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

function textOf(url: string): string {
  const asset = assets.get(url);
  assert.ok(asset, url);
  return asset.body.toString();
}

interface Block {
  /** What stands before the braces: "@layer base". */
  head: string;
  body: string;
}

/** The statements of a style sheet that are inside of no other. */
function topLevel(css: string): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let from = 0;
  let head = '';
  for (const { 0: mark, index } of css.matchAll(/\/\*[\s\S]*?\*\/|"[^"]*"|'[^']*'|[{};]/g)) {
    if (mark === ';' && depth === 0) blocks.push({ head: css.slice(from, index).trim(), body: '' });
    if (mark === '{' && depth++ === 0) head = css.slice(from, index).trim();
    else if (mark === '}' && --depth === 0) blocks.push({ head, body: css.slice(from, index) });
    else if (mark !== ';' || depth > 0) continue;
    from = index + 1;
  }
  assert.equal(depth, 0, 'every brace is closed');
  return blocks;
}

describe('Style sheets', () => {
  const sheet = textOf(assetUrls.portalCss);
  const tabler = read('css', 'tabler.css');
  const own = sheet.replace(tabler, '');

  it('declare the order of the layers first, and have no rule outside of one', () => {
    const [first, ...rest] = topLevel(sheet);
    assert.equal(first?.head, `@layer ${styleLayers.join(', ')}`);
    for (const { head } of rest)
      assert.ok(
        styleLayers.some((layer) => head === `@layer ${layer}`),
        head,
      );
  });

  for (const file of filesIn('css')) {
    it(`hold ${file} in its layer`, () => {
      const css = read('css', file);
      const layer = file.split(/[/.]/)[0];
      const found = topLevel(sheet).filter(({ body }) => body.includes(css));
      assert.deepEqual(
        found.map(({ head }) => head),
        [`@layer ${layer}`],
      );
    });
  }

  it('are about a capability, or the home page, where they are of an area', () => {
    const names = filesIn('css/areas').map((file) => file.replace('.css', ''));
    const known: readonly string[] = [...capabilities, 'home'];
    assert.deepEqual(
      names.filter((name) => !known.includes(name)),
      [],
    );
  });

  it('style no class that no page has', () => {
    const sources = readdirSync(join(projectRoot, 'templates'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(tsx?|js)$/.test(file))
      .map((file) => readFileSync(join(projectRoot, 'templates', file), 'utf8'))
      .join('\n');
    const hasWord = (name: string) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sources);
    // "bz-cols-2" may stand there as `bz-cols-${columns}`, "bz-done" as `bz-${tone}` with a tone of 'done'.
    const isUsed = (name: string) => {
      const cut = name.lastIndexOf('-') + 1;
      const [start, end] = [name.slice(0, cut), name.slice(cut)];
      const isComposed = sources.includes(`${start}\${`) && (start !== 'bz-' || sources.includes(`'${end}'`));
      return hasWord(name) || isComposed;
    };
    const rules = own.replace(/\/\*[\s\S]*?\*\//g, '');
    const styled = new Set(
      [...rules.matchAll(/\.([a-z][\w-]*)(?=[^{};]*\{)/g)].map(([, name]) => name ?? ''),
    );
    assert.deepEqual(
      [...styled].filter((name) => !isUsed(name)),
      [],
    );
  });

  it('need no importance but to stop what moves', () => {
    const important = [...own.matchAll(/([\w-]+):[^;{}]*!important/g)].map(([, property]) => property);
    assert.deepEqual(important, ['animation', 'transition']);
  });
});

describe('What is taken of Tabler', () => {
  const tabler = read('css', 'tabler.css');
  const full = readFileSync(require.resolve('@tabler/core/dist/css/tabler.min.css'), 'utf8');
  const stylesOf = (css: string) =>
    new Set(
      [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/\.(-?[a-z_][\w-]*)/gi)].map(
        ([, name]) => name ?? '',
      ),
    );
  const [known, kept] = [stylesOf(full), stylesOf(tabler)];
  const command = 'run: node --import=tsx templates/assets/copy-styles.mjs';

  it('is of the version that is installed', () => {
    const { version } = require('@tabler/core/package.json') as { version: string };
    assert.ok(tabler.startsWith(`/* @tabler/core ${version},`), command);
  });

  it('styles every class of Tabler that a template or script can use', () => {
    const used = readdirSync(join(projectRoot, 'templates'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(tsx?|js)$/.test(file))
      .flatMap((file) => classesIn(readFileSync(join(projectRoot, 'templates', file), 'utf8')));
    assert.ok(['btn-primary', 'form-select', 'form-check-input'].every((name) => used.includes(name)));
    const missing = used.filter((name) => known.has(name) && !kept.has(name));
    assert.deepEqual([...new Set(missing)], [], command);
  });

  it('styles every class of Tabler that a page really has', () => {
    const classes = gallery.flatMap(({ html }) =>
      [...html().matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names = '']) => names.split(/\s+/)),
    );
    const used = [...new Set(classes)].filter((name) => known.has(name));
    assert.ok(used.length > 8, used.join());
    assert.deepEqual(
      used.filter((name) => !kept.has(name)),
      [],
      command,
    );
  });

  it('leaves the whole sheet at most 25 kB compressed', () => {
    const bytes = gzipSync(textOf(assetUrls.portalCss)).length;
    assert.ok(bytes <= 25_000, `${bytes} bytes`);
  });
});

describe('Scripts', () => {
  const scripts = filesIn('js');
  const urlOf = (name: string) => [...assets.keys()].find((url) => url.endsWith(`/js/${name}`)) ?? name;

  for (const name of scripts) {
    it(`serve what ${name} imports`, () => {
      const url = urlOf(name);
      const found = [...textOf(url).matchAll(/^import\b[^'"]*['"]([^'"]+)['"]/gm)];
      for (const [, specifier = ''] of found) {
        const target = new URL(specifier, `https://portal.example${url}`);
        assert.ok(assets.has(target.pathname), `${specifier} is served`);
      }
    });
  }

  it('are checked by the compiler', () => {
    for (const name of scripts) assert.match(read('js', name), /^\/\/ @ts-check\n/, name);
  });

  it('are all loaded: on their own, by main.js or by the palette', () => {
    const loaded = new Set<string>([
      assetUrls.themeJs,
      assetUrls.mainJs,
      assetUrls.paletteJs,
      ...importedByMain,
    ]);
    const ofPalette = [...read('js', 'palette.js').matchAll(/from '\.\/([^']+)'/g)];
    for (const [, name = ''] of ofPalette) loaded.add(urlOf(name));
    assert.deepEqual(
      scripts.filter((name) => !loaded.has(urlOf(name))),
      [],
    );
  });

  it('together are at most 90 kB compressed', () => {
    const all = [...assets.values()].filter(({ type }) => type === '.js');
    const bytes = all.reduce((sum, { body }) => sum + gzipSync(body).length, 0);
    assert.ok(all.length > scripts.length, 'htmx counts too');
    assert.ok(bytes <= 90_000, `${bytes} bytes`);
  });
});

describe('Assets', () => {
  it('carry a hash of their content in the address', () => {
    for (const url of assets.keys())
      assert.match(url, /^\/assets\/[0-9a-f]{12}\/(js\/)?[a-z0-9-]+\.(css|js|svg|png|ico|webp)$/);
  });
});
