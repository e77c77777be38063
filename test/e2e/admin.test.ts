import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Caller, type Platform, startPlatform, testPassword } from '../support/api.ts';
import { eventually } from '../support/world.ts';
import { useBrowser } from './browser.ts';
import { tabTo } from './keyboard.ts';
import { bodies, bringTo } from './wizard.ts';

type Business = Awaited<ReturnType<Platform['business']>>;

const pathOf = (page: Page) => new URL(page.url()).pathname;
const mainText = (page: Page) => page.locator('main').innerText();
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
const secrets = /\$argon2|4242 ?4242 ?4242|"cvc"/;

describe('[TEN-1] [TEN-2] [USR-1] [WF-1] [WF-2] [ONB-4] [ONB-5] [SEC-7] an administrator in the browser', function () {
  this.timeout(60_000);
  const visit = useBrowser();
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform?.stop());

  /** A business that waits at a step, also where lists are read from. */
  async function businessAt(step: 'tools' | 'website', name: string): Promise<Business & { runId: string }> {
    const owner = await platform.business(name);
    await bringTo(owner, step);
    const { body } = await eventually(
      () => admin.call('GET', `/api/admin/runs?process=onboard-tenant&tenant=${owner.tenantId}`),
      (answer) => answer.body.items[0]?.currentStep === step && answer.body.items[0]?.state === 'waiting',
    );
    return { ...owner, runId: body.items[0].runId };
  }

  it('finds a tenant with its step in the overview, its owner among the people, its run in the list', async () => {
    const { name, email } = await businessAt('tools', 'Overview Bakery');
    const { page } = await visit(platform.url, { as: admin });
    await page.goto('/admin/tenants');
    await page.getByPlaceholder('Search by name').fill('overview');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/admin/tenants?q=overview*');
    assert.match(await rowOf(page, name).innerText(), /Setting up[\s\S]*Growth[\s\S]*Tools[\s\S]*€149/);
    await page.goto('/admin/people?q=' + encodeURIComponent(email));
    assert.match(await rowOf(page, 'Olga Owner').innerText(), /Overview Bakery/);
    await page.goto('/admin/onboarding');
    assert.match(await rowOf(page, 'Plan and payment').innerText(), /\d/);
    await page.goto('/admin/workflows');
    await page.getByLabel('State').selectOption({ label: 'Waiting' });
    await page.waitForURL('**/admin/workflows?*state=waiting*');
    await rowOf(page, name).getByRole('link').first().click();
    await page.waitForURL('**/admin/workflows/*');
  });

  it('sends a reminder, gives more time and skips a step, each with a reason, which the audit log keeps', async () => {
    const { tenantId, name, email } = await businessAt('tools', 'Helped Bakery');
    const mailsBefore = (await platform.world.mails(email)).length;
    const { page } = await visit(platform.url, { as: admin });
    await page.goto(`/admin/tenants/${tenantId}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('link', { name: 'Onboarding', exact: true }).last().click();
    await page.getByRole('button', { name: 'Send a reminder now' }).click();
    await page.getByText('Reminder sent.').waitFor();
    await eventually(
      () => platform.world.mails(email),
      (mails) => mails.length > mailsBefore,
    );
    await page.locator('[data-dialog]', { hasText: 'Extend…' }).click();
    const dialog = page.getByRole('dialog');
    assert.match(await dialog.innerText(), new RegExp(name));
    await dialog.getByLabel('Days').fill('5');
    await dialog.getByLabel('Reason').fill('too short');
    await dialog.getByRole('button', { name: 'Extend' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/At least 10 characters/)
      .waitFor();
    assert.equal(await dialog.getByLabel('Days').inputValue(), '5');
    await dialog.getByLabel('Reason').fill('On holiday until Monday');
    await dialog.getByRole('button', { name: 'Extend' }).click();
    await page.getByText('Setup extended.').waitFor();
    await page.locator('[data-dialog]', { hasText: /Skip….*Tools/ }).click();
    await dialog.getByLabel('Reason').fill('They use no tools of ours');
    await dialog.getByRole('button', { name: 'Skip step' }).click();
    await page.getByText('Step skipped.').waitFor();
    await page.locator('.bz-step', { hasText: 'Tools' }).filter({ hasText: 'Skipped' }).waitFor();

    await page.goto(`/admin/audit?tenant=${tenantId}`);
    for (const details of await page.locator('main td details').all())
      await details.locator('summary').click();
    const said = await mainText(page);
    assert.match(said, /On holiday until Monday/);
    assert.match(said, /They use no tools of ours/);
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('None was changed').waitFor();
  });

  it('reads on the run page why it waits, its steps and its history, without anything secret', async () => {
    const { runId } = await businessAt('tools', 'Watched Bakery');
    const { page } = await visit(platform.url, { as: admin });
    await page.goto(`/admin/workflows/${runId}`);
    const why = page.getByRole('region', { name: 'Why is it waiting?' });
    assert.match(await why.innerText(), /Waiting for the owner to choose tools\. Nothing is wrong\./);
    const steps = page.getByRole('list', { name: 'Steps of this run' });
    assert.match(
      await steps.innerText(),
      /Account\s+[\s\S]*Done[\s\S]*Tools[\s\S]*Waiting[\s\S]*Website\s+[\s\S]*Upcoming/,
    );
    const tabs = page.getByRole('navigation', { name: 'Parts of the run' });
    for (const tab of ['History', 'Full', 'Raw', 'Inputs & results', 'Related', 'Audit', 'Call stack']) {
      const within = ['Full', 'Raw'].includes(tab)
        ? page.getByRole('navigation', { name: 'How much of the history' })
        : tabs;
      await within.getByRole('link', { name: tab }).click();
      await within.locator('[aria-current]', { hasText: tab }).waitFor();
      const html = await page.content();
      assert.doesNotMatch(html, secrets, tab);
      assert.ok(!html.includes(testPassword), tab);
    }
    await page.locator('#run-panel pre, #run-panel code').first().waitFor();
    await tabs.getByRole('link', { name: 'Inputs & results' }).click();
    assert.match(await page.locator('#run-panel').innerText(), /Watched Bakery/);
  });

  it('sees the run page update live when the owner continues', async () => {
    const owner = await businessAt('website', 'Live Bakery');
    const { page } = await visit(platform.url, { as: admin });
    await page.goto(`/admin/workflows/${owner.runId}`);
    await page.evaluate('window.sameDocument = true');
    const sentence = page.locator('.bz-run-sentence');
    assert.match(await sentence.innerText(), /“Website”/);
    await page.locator('[data-updated-text]', { hasText: 'Updated' }).waitFor();
    const answer = await owner.call('POST', '/api/client/onboarding/steps/website', bodies.website);
    assert.equal(answer.status, 200);
    await sentence.filter({ hasText: '“Analytics”' }).waitFor();
    assert.equal(await page.evaluate('window.sameDocument'), true);
  });

  it('finds a tenant by keyboard through the command palette', async () => {
    const { name, tenantId } = await businessAt('tools', 'Palette Bakery');
    const { page } = await visit(platform.url, { as: admin });
    await page.goto('/admin');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('palette bak');
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .waitFor();
    await page.getByText(/\d found/).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/admin/tenants/${tenantId}*`);
  });

  it('opens and leaves a dialog by keyboard, with the focus back where it was', async () => {
    const { tenantId } = await businessAt('tools', 'Keyboard Bakery');
    const { page } = await visit(platform.url, { as: admin });
    await page.goto(`/admin/tenants/${tenantId}?tab=onboarding`);
    await tabTo(page, /^Extend…/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.match(await page.evaluate<string>('document.activeElement.innerText'), /^Extend…/);
  });

  it('a partner sees its own tenants only; a client is told that this is not for them', async () => {
    const partner = await platform.partner();
    const mine = await platform.business('Partner Bakery');
    const foreign = await platform.business('Another Partners Bakery');
    await platform.world.database.owner('update tenants set partner_id = $1 where id = $2', [
      partner.partnerId,
      mine.tenantId,
    ]);
    const { page } = await visit(platform.url, { as: partner });
    await page.goto('/admin/tenants');
    assert.deepEqual(await page.locator('tbody tr').count(), 1);
    assert.match(await mainText(page), /Partner Bakery/);
    const missing = await page.goto(`/admin/tenants/${foreign.tenantId}`);
    assert.equal(missing?.status(), 404);
    assert.doesNotMatch(await page.content(), /Another Partners/);

    const client = await visit(platform.url, { as: mine });
    const refused = await client.page.goto('/admin');
    assert.equal(refused?.status(), 403);
    assert.equal(pathOf(client.page), '/admin');
    assert.match(await mainText(client.page), /ask the owner of your account/);
    assert.equal(await client.page.getByRole('link', { name: 'Tenants' }).count(), 0);
  });
});
