import assert from 'node:assert/strict';
import { bodies, bringTo } from '../../../e2e/wizard.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';

const card = (number: string) => ({ number, expMonth: 12, expYear: 2040, cvc: '123' });
const scale = { planKey: 'scale', interval: 'month', seats: 1 };

describe('[BIL-1] what a client does with the own subscription', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  /** A business that pays since today, or is on trial. */
  async function subscribed(start: 'now' | 'trial'): Promise<Caller> {
    const owner = await platform.business();
    await bringTo(owner, 'plan');
    const plan = { ...(bodies.plan as object), planKey: 'growth', interval: 'month', start };
    const chosen = await owner.call('POST', '/api/client/onboarding/steps/plan', plan);
    assert.equal(chosen.status, 200, chosen.text);
    return owner;
  }
  const stateOf = async (owner: Caller) =>
    (await owner.call('GET', '/api/client/subscription')).body.subscription;
  const post = (owner: Caller, what: string, body: object = {}) =>
    owner.call('POST', `/api/client/subscription/${what}`, body);

  it('shows the amount due before, charges exactly it, and refuses another one', async () => {
    const owner = await subscribed('now');
    const preview = await post(owner, 'preview', scale);
    assert.equal(preview.status, 200, preview.text);
    // The day it began on: the full difference.
    assert.deepEqual(preview.body.dueNow, { amountMinor: 25_000, currency: 'EUR' });
    assert.equal(preview.body.when, 'now');
    assert.equal(preview.body.lines.length, 2);
    const other = await post(owner, 'change', { ...scale, expectedDueMinor: 24_999 });
    assert.deepEqual([other.status, other.body.code], [409, 'subscription.price-changed']);
    const changed = await post(owner, 'change', { ...scale, expectedDueMinor: 25_000 });
    assert.equal(changed.status, 200, changed.text);
    assert.equal(changed.body.subscription.planKey, 'scale');
    const { body } = await owner.call('GET', '/api/client/invoices');
    assert.deepEqual(body.items[0].total, { amountMinor: 25_000, currency: 'EUR' });
    assert.deepEqual([body.items[0].id, body.items[0].status], [changed.body.invoiceId, 'paid']);
  });

  it('shows what waits, and takes it back', async () => {
    const owner = await subscribed('now');
    const starter = { planKey: 'starter', interval: 'month', seats: 2 };
    assert.equal((await post(owner, 'preview', starter)).body.when, 'periodEnd');
    await post(owner, 'change', { ...starter, expectedDueMinor: 0 });
    assert.deepEqual((await stateOf(owner)).pending, starter);
    assert.match((await owner.call('GET', '/app/billing')).text, /Changes to Starter on/);
    await post(owner, 'resume');
    assert.equal((await stateOf(owner)).pending, null);
    const cancelled = await post(owner, 'cancel', { when: 'periodEnd' });
    assert.equal(cancelled.body.subscription.endsAt, cancelled.body.subscription.periodEnd);
    assert.match((await owner.call('GET', '/app/billing')).text, /Your plan ends on/);
    assert.equal((await post(owner, 'change', { ...scale, expectedDueMinor: 0 })).status, 409);
    await post(owner, 'resume');
    assert.equal((await stateOf(owner)).endsAt, null);
    const now = await post(owner, 'cancel', { when: 'now' });
    assert.deepEqual([now.status, now.body.subscription], [200, null]);
    assert.equal((await post(owner, 'cancel', { when: 'now' })).status, 404);
  });

  it('is changed by forms without a script, and a new amount is shown instead of being charged', async () => {
    const owner = await subscribed('now');
    const shown = await owner.call('GET', '/app/billing/plan?planKey=scale&interval=month&seats=1');
    assert.match(shown.text, /You pay €250\.00 today\. From .*: €399\.00 a month\./);
    assert.match(shown.text, /Pay €250\.00 and change plan/);
    const send = (expectedDueMinor: string) =>
      owner.form('/app/billing/plan', {
        ...scale,
        seats: '1',
        expectedDueMinor,
        requestKey: 'form-of-the-test',
      });
    const stale = await send('100');
    assert.equal(stale.status, 409);
    assert.match(stale.text, /The amount due has changed/);
    assert.match(stale.text, /Pay €250\.00 and change plan/);
    assert.equal((await send('25000')).status, 303);
    assert.equal((await stateOf(owner)).planKey, 'scale');
    const twice = await send('25000');
    assert.equal(twice.status, 303, 'sent twice, it is made once');
    const wrong = await owner.call('GET', '/app/billing/plan?planKey=scale&interval=month&seats=many');
    assert.match(wrong.text, /Enter a number/);
  });

  it('keeps the card that a refused one was to replace, and says why', async () => {
    const owner = await subscribed('trial');
    const refused = await post(owner, 'card', { card: card('4000000000000002') });
    assert.deepEqual([refused.status, refused.body.code], [402, 'payment.declined']);
    assert.match((await owner.call('GET', '/app/billing')).text, /4242/);
    assert.equal((await post(owner, 'card', { card: card('5555555555554444') })).status, 200);
    assert.match((await owner.call('GET', '/app/billing')).text, /4444/);
  });

  it('costs nothing during a trial', async () => {
    const owner = await subscribed('trial');
    const { body } = await post(owner, 'preview', { ...scale, interval: 'year' });
    assert.deepEqual([body.when, body.dueNow.amountMinor, body.next.amount.amountMinor], ['now', 0, 399_000]);
    await post(owner, 'change', { ...scale, interval: 'year', expectedDueMinor: 0 });
    const { planKey, interval, status } = await stateOf(owner);
    assert.deepEqual([planKey, interval, status], ['scale', 'year', 'trialing']);
  });
});
