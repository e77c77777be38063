import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../support/api.ts';
import { eventually } from '../support/world.ts';
import { openVisitor } from './browser.ts';

describe('[WF-1] the bell', function () {
  this.timeout(90_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('shows the tasks a person started and leads to their results, by keyboard', async () => {
    const owner = await platform.business();
    await owner.call('POST', '/api/client/team/invitations', {
      name: 'Ines',
      email: 'ines.bell@example.com',
      role: 'member',
    });
    await eventually(
      () => owner.call('GET', '/api/activity'),
      ({ body }) => body.items.some(({ title }: { title: string }) => title === 'Invitation'),
    );
    const { context, page, problems } = await openVisitor(platform.url, { as: owner });
    await page.goto('/app');
    await page.getByLabel('Your activity', { exact: true }).focus();
    await page.keyboard.press('Enter');
    const found = page.getByRole('link', { name: 'Invitation' });
    await found.waitFor();
    if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'] });
    await found.press('Enter');
    await page.waitForURL('**/app/team');
    assert.deepEqual(problems, []);
    await context.close();
  });
});
