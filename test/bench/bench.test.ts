import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../support/api.ts';
import { alone, onPlatform } from './parts.ts';
import { findBrowser } from '../support/find-browser.ts';
import type { Figure } from './table.ts';

function assertMeasured(figures: readonly Figure[]): void {
  assert.ok(figures.length > 0);
  for (const { what, measured } of figures) assert.doesNotMatch(measured, /NaN|Infinity|undefined/, what);
}

describe('each part of `npm run bench`, as small as it can be', function () {
  this.timeout(180_000);
  let platform: Platform;

  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  for (const [name, measure] of Object.entries(onPlatform))
    it(`${name} measures`, async function () {
      if (name === 'first-paint' && !process.env['CI'] && !(await findBrowser())) this.skip();
      assertMeasured(await measure(platform, 'small'));
    });

  for (const [name, measure] of Object.entries(alone))
    it(`${name} measures`, async () => assertMeasured(await measure('small')));
});
