import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../support/api.ts';
import { useBrowser } from './browser.ts';
import { tabTo, typeInto } from './keyboard.ts';

describe('[WF-3] [WF-6] picking a tenant and a person by name', function () {
  this.timeout(90_000);
  const open = useBrowser();
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('goes by keyboard alone; a refused form keeps the names and still sends whom they mean', async () => {
    const owner = await platform.business('Confirmed Bakery');
    await platform.business('Confirmed Bakery Two');
    const admin = await platform.admin();
    const { page } = await open(platform.url, { as: admin });
    await page.goto('/admin/processes/confirm-email');

    await typeInto(page, /^Tenant$/, 'Confirmed Bak');
    const tenant = page.getByRole('combobox', { name: 'Tenant', exact: true });
    await page.getByRole('option', { name: /^Confirmed Bakery Two/ }).waitFor();
    assert.equal(await tenant.getAttribute('aria-expanded'), 'true');
    // As far as the one that is called exactly so; the other begins the same.
    for (let presses = 0; presses < 4; presses += 1) {
      await page.keyboard.press('ArrowDown');
      const active = page.locator(`#${(await tenant.getAttribute('aria-activedescendant')) ?? 'none'}`);
      assert.equal(await active.getAttribute('aria-selected'), 'true');
      if (!(await active.innerText()).includes('Two')) break;
    }
    await page.keyboard.press('Enter');
    assert.equal(await tenant.inputValue(), 'Confirmed Bakery');
    assert.equal(await tenant.getAttribute('aria-expanded'), 'false');

    await typeInto(page, /^Person$/, owner.email);
    await page.getByRole('option', { name: /Olga Owner/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const person = page.getByRole('combobox', { name: 'Person', exact: true });
    assert.equal(await person.inputValue(), 'Olga Owner');

    // Without a reason the form is refused.
    await tabTo(page, /^Start$/);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    assert.equal(await tenant.inputValue(), 'Confirmed Bakery');
    assert.equal(await person.inputValue(), 'Olga Owner');

    await page.getByLabel('Reason').first().focus();
    await page.keyboard.type('The owner asked for a new link on the phone');
    await tabTo(page, /^Start$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/admin\/workflows\/[0-9a-f-]{36}/);
    await page
      .getByRole('heading', { name: 'Email confirmation of Confirmed Bakery', exact: true })
      .waitFor();
  });
});
