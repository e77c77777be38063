import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Platform, startPlatform } from '../support/api.ts';
import type { StubVendor } from '../support/tools.ts';
import { useBrowser } from './browser.ts';
import { stripeStandIn } from './planted-tools.ts';
import { submit } from './wizard.ts';

const main = (page: Page) => page.locator('main').innerText();
const apiKey = 'rk_test_canary4Kp8Zt';

describe('[MCP-R1] [MCP-G] a person connects a server in the browser and uses it', function () {
  this.timeout(90_000);
  const visit = useBrowser();
  let platform: Platform;
  let vendor: StubVendor;
  before(async () => {
    platform = await startPlatform();
    vendor = await stripeStandIn(platform);
  });
  after(async () => {
    await platform?.stop();
    await vendor?.close();
  });

  const posted = () => vendor.requests.filter(({ method }) => method === 'POST');

  async function connect(page: Page): Promise<void> {
    await page.goto('/app/integrations?q=strip');
    await page.getByRole('link', { name: /^Stripe/ }).click();
    await page.waitForURL('**/app/integrations/stripe');
    await page.getByLabel('Restricted API key').fill(apiKey);
    await submit(page, 'Connect');
    await page.getByText('Stripe connected.').waitFor();
  }

  for (const javaScriptEnabled of [true, false]) {
    it(`connects, reads, refunds after an approval, and keeps the receipts (${javaScriptEnabled ? 'with' : 'without'} scripts)`, async () => {
      const owner = await platform.business();
      const { page } = await visit(platform.url, { as: owner, javaScriptEnabled });
      await connect(page);
      assert.ok(!(await page.content()).includes(apiKey));

      await page.getByRole('link', { name: 'Balance' }).click();
      await submit(page, 'Run tool');
      await page.waitForURL(/\?call=cal_/);
      assert.match(await main(page), /€4,200\.50/);

      vendor.requests.length = 0;
      await page.goto('/app/integrations/stripe/tools/stripe_create_refund');
      assert.equal(await page.getByLabel('Payment intent id').inputValue(), 'pi_1Q0Paid');
      await page.getByLabel('Payment intent id').fill('pi_1');
      await page.getByLabel('In the smallest unit, such as cents').fill('900');
      await submit(page, 'Run tool');
      await page.getByRole('heading', { name: 'Needs approval' }).waitFor();
      assert.match(await main(page), /€9\.00/);
      assert.deepEqual(posted(), []);
      await page.getByLabel('Reason').fill('The cake was burnt');
      await submit(page, 'Approve and run');
      await page.getByRole('heading', { name: 'Result' }).waitFor();
      const [refund, ...more] = posted();
      assert.deepEqual([refund?.path, more.length], ['/v1/refunds', 0]);
      assert.match(refund?.body ?? '', /payment_intent=pi_1&amount=900|amount=900&payment_intent=pi_1/);

      await page.goto('/app/integrations/stripe');
      const receipts = page.getByRole('table', { name: 'Recent calls' });
      assert.match(
        await receipts
          .getByRole('row', { name: /Refund payment/ })
          .first()
          .innerText(),
        /Done/,
      );
      assert.equal((await receipts.getByRole('row', { name: /Balance/ }).count()) > 0, true);
      assert.match(await receipts.innerText(), /Needed approval/);
      await page.goto('/app/approvals?tab=decided');
      assert.match(await main(page), /Approved and run[\s\S]*The cake was burnt/);
    });
  }

  it('says at its field what does not fit, and keeps what was typed', async () => {
    const owner = await platform.business();
    const { page } = await visit(platform.url, { as: owner });
    await page.goto('/app/integrations/stripe');
    await page.getByLabel('Restricted API key').fill('no key');
    await submit(page, 'Connect');
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('Restricted API key').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.getByLabel('Restricted API key').inputValue(), '');
    await connect(page);
    await page.goto('/app/integrations/stripe/tools/stripe_create_refund');
    await page.getByLabel('Payment intent id').fill('not-an-id');
    await submit(page, 'Run tool');
    await page.getByRole('alert').waitFor();
    const field = page.getByLabel('Payment intent id');
    assert.deepEqual(
      [await field.inputValue(), await field.getAttribute('aria-invalid')],
      ['not-an-id', 'true'],
    );
    await page.getByRole('link', { name: 'Use JSON' }).click();
    await page.getByRole('textbox', { name: 'Values' }).fill('{"payment_intent_id": ');
    await submit(page, 'Run tool');
    await page
      .getByRole('alert')
      .getByText(/valid JSON/)
      .first()
      .waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Values' }).inputValue(), '{"payment_intent_id": ');
  });

  it('asks before a connection ends, and a decision without a reason comes back with what was missing', async () => {
    const owner = await platform.business();
    const { page } = await visit(platform.url, { as: owner });
    await connect(page);
    await owner.call('POST', '/api/client/tools/stripe_create_refund/calls', {
      server: 'stripe',
      arguments: { payment_intent_id: 'pi_1', amount: { minor: 900, currency: 'EUR' } },
    });
    await page.goto('/app/approvals');
    await page.getByRole('link', { name: 'Refund payment' }).click();
    const decision = page.getByRole('form', { name: 'Your decision' });
    await decision.getByLabel('Reason').fill('no');
    await decision.getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('alert').first().waitFor();
    assert.equal(await decision.getByLabel('Reason').inputValue(), 'no');
    await decision.getByLabel('Reason').fill('It was not burnt at all');
    await decision.getByRole('button', { name: 'Decline' }).click();
    await page.getByText('Declined. Nothing runs.').waitFor();
    await page.goto('/app/approvals');
    await page.getByText('Nothing waits for you').waitFor();

    await page.goto('/app/integrations/stripe');
    await page.getByRole('link', { name: 'Disconnect…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page
      .getByText(/^Disconnected\./)
      .first()
      .waitFor();
    await page.getByLabel('Restricted API key').waitFor();
  });
});
