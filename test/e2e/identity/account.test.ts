import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import sharp from 'sharp';
import { type Platform, startPlatform, testPassword } from '../../support/api.ts';
import { useBrowser } from '../browser.ts';

const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

describe('[SEC-4] [USR-4] the own account in the browser', function () {
  this.timeout(60_000);
  const visit = useBrowser();
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('adds a second factor, signs in with it, and confirms with it', async () => {
    const owner = await platform.business();
    const { page, problems } = await visit(platform.url, { as: owner });
    await page.goto('/account/security');
    await page.getByRole('link', { name: 'Add second factor' }).click();
    await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
    const secret = ((await page.locator('pre code').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Code from the app').fill('123');
    await page.getByRole('button', { name: 'Add second factor' }).click();
    await page.locator('.bz-error').getByText('This code is wrong').waitFor();
    await page.getByLabel('Code from the app').fill(codeOf(secret, -1));
    await page.getByRole('button', { name: 'Add second factor' }).click();
    await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download as text' }).click();
    assert.equal((await downloading).suggestedFilename(), 'bizosaas-backup-codes.txt');
    const [backup = ''] = await page.locator('.bz-codes code').allTextContents();

    const second = await visit(platform.url);
    await second.page.goto('/sign-in?next=%2Fapp%2Fteam');
    await second.page.getByLabel('Email').fill(owner.email);
    await second.page.getByLabel('Password', { exact: true }).fill(testPassword);
    await second.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await second.page.getByLabel('Code').fill(codeOf(secret));
    await second.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await second.page.waitForURL('**/app/team');

    await platform.world.database.owner(
      `update auth.sessions set verified_at = now() - interval '6 minutes'`,
    );
    await page.goto('/account/security');
    await page.getByRole('link', { name: 'Turn off' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
    await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor();
    await page.getByLabel('Code').fill(backup);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL('**/account/security');
    assert.deepEqual([...problems, ...second.problems], []);
  });

  it('chooses the part of a picture by keyboard and shows it in the menu', async () => {
    const { page, problems } = await visit(platform.url, { as: await platform.admin() });
    const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#084' } })
      .png()
      .toBuffer();
    await page.goto('/account/profile');
    await page
      .getByLabel('Choose a picture')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture });
    const size = page.getByLabel('Size');
    await size.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await size.inputValue(), '0.99');
    await page.getByRole('button', { name: 'Save picture' }).click();
    await page.getByText('Picture saved.').waitFor();
    const shown = page.locator('.bz-account img.bz-avatar');
    await shown.waitFor();
    assert.ok(await shown.evaluate((image) => (image as HTMLImageElement).naturalWidth === 256));
    assert.deepEqual(problems, []);
  });
});
