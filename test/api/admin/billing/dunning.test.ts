import assert from 'node:assert/strict';
import { tokenizeSandboxCard } from '../../../../activities/adapters/sandbox-cards.ts';
import { insertSubscription } from '../../../../db/repos/billing/subscriptions.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { subscriptionOf, testCards } from '../../../support/billing.ts';
import { scope } from '../../../support/database.ts';
import { standardPolicy } from '../../../support/dunning.ts';
import { eventually } from '../../../support/world.ts';

describe('[BIL-4] dunning as administrators and customers see it', function () {
  this.timeout(60_000);
  let platform: Platform;
  let admin: Caller;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    [admin, owner] = [await platform.admin(), await platform.business('Owing Ltd')];
    const entered = { number: testCards.thirdTry, expMonth: 12, expYear: 2040, cvc: '123' };
    const paymentMethod = await tokenizeSandboxCard(platform.world.sandboxUrl)(entered);
    await platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }), (tx) =>
      insertSubscription(
        tx,
        subscriptionOf(owner.tenantId, {
          ...{ paymentMethod, interval: 'year', timezone: 'Europe/Madrid' },
          anchorAt: new Date('2027-03-01T10:00:00Z'),
          periodStart: new Date('2026-03-01T10:00:00Z'),
          periodEnd: new Date('2027-03-01T10:00:00Z'),
        }),
      ),
    );
  });
  after(() => platform.stop());

  const api = (path: string) => `/api/admin/tenants/${owner.tenantId}/${path}`;
  const preview = async (query = '') => {
    const { status, body } = await admin.call('GET', `${api('dunning/preview')}${query}`);
    assert.equal(status, 200);
    return body.scenarios as {
      key: string;
      title: string;
      steps: { at: string; kind: string; amountMinor?: number; access: string; result?: string }[];
    }[];
  };
  const openCase = async () =>
    (await admin.call('GET', '/api/admin/dunning')).body.items.find(
      ({ tenant }: { tenant: { id: string } }) => tenant.id === owner.tenantId,
    );
  const move = (to: string) => admin.call('POST', api('clock'), { to });

  it('previews what would come if the next payment fails, for each reason', async () => {
    const [nothing, ...others] = await preview();
    assert.deepEqual([nothing?.key, nothing?.title], ['nothingChanges', 'If nothing changes']);
    assert.equal(others.length, standardPolicy.retriesByClass.insufficientFunds.length);
    const last = nothing?.steps.filter(({ kind }) => kind !== 'mail').at(-1);
    assert.deepEqual([last?.kind, last?.amountMinor, last?.access], ['cancel', 14_900, 'suspended']);
    assert.equal((await preview('?declineClass=stolenCard')).length, 1);
    assert.equal((await admin.call('GET', '/api/admin/tenants/ten_none/dunning/preview')).status, 404);
    assert.equal((await owner.call('GET', api('dunning/preview'))).status, 403);
  });

  it('lists the overdue invoice, shows it to its owner in words, and is tried by hand', async () => {
    assert.equal((await move('2027-03-01T10:00:00Z')).status, 200);
    const found = await eventually(openCase, (one) => one?.next?.kind === 'retry', 20_000);
    assert.deepEqual(
      [found.cause, found.access, found.outcome, found.due.amountMinor > 0],
      ['insufficientFunds', 'full', null, true],
    );
    const [now] = await preview();
    assert.equal(now?.steps[0]?.at, found.next.at);
    const page = await owner.call('GET', '/app/billing');
    assert.match(page.text, /wasn’t paid/);
    assert.match(page.text, /there isn’t enough money on the card/);
    assert.match(
      (await admin.call('GET', `/admin/tenants/${owner.tenantId}?tab=dunning`)).text,
      /If nothing changes/,
    );
    assert.match((await admin.call('GET', '/admin/dunning')).text, /Owing Ltd/);
    const [{ id: invoiceId }] = (await owner.call('GET', '/api/client/invoices')).body.items;
    const first = await owner.form(`/app/billing/invoices/${invoiceId}/try`, {});
    assert.deepEqual([first.status, first.headers.get('location')], [303, '/app/billing']);
    const given = { invoiceId, reason: 'The customer called us' };
    assert.equal((await admin.call('POST', api('dunning/extend'), { ...given, days: 7 })).status, 200);
    const second = await admin.call('POST', api('dunning/try'), given);
    assert.deepEqual([second.status, second.body], [200, { paid: true }]);
    await eventually(openCase, (one) => one === undefined, 20_000);
    const again = await owner.call('POST', `/api/client/invoices/${invoiceId}/try`, {});
    assert.ok(again.status >= 400 && again.status < 500, `${again.status}`);
    const ended = (await admin.call('GET', '/api/admin/dunning?state=ended')).body.items[0];
    assert.deepEqual([ended.outcome, ended.asPreviewed, ended.difference], ['paid', false, 'triedByHand']);
  });

  it('publishes a version of a policy by form, says what is wrong with one, and assigns it', async () => {
    const days = Object.fromEntries(
      Object.entries(standardPolicy.retriesByClass).map(([key, list]) => [
        `retriesByClass.${key}`,
        list.join(', '),
      ]),
    );
    const fields = {
      ...days,
      ...{ title: 'Patient', maxTries: '4', fromHour: '10', toHour: '18', avoidWeekends: 'true' },
      ...{
        mails: ['failed', 'settled'],
        restrictAfterDays: '20',
        suspendAfterDays: '30',
        cancelAfterDays: '60',
      },
    };
    const path = '/admin/dunning/policies/patient/versions';
    const wrong = await admin.form('/admin/dunning/policies/standard/versions', {
      ...fields,
      'retriesByClass.doNotHonour': '5, 2',
      cancelAfterDays: '10',
    });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /In ascending order/);
    assert.match(wrong.text, /value="5, 2"/);
    const published = await admin.form(path, fields);
    assert.deepEqual(
      [published.status, published.headers.get('location')],
      [303, '/admin/dunning/policies/patient'],
    );
    const list = (await admin.call('GET', '/api/admin/dunning/policies')).body.items;
    assert.deepEqual(
      list.map(({ key, version }: { key: string; version: number }) => [key, version]),
      [
        ['patient', 1],
        ['standard', 1],
      ],
    );
    const given = { policy: 'patient', reason: 'A good customer for years' };
    assert.equal((await admin.call('POST', api('dunning/policy'), given)).status, 200);
    const [nothing] = await preview();
    assert.deepEqual(nothing?.steps.filter(({ kind }) => kind === 'mail').length, 1);
    const unknown = await admin.call('POST', api('dunning/policy'), { ...given, policy: 'nowhere' });
    assert.deepEqual([unknown.status, unknown.body.code], [404, 'dunning-policy.not-found']);
  });
});
