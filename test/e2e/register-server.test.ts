import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../support/api.ts';
import { type RemoteMcp, remoteMcp } from '../support/remote-mcp.ts';
import { useBrowser } from './browser.ts';
import { submit } from './wizard.ts';

const token = 'canary5Tb8QzLm1';

describe('[MCP-R1] a third-party server, from the form to its use', function () {
  this.timeout(120_000);
  const visit = useBrowser();
  let platform: Platform;
  let remote: RemoteMcp;
  before(async () => {
    [platform, remote] = await Promise.all([startPlatform(), remoteMcp(token)]);
    Object.assign(platform.world.config.tools, { allowPrivateHosts: true });
  });
  after(async () => {
    await platform?.stop();
    await remote?.close();
  });

  for (const javaScriptEnabled of [true, false]) {
    const name = javaScriptEnabled ? 'acme-crm' : 'acme-shop';
    it(`an administrator brings it in and a customer uses it (${javaScriptEnabled ? 'with' : 'without'} scripts)`, async () => {
      const { page } = await visit(platform.url, { as: await platform.admin(), javaScriptEnabled });
      await page.goto('/admin/integrations');
      await page.getByRole('link', { name: 'Register server' }).click();
      await page.getByRole('link', { name: 'Remote server' }).click();
      await page.getByLabel('URL').fill(remote.url);
      await page.getByLabel('Title', { exact: true }).fill('Acme');
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByLabel('Purpose').fill('Keeps the customers of Acme.');
      await page.getByLabel('Documentation').fill('https://example.com/docs');
      await page.getByLabel('Label').first().fill('Access token');
      await page.getByLabel('Sent as').first().fill('Authorization');
      await page.getByLabel('Secret: stored encrypted').first().check();
      await page.getByLabel('Reason').fill('Three customers have asked for it');
      await submit(page, 'Register server');
      // What was typed is kept; only what is missing is asked for.
      await page.getByRole('link', { name: /Category/ }).waitFor();
      await page.getByLabel('Category').selectOption('customers');
      await submit(page, 'Register server');
      await page.waitForURL(`**/servers/${name}`);

      await page.getByLabel('Access token').fill('wrong');
      await submit(page, 'Read tools');
      await page.getByText('credentials weren’t accepted').first().waitFor();
      await page.getByLabel('Access token').fill(token);
      await submit(page, 'Read tools');
      await page.getByLabel('Select Echo').check();
      await page.locator('#approve-tools-reason').fill('Read, and it is harmless');
      await submit(page, 'Approve selected tools');
      await page.getByText('1 tool approved.').waitFor();
      await submit(page, 'Publish server');
      await page.getByText('Server published.').waitFor();

      const owner = await platform.business();
      const { page: theirs } = await visit(platform.url, { as: owner, javaScriptEnabled });
      await theirs.goto(`/app/integrations/${name}`);
      await theirs.getByText('Third-party server.').waitFor();
      await theirs.getByLabel('Access token').fill(token);
      await submit(theirs, 'Connect');
      await theirs.getByText('Acme connected.').waitFor();
      await theirs.getByRole('link', { name: 'Echo' }).click();
      await theirs.getByLabel('Word').fill('salt');
      await submit(theirs, 'Run tool');
      await theirs.waitForURL(/\?call=cal_/);
      assert.match(await theirs.locator('main').innerText(), /heard salt/);
    });
  }
});
