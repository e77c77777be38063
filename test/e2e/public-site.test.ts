import assert from 'node:assert/strict';
import type { Platform } from '../support/api.ts';
import { startPlatform, testPassword } from '../support/api.ts';
import { useBrowser } from './browser.ts';
import { tabTo } from './keyboard.ts';

describe('[ONB-1] the public site in a browser', function () {
  this.timeout(60_000);
  const visit = useBrowser();
  let platform: Platform;
  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(() => platform?.stop());

  it('loads the picture of the theme that shows, and no other', async () => {
    const { page } = await visit(platform.url, { colorScheme: 'dark' });
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.goto('/', { waitUntil: 'networkidle' });
    const pictures = () => asked.filter((url) => url.endsWith('.webp')).map((url) => url.split('/').at(-1));
    assert.deepEqual(pictures(), ['product-dark.webp']);
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    const loaded = "document.querySelector('.bz-picture .bz-when-light').naturalWidth > 0";
    await page.waitForFunction(loaded);
    assert.deepEqual(pictures(), ['product-dark.webp', 'product-light.webp']);
  });

  it('shows and hides a password by keyboard, and sends it from a password field', async () => {
    const { page } = await visit(platform.url);
    await page.goto('/sign-in');
    const field = page.getByRole('textbox', { name: 'Password' });
    await tabTo(page, /^Password/);
    await page.keyboard.type(testPassword);
    const type = () => page.locator('input[name=password]').getAttribute('type');
    assert.equal(await type(), 'password');
    await tabTo(page, /^Show\s+password$/);
    await page.keyboard.press('Enter');
    assert.equal(await type(), 'text');
    assert.equal(await field.inputValue(), testPassword);
    await page.keyboard.press('Enter');
    assert.equal(await type(), 'password');
    await page.keyboard.press('Space');
    await page.evaluate(
      "document.querySelector('main form').addEventListener('submit', (event) => event.preventDefault())",
    );
    await page.getByRole('button', { name: 'Sign in' }).click();
    assert.equal(await type(), 'password');
  });

  it('has a plain password field where scripts do not run', async () => {
    const { page } = await visit(platform.url, { javaScriptEnabled: false });
    await page.goto('/sign-in');
    assert.equal(await page.getByRole('button', { name: /Show/ }).count(), 0);
    assert.equal(await page.locator('input[name=password]').getAttribute('type'), 'password');
  });
});
