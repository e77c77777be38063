import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Caller, type Platform, startPlatform } from '../support/api.ts';
import { eventually } from '../support/world.ts';
import { useBrowser } from './browser.ts';
import { tabTo } from './keyboard.ts';
import { bringTo } from './wizard.ts';

const reason = 'Asked for at the weekly round';

describe('[TEN-1] [ONB-4] the list of tenants in the browser', function () {
  this.timeout(60_000);
  const visit = useBrowser();
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
    for (const name of ['First Bakery', 'Second Bakery', 'Third Bakery'])
      await bringTo(await platform.business(name), 'tools');
    await eventually(
      () => admin.call('GET', '/api/admin/tenants?step=tools'),
      ({ body }) => body.items.length === 3,
    );
  });
  after(() => platform?.stop());

  const pick = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}` });

  it('helps the chosen tenants, and says of each how it went', async () => {
    const { page } = await visit(platform.url, { as: admin });
    await page.goto('/admin/tenants');
    const bar = page.getByRole('group', { name: 'Actions for selected tenants' });
    assert.equal(await bar.isVisible(), false);
    await pick(page, 'First Bakery').check();
    await bar.getByText('1 selected:').waitFor();
    await bar.getByLabel('Select all on this page').check();
    await bar.getByText('3 selected:').waitFor();
    await pick(page, 'Third Bakery').uncheck();
    await bar.getByRole('button', { name: 'Extend setup…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Extend setup for 2 tenants' }).waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /Third Bakery/);
    await page.getByLabel('Additional days').fill('5');
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Extend setup for 2 tenants' }).click();
    await page.waitForURL('**/admin/bulk-operations/blk_*');
    // The head of the page is live.
    await page.getByText('2 of 2').waitFor();
    await page.reload();
    assert.match(await page.locator('main').innerText(), /First Bakery\s+Done/);
  });

  it('does the same by keyboard and without scripts', async () => {
    const { page } = await visit(platform.url, { as: admin, javaScriptEnabled: false });
    await page.goto('/admin/tenants?step=tools');
    await pick(page, 'Second Bakery').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Send a reminder…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Send a reminder to 1 tenant' }).waitFor();
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Send a reminder to 1 tenant' }).focus();
    await page.keyboard.press('Enter');
    // Without scripts the page of the operation is loaded again by hand.
    await page.waitForURL('**/admin/bulk-operations/blk_*');
    await eventually(
      async () => (await page.reload())?.status() === 200 && (await page.locator('main').innerText()),
      (text) => text !== false && text.includes('1 of 1') && text.includes('Finished.'),
    );
  });

  it('keeps filters as a view, renames it and removes it', async () => {
    const { page } = await visit(platform.url, { as: admin });
    await page.goto('/admin/tenants');
    await page.getByLabel('Setup step').selectOption({ label: 'Tools' });
    await page.waitForURL('**/admin/tenants?step=tools');
    await tabTo(page, /^Save view/);
    await page.keyboard.press('Enter');
    await page.keyboard.type('At the tools');
    await page.keyboard.press('Enter');
    const views = page.getByRole('navigation', { name: 'Your views' });
    await views.locator('[aria-current]', { hasText: 'At the tools' }).waitFor();
    await page.locator('[data-dialog=rename-view]').click();
    await page.getByRole('dialog').getByLabel('Name').fill('Need tools');
    await page.getByRole('button', { name: 'Rename view', exact: true }).click();
    await views.locator('[aria-current]', { hasText: 'Need tools' }).waitFor();
    await views.getByRole('link', { name: 'All tenants' }).click();
    await page.waitForURL('**/admin/tenants');
    await views.getByRole('link', { name: 'Need tools' }).click();
    await page.waitForURL('**/admin/tenants?step=tools');
    await page.getByRole('button', { name: 'Remove view Need tools' }).click();
    await page.getByText('View removed.').waitFor();
    assert.equal(await views.count(), 0);
  });
});
