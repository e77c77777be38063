import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../support/api.ts';
import { useBrowser } from './browser.ts';

const reason = 'The customer asked on the telephone';

describe('[WF-6] [SEC-1] a refused form in the browser', function () {
  this.timeout(90_000);
  const visit = useBrowser();
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('stays at its address with what was typed, and Back leads to a page', async () => {
    const { page } = await visit(platform.url, { as: await platform.admin() });
    await page.goto('/admin/processes');
    await page.goto('/admin/processes/confirm-email');
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const summary = page.locator('.bz-problem[role=alert]');
    await summary.getByRole('link', { name: 'Person: Enter a value.' }).waitFor();
    assert.equal(await page.getByLabel('Reason').inputValue(), reason);
    assert.ok(await summary.evaluate((element) => element === element.ownerDocument.activeElement));
    assert.equal(new URL(page.url()).pathname, '/admin/processes/confirm-email');
    if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'], fullPage: true });
    await page.getByRole('link', { name: 'Workflows', exact: true }).first().click();
    await page.waitForURL('**/admin/workflows');
    await page.goBack();
    await page.getByRole('heading', { name: 'Email confirmation' }).waitFor();
    // The refused form is no step of its own.
    await page.goBack();
    await page.waitForURL('**/admin/processes');
  });

  it('can be sent again, with its scripts, and leads on', async () => {
    const business = await platform.business();
    const { page } = await visit(platform.url, { as: await platform.admin() });
    await page.goto('/admin/processes/confirm-email');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('link', { name: /^Person/ }).click();
    await page.getByLabel('Person', { exact: true }).fill(business.userId);
    await page.getByLabel('Tenant', { exact: true }).fill(business.tenantId);
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/admin/workflows/*');
    // Its confirmation is soon replaced by how the run is doing.
    await page
      .getByRole('status')
      .filter({ hasText: /has started|Email confirmation/ })
      .first()
      .waitFor();
  });

  it('works the same without scripts, but for the address', async () => {
    const { page } = await visit(platform.url, { as: await platform.admin(), javaScriptEnabled: false });
    await page.goto('/admin/processes/confirm-email');
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('link', { name: 'Person: Enter a value.' }).waitFor();
    assert.equal(await page.getByLabel('Reason').inputValue(), reason);
  });

  it('says so where the server can’t be reached, and keeps what was typed', async () => {
    const { page, problems, context } = await visit(platform.url, { as: await platform.admin() });
    await page.goto('/admin/processes/confirm-email');
    await page.getByLabel('Reason').fill(reason);
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('We couldn’t reach the server. Nothing was saved.').waitFor();
    assert.equal(await page.getByLabel('Reason').inputValue(), reason);
    await context.setOffline(false);
    // htmx itself logs that.
    assert.ok(problems.splice(0).every((problem) => problem.includes('htmx:error')));
  });

  it('leads through sign-in after the session has ended, back to what was typed', async () => {
    const owner = await platform.business();
    const { page, context } = await visit(platform.url, { as: owner });
    await page.goto('/app/team');
    await page.locator('[data-dialog=invite]').first().click();
    const dialog = page.locator('dialog#invite');
    await dialog.getByLabel('Name').fill('Ines Invited');
    await context.clearCookies();
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await page.waitForURL('**/sign-in?next=*');
    await page.getByLabel('Email', { exact: true }).fill(owner.email);
    await page.getByLabel('Password').fill('a sturdy otter sings 77');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('You’re signed in again.').waitFor();
    assert.equal(await dialog.getByLabel('Name').inputValue(), 'Ines Invited');
  });
});
