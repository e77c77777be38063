import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { type Caller, type Platform, startPlatform } from '../support/api.ts';
import { plantTenant } from '../support/database.ts';
import { eventually } from '../support/world.ts';
import { alike, markAlike } from './alike.ts';
import { useBrowser } from './browser.ts';
import { addressesFor, findIds, type Ids } from './pages.ts';
import { plant, type Planted } from './planted.ts';
import { plantTools } from './planted-tools.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer depends on the colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];
const missingPage = '/nothing-here';
const largestHtml = 60_000;
/** How long one page may take on a busy machine; alone it is half a second. */
const withinMs = 8_000;
const inlineCode = /\sstyle="|\son[a-z]+="|<style|javascript:|<script(?![^>]*\ssrc=)[^>]*>/i;

interface Violation {
  id: string;
  nodes: { html: string }[];
}

const described = (violations: readonly Violation[]) =>
  violations.map(({ id, nodes }) => {
    const samples = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
    return `${id}: ${samples.join(' | ')}`;
  });

/**
 * Runs axe, which the page holds already, by the rules or tags, in the page without its frames. Only violations are
 * told: to describe what passes takes as long as to find it.
 */
async function violations(page: Page, runOnly: readonly string[]): Promise<string[]> {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'], iframes: false });
  return described(
    await page.evaluate<Violation[]>(
      `axe.run({ exclude: ['${alike}'] }, ${options}).then(({ violations }) => violations)`,
    ),
  );
}

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.bsTheme = '${theme}'`);
}

/** What sticks out at the right of a phone, if anything makes the page itself scroll sideways. */
const tooWide = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return '';
  const out = [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
  return 'scrolls sideways to ' + scrollWidth + ' px: ' + out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' | ');
})()`;

/** Everything that holds for any page, looked at in one visit. */
async function problemsOf(page: Page, address: string): Promise<string[]> {
  const problems: string[] = [];
  const response = await page.goto(address);
  const html = (await response?.text()) ?? '';
  const status = response?.status() ?? 0;
  if (status >= 400 && address !== missingPage) problems.push(`answers ${status}`);
  if (Buffer.byteLength(html) > largestHtml) problems.push(`${Buffer.byteLength(html)} bytes of HTML`);
  const inline = inlineCode.exec(html);
  if (inline) problems.push(`inline code: ${html.slice(inline.index, inline.index + 80)}`);
  if (page.frames().length > 1) problems.push('holds a frame, and axe does not look into frames here');
  await markAlike(page);
  await setTheme(page, 'light');
  await page.evaluate(axe.source);
  problems.push(...(await violations(page, standards)));
  await setTheme(page, 'dark');
  problems.push(...(await violations(page, colourRules)).map((violation) => `dark: ${violation}`));
  await page.setViewportSize({ width: 360, height: 740 });
  problems.push(...[await page.evaluate<string>(tooWide)].filter(Boolean));
  await page.setViewportSize({ width: 1280, height: 800 });
  return problems.map((problem) => `${address}: ${problem}`);
}

describe('[WF-1] [WF-2] [TEN-1] [ONB-2] every page, for everybody who may open it', function () {
  this.timeout(300_000);
  const visit = useBrowser();
  let platform: Platform;
  let planted: Planted;
  let tools: Awaited<ReturnType<typeof plantTools>>;
  let callers: Record<'superAdmin' | 'partner', Caller>;
  let ids: Ids;
  let partnersIds: Ids;

  before(async () => {
    platform = await startPlatform();
    planted = await plant(platform.url, platform.world.mails);
    tools = await plantTools(platform, planted);
    planted = { ...planted, calls: tools.calls };
    const [admin, partner] = [await platform.admin(), await platform.partner()];
    await platform.world.database.owner(
      "update tenants set partner_id = $1 where name in ('Atelier Dubois', 'Harbour View Dental')",
      [partner.partnerId],
    );
    callers = { superAdmin: admin, partner };
    await eventually(
      () => admin.call('GET', '/api/admin/runs?state=waiting'),
      ({ body }) => body.items.length >= 8,
    );
    // Lists are looked at full.
    for (let n = 0; n < 60; n += 1) {
      const name = `Hillside Market Garden and Farm Shop ${n}`;
      await plantTenant(platform.world.database.db, { name, status: 'live' });
    }
    ids = await findIds(admin, planted);
    partnersIds = await findIds(partner, planted);
  });
  after(async () => {
    await platform?.stop();
    await tools?.close();
  });

  async function check(test: Mocha.Context, addresses: string[], as?: Caller): Promise<void> {
    test.timeout(addresses.length * withinMs);
    // Animations would be caught half way.
    const { page } = await visit(platform.url, { ...(as && { as }), reducedMotion: 'reduce' });
    const problems: string[] = [];
    for (const address of addresses) problems.push(...(await problemsOf(page, address)));
    assert.deepEqual(problems, []);
    assert.ok(addresses.length > 3);
  }

  it('anonymous', function () {
    return check(this, [...addressesFor('anonymous', ids), missingPage]);
  });
  it('super admin', function () {
    return check(this, addressesFor('superAdmin', ids), callers.superAdmin);
  });
  it('partner', function () {
    return check(this, addressesFor('partner', partnersIds), callers.partner);
  });
  it('owner of a business that is live', function () {
    return check(this, addressesFor('owner', ids).filter(isNoStep), planted.live);
  });
  it('owner in the middle of the setup', function () {
    const steps = addressesFor('owner', ids).filter((path) => !isNoStep(path));
    return check(this, steps, planted.settingUp);
  });

  it('the watch over the pages notices a breach of the security policy', async () => {
    const { page, problems } = await visit(platform.url);
    await page.goto('/sign-in');
    await page.evaluate(`document.body.setAttribute('onclick', 'alert(1)')`);
    assert.match(problems.splice(0).join(), /Content Security Policy/);
  });
});

const isNoStep = (path: string) => !path.startsWith('/app/setup/') || path === '/app/setup/live';
