import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../../../support/api.ts';
import { bodies, bringTo } from '../../../e2e/wizard.ts';

describe('[ONB-3] whom an invoice is made out to', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('is the business as it was registered on the day of issue, whatever it is called later', async () => {
    const owner = await platform.business();
    await bringTo(owner, 'tools');
    const { body } = await owner.call('GET', '/api/client/invoices');
    const [invoice] = body.items as { id: string }[];
    const page = async () => (await owner.call('GET', `/app/billing/invoices/${invoice?.id}`)).text;
    const { legalName } = bodies.profile as { legalName: string };
    assert.ok((await page()).includes(legalName));
    const profile = { ...(bodies.profile as object), legalName: 'Renamed Holding Ltd' };
    const changed = await owner.call('POST', '/api/client/onboarding/steps/profile', profile);
    assert.equal(changed.status, 200);
    const after = await page();
    assert.ok(after.includes(legalName) && !after.includes('Renamed Holding Ltd'));
  });
});
