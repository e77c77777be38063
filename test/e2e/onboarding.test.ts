import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { submittableSteps } from '../../db/domain/onboarding/steps.ts';
import { type Platform, startPlatform, testPassword } from '../support/api.ts';
import { confirmationToken } from '../support/confirm.ts';
import { eventually } from '../support/world.ts';
import { useBrowser } from './browser.ts';
import { tabTo, typeInto } from './keyboard.ts';
import {
  bringTo,
  declinedCard,
  doStep,
  fillCard,
  fillSignUp,
  fillStep,
  goodCard,
  newAccount,
  signUpInBrowser,
  submit,
} from './wizard.ts';

const pathOf = (page: Page) => new URL(page.url()).pathname;
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

describe('[ONB-1] [ONB-2] [ONB-3] a person signs up in the browser', function () {
  this.timeout(60_000);
  const visit = useBrowser();
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform?.stop());

  /** The sandbox also lists the tries that it refused. */
  async function paidCharges(tenantId: string): Promise<number> {
    const charges = (await platform.world.charges(tenantId)) as { failure?: unknown }[];
    return charges.filter(({ failure }) => !failure).length;
  }

  it('shows what is wrong at its field and in a summary that leads there; keeps the values, not the password', async () => {
    const { page } = await visit(platform.url);
    await page.goto('/sign-up');
    await page.getByLabel('Business name').fill('Rivera Bakery');
    await page.getByLabel('Email', { exact: true }).fill('not an address');
    await page.getByLabel('Password').fill('short');
    await submit(page, 'Create account');
    const summary = page.getByRole('alert');
    await summary.waitFor();
    assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'alert');
    const links = await summary.getByRole('link').all();
    assert.equal(links.length, 3);
    for (const link of links) {
      await link.click();
      const field = page.locator(`[id="${((await link.getAttribute('href')) ?? '').slice(1)}"]`);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      const id = await page.evaluate<string>('document.activeElement.id');
      assert.equal(await field.getAttribute('id'), id);
      const [, said = ''] = ((await link.textContent()) ?? '').split(': ');
      assert.equal((await page.locator(`[id="${id}-error"]`).textContent())?.trim(), said);
    }
    assert.equal(await page.getByLabel('Business name').inputValue(), 'Rivera Bakery');
    assert.equal(await page.getByLabel('Email', { exact: true }).inputValue(), 'not an address');
    assert.equal(await page.getByLabel('Password').inputValue(), '');
  });

  it('walks through every step until live, and finds its invoice and PDF', async () => {
    const { page } = await visit(platform.url);
    await signUpInBrowser(page, platform.world.mails, newAccount('Rivera Bakery'));
    for (const step of submittableSteps.slice(0, -1)) await doStep(page, step);
    assert.match(await page.locator('.bz-price').innerText(), /€|\$/);
    await doStep(page, 'review');
    await heading(page).filter({ hasText: 'You’re live' }).waitFor();
    await page.getByRole('link', { name: 'Open your workspace' }).click();
    await page.waitForURL('**/app');
    await page.getByRole('link', { name: 'Billing' }).first().click();
    await page.locator('tbody').getByRole('link').first().click();
    await page.waitForURL('**/app/billing/invoices/*');
    assert.match(await page.locator('main').innerText(), /Panadería Rivera SL/);
    const href = await page.getByRole('link', { name: /PDF/ }).getAttribute('href');
    const pdf = await page.request.get(href ?? '');
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  });

  it('says at the step why a card was declined, charges nothing, and takes a second card', async () => {
    const owner = await platform.business();
    await bringTo(owner, 'plan');
    const { page } = await visit(platform.url, { as: owner });
    await page.goto('/app/setup/plan');
    await fillStep.plan(page);
    await fillCard(page, declinedCard);
    await submit(page);
    await page.getByRole('link', { name: 'Card number: Your card was declined.' }).waitFor();
    assert.equal(await page.getByText('Your card was declined.', { exact: true }).count(), 1, 'at its field');
    assert.equal(pathOf(page), '/app/setup/plan');
    assert.match((await page.getByRole('alert').allInnerTexts()).join(' '), /Nothing was charged/);
    assert.ok(await page.getByRole('radio', { name: /^Growth/ }).isChecked());
    assert.ok(await page.getByRole('radio', { name: /^Now/ }).isChecked());
    assert.equal(await page.getByLabel('Security code').inputValue(), '');
    assert.equal(await paidCharges(owner.tenantId), 0);
    await fillCard(page, goodCard);
    await submit(page);
    await page.waitForURL('**/app/setup/tools');
    assert.equal(await paidCharges(owner.tenantId), 1);
  });

  it('stops at "Finish later" and continues at the same step on another device', async () => {
    const account = newAccount('Two Devices');
    const first = await visit(platform.url);
    await signUpInBrowser(first.page, platform.world.mails, account);
    await doStep(first.page, 'profile');
    await first.page.getByRole('link', { name: 'Finish later' }).click();
    await first.page.waitForURL('**/app');
    await first.context.close();

    const { page } = await visit(platform.url, { viewport: { width: 390, height: 844 } });
    await page.goto('/sign-in');
    await page.getByLabel('Email', { exact: true }).fill(account.email);
    await page.getByLabel('Password').fill(testPassword);
    await submit(page, 'Sign in');
    await page.waitForURL('**/app/setup/plan');
    await doStep(page, 'plan');
  });

  it('goes back to an earlier step and changes it from the review; only what depends on it is asked again', async () => {
    const owner = await platform.business();
    await bringTo(owner, 'review');
    const { page } = await visit(platform.url, { as: owner });
    await page.goto('/app/setup');
    await page.waitForURL('**/app/setup/review');
    await page.getByRole('link', { name: /^Change Website/ }).click();
    await page.waitForURL('**/app/setup/website');
    await doStepAndReturn(page, 'website');
    assert.match(await page.locator('main').innerText(), /https:\/\/rivera\.example/);
    await page.getByRole('navigation', { name: 'Setup' }).getByRole('link', { name: 'Tools' }).click();
    await page.waitForURL('**/app/setup/tools');
    assert.ok(await page.getByRole('checkbox', { name: 'Stripe' }).isChecked());
    await page.getByRole('checkbox', { name: 'Stripe' }).uncheck();
    await submit(page);
    await page.waitForURL('**/app/setup/agents');
    assert.match(await page.locator('main').innerText(), /Check this step again/);
    assert.equal(await paidCharges(owner.tenantId), 1);
  });

  it('checks the email, uses another address, and comes in by the link in the same browser only', async () => {
    const account = newAccount('Mail Reader');
    const { page } = await visit(platform.url);
    await page.goto('/sign-up');
    await fillSignUp(page, { ...account, email: `typo.${account.email}` });
    await submit(page, 'Create account');
    await page.getByText(`We sent an email to typo.${account.email}.`, { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Use another address' }).click();
    await page.getByLabel('Email', { exact: true }).fill(account.email);
    assert.equal(await page.getByLabel('Business name').inputValue(), account.businessName);
    await page.getByLabel('Password').fill(testPassword);
    await submit(page, 'Create account');
    await page.getByText(`We sent an email to ${account.email}.`, { exact: false }).waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    assert.deepEqual(
      violations.map(({ id }) => id),
      [],
    );
    await page.getByRole('button', { name: 'Resend email' }).click();
    await page.getByText('is on its way', { exact: false }).waitFor();
    await eventually(
      () => platform.world.mails(account.email),
      (mails) => mails.length === 2,
    );
    const other = await visit(platform.url);
    const token = await confirmationToken(platform.world.mails, account.email);
    await other.page.goto(`/verify-email?token=${token}`);
    await other.page.getByRole('button', { name: 'Confirm email address' }).click();
    await other.page.waitForURL('**/sign-in');
    await other.page.getByText('your email address is confirmed', { exact: false }).waitFor();
    await other.context.close();
    // Looking at the link again says that it’s done.
    await page.goto(`/verify-email?token=${token}`);
    await heading(page).filter({ hasText: 'already confirmed' }).waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL('**/sign-in');
  });

  it('makes one account of a double click on either button', async () => {
    const account = newAccount('Double Click');
    const { page } = await visit(platform.url);
    await page.goto('/sign-up');
    await fillSignUp(page, account);
    await page.getByRole('button', { name: 'Create account' }).dblclick();
    await page.getByText('Check your email').first().waitFor();
    const token = await confirmationToken(platform.world.mails, account.email);
    await page.goto(`/verify-email?token=${token}`);
    await page.getByRole('button', { name: 'Confirm email address' }).dblclick();
    await page.waitForURL('**/app/setup/profile');
    const count = async (table: string, column: string, value: string) =>
      (await platform.world.database.owner(`select 1 from ${table} where ${column} = $1`, [value])).length;
    assert.equal(await count('tenants', 'name', account.businessName), 1);
    assert.equal(await count('users', 'email', account.email), 1);
    assert.equal((await platform.world.mails(account.email)).length, 1);
  });

  it('does the same without JavaScript', async () => {
    const { page } = await visit(platform.url, { javaScriptEnabled: false });
    await signUpInBrowser(page, platform.world.mails, newAccount('No Scripts'));
    for (const step of ['profile', 'plan', 'tools', 'website'] as const) await doStep(page, step);
    assert.match(await heading(page).innerText(), /measure/);
  });

  it('does the same with the keyboard alone, and the focus can be seen all the way', async () => {
    const { page } = await visit(platform.url);
    const account = newAccount('Keys Only');
    await page.goto('/sign-up');
    await typeInto(page, /^Business name/, account.businessName);
    await typeInto(page, /^Your name/, account.ownerName);
    await typeInto(page, /^Email/, account.email);
    await typeInto(page, /^Password/, testPassword);
    await tabTo(page, /^Create account/);
    await page.keyboard.press('Enter');
    await page.getByText('Check your email').first().waitFor();
    await page.goto(`/verify-email?token=${await confirmationToken(platform.world.mails, account.email)}`);
    await tabTo(page, /^Confirm email address/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/setup/profile');
    await page.getByLabel('Legal name').waitFor();
    await tabTo(page, /^Legal name/);
    await typeInto(page, /^Industry/, 'Food');
    await typeInto(page, /^Team size/, '11');
    await typeInto(page, /^Country/, 'Spain');
    await tabTo(page, /^Save and continue/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/setup/plan');
    await tabTo(page, /Starter|Growth/);
    await page.keyboard.press('ArrowDown');
    await typeInto(page, /^Card number/, goodCard);
    await typeInto(page, /^Month/, '12');
    await typeInto(page, /^Year/, '2034');
    await typeInto(page, /^Security code/, '123');
    await tabTo(page, /^Save and continue/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/setup/tools');
    await tabTo(page, /^Stripe/);
    await page.keyboard.press('Space');
    assert.ok(await page.getByRole('checkbox', { name: 'Stripe' }).isChecked());
  });
});

/** A step that was done before leads back to the first one that is open. */
async function doStepAndReturn(page: Page, step: 'website'): Promise<void> {
  await fillStep[step](page);
  await submit(page);
  await page.waitForURL('**/app/setup/review');
}
