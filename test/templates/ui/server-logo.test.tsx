import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { render } from 'preact-render-to-string';
import { servers } from '../../../activities/mcp/catalog.ts';
import { assets, assetUrls } from '../../../templates/layout/assets.ts';
import { logoNames } from '../../../templates/ui/logo-names.ts';
import { ServerLogo, tileColours, tileOf } from '../../../templates/ui/server-logo.tsx';

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('[MCP-R1] the logo of a server', () => {
  const css = readFileSync(
    new URL('../../../templates/assets/css/components/server-logo.css', import.meta.url),
    'utf8',
  );
  const tiles = [...css.matchAll(/\.bz-tile-(\d+) \{\s*background: (#[0-9a-f]{6});/g)];

  it('is in the sprite for every name that is listed, without styles of its own', () => {
    const sprite = assets.get(assetUrls.logos)?.body.toString() ?? '';
    const inSprite = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(inSprite, [...logoNames]);
    assert.doesNotMatch(sprite, /<style|style=|<script|xlink/);
    const offered = new Set<string>(servers.map(({ name }) => name));
    assert.deepEqual(
      logoNames.filter((name) => !offered.has(name)),
      [],
      'only marks that are used',
    );
  });

  it('is an initial on a tile where there is no mark, and white reads on every tile', () => {
    assert.deepEqual(
      tiles.map(([, number]) => Number(number)),
      Array.from({ length: tileColours }, (_, at) => at + 1),
    );
    for (const [, number, hex = ''] of tiles)
      assert.ok(1.05 / (luminance(hex) + 0.05) >= 4.5, `tile ${number} ${hex}`);
    const html = render(<ServerLogo name="planner" title="« planner CRM »" />);
    assert.match(html, />P</);
    assert.match(html, new RegExp(`bz-tile-${tileOf('planner')}`));
    const used = new Set(
      Array.from({ length: 200 }, (_, at) => tileOf(`server-${at}`)).filter(
        (tile) => tile >= 1 && tile <= tileColours,
      ),
    );
    assert.equal(used.size, tileColours);
  });

  it('says nothing to a screen reader: its name is beside it', () => {
    for (const name of ['stripe', 'planner'])
      assert.match(render(<ServerLogo name={name} title={name} />), /aria-hidden="true"/);
  });
});
