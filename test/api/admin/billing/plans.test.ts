import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { liveSubscription } from '../../../support/billing.ts';
import { eventually } from '../../../support/world.ts';

const price = (flatMinor: number, interval = 'month', currency = 'EUR') => ({
  ...{ currency, interval, flatMinor, seats: null, usage: [] },
});
const terms = (monthly: number) => ({
  ...{ trialDays: 14, limits: { tools: 15, agents: 3 }, note: 'Costs went up' },
  prices: [price(monthly), price(monthly * 10, 'year')],
});

describe('[BIL-1] plans, their versions, and the subscriptions on them', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  const planOf = async (key: string) => {
    const { body } = await admin.call('GET', '/api/admin/plans');
    return body.items.find((one: { key: string }) => one.key === key);
  };

  it('a new price leaves running subscriptions where they are, until they are moved with their next period', async () => {
    const { world, processes } = platform;
    const one = await liveSubscription(world, processes, '2027-03-01T00:00:00Z');
    const leaving = await liveSubscription(world, processes, '2027-03-01T00:00:00Z');
    await leaving.rows('update subscriptions set ends_at = period_end where tenant_id = $1 returning id');
    const published = await admin.call('POST', '/api/admin/plans/growth/versions', terms(19_900));
    assert.equal(published.status, 201, published.text);
    const { version, versions } = await planOf('growth');
    assert.deepEqual([version, versions[0].subscriptions, versions[1].subscriptions >= 2], [2, 0, true]);
    const page = await admin.call('GET', '/admin/plans/growth');
    assert.match(page.text, /Move to version 2/);

    const filter = new URLSearchParams({ plan: 'growth', version: '1' }).toString();
    const parameters = { plan: 'growth', version: 2 };
    const query = new URLSearchParams({
      ...{ operation: 'subscriptions.move', filter },
      ...{ 'parameters.plan': 'growth', 'parameters.version': '2' },
    }).toString();
    const preview = await admin.call('GET', `/api/admin/bulk-operations/preview?${query}`);
    assert.equal(preview.status, 200, preview.text);
    assert.deepEqual(preview.body.leftOut, [{ code: 'subscription.ending', count: 1 }]);
    assert.match(
      (await admin.call('GET', `/admin/bulk-operations/new?${query}`)).text,
      /to version 2 of growth/,
    );
    const started = await admin.call('POST', '/api/admin/bulk-operations', {
      ...{ operation: 'subscriptions.move', filter, parameters, expected: preview.body.total },
      ...{ reason: 'Agreed with everyone', requestKey: randomUUID() },
    });
    assert.equal(started.status, 202, started.text);
    await eventually(
      () => admin.call('GET', `/api/admin/bulk-operations/${started.body.id}`),
      ({ body }) => body.state === 'done',
    );
    const termsOf = () =>
      one.rows<{ version: number; amount: number; pending: number | null }>(
        `select plan_version as version, amount_minor::int as amount, (pending->>'planVersion')::int as pending
         from subscriptions where tenant_id = $1`,
      );
    assert.deepEqual(await termsOf(), [{ version: 1, amount: 14_900, pending: 2 }]);
    await one.at('2027-04-01T00:00:01Z');
    await eventually(termsOf, ([now]) => now?.version === 2);
    assert.deepEqual(await termsOf(), [{ version: 2, amount: 19_900, pending: null }]);
    const [event] = await one.rows(
      `select 1 from events where tenant_id = $1 and action = 'subscription.change-scheduled'`,
    );
    assert.ok(event, 'it is told in the log of the tenant');
  });

  it('is filled in as a form with amounts as people write them, and says what is wrong with each', async () => {
    const row = { currency: 'EUR', month: '49,00', year: '490', seatMonth: '9.50', seatYear: '' };
    const fields = {
      ...Object.fromEntries(Object.entries(row).map(([name, value]) => [`prices.r1.${name}`, value])),
      ...{ 'prices.r2.currency': 'JPY', 'prices.r2.month': '5000', 'prices.r2.year': '' },
      ...{ 'prices.r2.seatMonth': '', 'prices.r2.seatYear': '' },
      ...{ key: 'pro', title: 'Pro', summary: 'For professionals.', seatsIncluded: '2', note: '' },
      ...{ trialDays: '7', tools: '5', agents: '1' },
    };
    const wrong = await admin.form('/admin/plans/new', { ...fields, 'prices.r2.month': '50.5' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter an amount such as 49\.00/);
    const unknown = await admin.form('/admin/plans/new', { ...fields, 'prices.r2.currency': 'E1' });
    assert.equal(unknown.status, 422);
    const created = await admin.form('/admin/plans/new', fields);
    assert.equal(created.status, 303, created.text);
    const { versions } = await planOf('pro');
    const [first, year, yen] = versions[0].prices;
    assert.deepEqual([first.flatMinor, first.seats.included], [4_900, 2]);
    assert.deepEqual(first.seats.tiers, [{ upTo: null, unit: { amountMinor: 950, per: 1 }, flatMinor: 0 }]);
    assert.deepEqual([year.flatMinor, year.seats, yen.flatMinor], [49_000, null, 5_000]);
    const taken = await admin.form('/admin/plans/new', fields);
    assert.equal(taken.status, 409);
    const again = await admin.call('GET', '/admin/plans/pro/new-version');
    assert.match(again.text, /value="9\.50"/);
    const { key: _key, title: _title, summary: _summary, ...version } = fields;
    const published = await admin.form('/admin/plans/pro/new-version', {
      ...version,
      'prices.r1.month': '59',
    });
    assert.equal(published.status, 303, published.text);
    assert.equal((await planOf('pro')).version, 2);
  });

  it('withdraws a plan from sale, and offers it again', async () => {
    const isOffered = async () => /Scale/.test((await admin.call('GET', '/pricing')).text);
    const withdrawn = await admin.call('POST', '/api/admin/plans/scale/withdraw');
    assert.deepEqual([withdrawn.status, withdrawn.body.active, await isOffered()], [200, false, false]);
    await admin.form('/admin/plans/scale/offer', {});
    assert.equal(await isOffered(), true);
    assert.equal((await admin.call('POST', '/api/admin/plans/nothing/withdraw')).status, 404);
  });

  it('lists the subscriptions of all tenants by state, with counts, filters, pages and a file', async () => {
    const { world, processes } = platform;
    const trialEndsAt = new Date('2027-03-15T00:00:00Z');
    const trial = { trialEndsAt, anchorAt: trialEndsAt, periodEnd: trialEndsAt, seats: 4 };
    const one = await liveSubscription(world, processes, '2027-03-01T00:00:00Z', {
      status: 'trialing',
      ...trial,
    });
    const list = async (query: string) => (await admin.call('GET', `/api/admin/subscriptions?${query}`)).body;
    const { items, counts } = await list('state=trialing');
    assert.deepEqual([items.length, items[0].id, items[0].seats], [1, one.subscriptionId, 4]);
    assert.equal(counts.trialing, 1);
    assert.ok(counts.active >= 1);
    assert.deepEqual((await list(`q=${one.tenantId}`)).items.length, 1);
    const first = await list('limit=1&sort=amount');
    const second = await list(`limit=1&sort=amount&cursor=${first.nextCursor}`);
    assert.notEqual(first.items[0].id, second.items[0].id);
    const page = await admin.call('GET', '/admin/subscriptions?state=trialing');
    assert.match(page.text, /Trial ends/);
    const csv = await admin.call('GET', '/admin/subscriptions.csv?state=trialing');
    assert.match(csv.text, new RegExp(`${one.subscriptionId},${one.tenantId}`));
    const partner = await platform.partner();
    assert.deepEqual((await partner.call('GET', '/api/admin/subscriptions')).body.items, []);
    assert.equal((await partner.call('GET', '/api/admin/plans')).status, 403);
  });
});
