import assert from 'node:assert/strict';
import { tokenizeSandboxCard } from '../../../../activities/adapters/sandbox-cards.ts';
import * as invoices from '../../../../db/repos/billing/invoices.ts';
import * as payments from '../../../../db/repos/billing/payments.ts';
import { insertSubscription } from '../../../../db/repos/billing/subscriptions.ts';
import { newId } from '../../../../db/domain/ids.ts';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { draftOf, subscriptionOf, testCards } from '../../../support/billing.ts';
import { plantTenant, scope } from '../../../support/database.ts';
import { eventually } from '../../../support/world.ts';

const reason = 'Agreed on the phone with the owner';

describe('[BIL-2a] invoices as administrators handle them', function () {
  this.timeout(90_000);
  let platform: Platform;
  let admin: Caller;

  before(async () => {
    platform = await startPlatform();
    admin = await platform.admin();
  });
  after(() => platform.stop());

  interface Issued {
    tenantId: string;
    id: string;
    subscriptionId: string;
    acts(act: string, body?: object): ReturnType<Caller['call']>;
    row(): Promise<invoices.OverviewInvoice & { leftMinor: number }>;
  }

  /** An open invoice over 119.00 with 19 % tax; charged at the gateway where it is to be paid. */
  async function issue({ paid = false, tenantId: of = '' } = {}): Promise<Issued> {
    const { db } = platform.world.database;
    const tenantId = of || (await plantTenant(db, { status: 'live' })).tenantId;
    const at = new Date();
    const tax = { treatment: 'standard', bps: 1_900, inclusive: true, country: 'DE' } as const;
    const subscription = subscriptionOf(tenantId, { periodEnd: new Date(at.getTime() + 86_400_000) });
    const draft = draftOf(tenantId, subscription.id, { tax, createdAt: at });
    const lines = draft.lines.map((line) => ({ ...line, amountMinor: 11_900 }));
    const known = of
      ? await platform.world.database.owner<{ id: string }>(
          'select id from subscriptions where tenant_id = $1',
          [of],
        )
      : [];
    const subscriptionId = known[0]?.id ?? subscription.id;
    await db.inScope(scope({ tenantId }), async (tx) => {
      if (!of) await insertSubscription(tx, subscription);
      await invoices.insertDraft(tx, { ...draft, subscriptionId, lines });
      await invoices.finalise(tx, tenantId, draft.id, at, new Date(at.getTime() - 1));
    });
    if (paid) {
      const id = newId('payment');
      const charge = await platform.world.deps.payments.charge({
        ...{
          amountMinor: 11_900,
          currency: 'EUR',
          customerRef: tenantId,
          description: 'x',
          offSession: true,
          key: id,
        },
        paymentMethodId: (await card()).id,
      });
      await db.inScope(scope({ tenantId }), async (tx) => {
        const payment = {
          id,
          tenantId,
          invoiceId: draft.id,
          gateway: 'sandbox',
          amountMinor: 11_900,
          currency: 'EUR',
        };
        await payments.begin(tx, payment, at);
        await payments.succeed(tx, { tenantId, id, gatewayRef: charge.ref, at });
      });
    }
    const list = () => admin.call('GET', `/api/admin/invoices?tenant=${tenantId}`);
    return {
      ...{ tenantId, subscriptionId, id: draft.id },
      acts: (act, body = {}) =>
        admin.call('POST', `/api/admin/invoices/${draft.id}/${act}`, { reason, ...body }),
      row: async () => (await list()).body.items.find((one: { id: string }) => one.id === draft.id),
    };
  }
  const card = () =>
    tokenizeSandboxCard(platform.world.sandboxUrl)({
      ...{ number: testCards.good, expMonth: 12, expYear: 2040, cvc: '123' },
    });
  const balances = async (tenantId: string) => {
    const rows = await platform.world.database.owner<{ account: string; sum: number }>(
      'select account, sum(amount_minor)::int as sum from ledger_entries where tenant_id = $1 group by 1 having sum(amount_minor) <> 0 order by 1',
      [tenantId],
    );
    return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
  };

  it('are found by number, tenant and state, overdue ones too, and open down to the ledger', async () => {
    const one = await issue();
    const { number } = await one.row();
    const found = async (query: string) =>
      (await admin.call('GET', `/api/admin/invoices?${query}`)).body.items.map(
        ({ id }: { id: string }) => id,
      ) as string[];
    assert.deepEqual(await found(`q=${number}`), [one.id]);
    assert.ok((await found('status=overdue')).includes(one.id));
    assert.ok(!(await found('status=paid')).includes(one.id));
    const { text } = await admin.call('GET', `/admin/invoices/${one.id}`);
    for (const part of [number ?? '', '19 % of DE', '€100.00', '€19.00', '€119.00', 'Receivable', 'Tax owed'])
      assert.ok(text.includes(part), part);
    const pdf = await admin.call('GET', `/admin/invoices/${one.id}/pdf`);
    assert.equal(pdf.status, 200);
    const csv = await admin.call('GET', `/admin/invoices.csv?tenant=${one.tenantId}`);
    assert.ok(csv.text.includes(`${number},${one.tenantId}`));
    assert.equal((await admin.call('GET', '/admin/invoices/inv_00000000000000000000000000')).status, 404);
  });

  it('are settled by money from outside, once for one request', async () => {
    const one = await issue();
    const settle = () => one.acts('settle', { requestKey: 'transfer-4711' });
    const answer = await settle();
    assert.deepEqual([answer.status, answer.body.status, answer.body.leftMinor], [200, 'paid', 0]);
    assert.deepEqual(await balances(one.tenantId), { bank: 11_900, revenue: -10_000, tax: -1_900 });
    assert.equal((await settle()).status, 409);
    assert.equal((await one.acts('void')).body.code, 'invoice.not-open');
    const [event] = await platform.world.database.owner<{ body: { data: { reason: string } } }>(
      `select body from events where tenant_id = $1 and action = 'invoice.handled'`,
      [one.tenantId],
    );
    assert.equal(event?.body.data.reason, reason);
  });

  it('are voided and written off, each booked, and only while nothing was paid', async () => {
    const [voided, lost, paid] = [await issue(), await issue(), await issue({ paid: true })];
    assert.equal((await voided.acts('void')).body.status, 'void');
    assert.deepEqual(await balances(voided.tenantId), {});
    assert.equal((await lost.acts('writeOff')).body.status, 'uncollectible');
    assert.deepEqual(await balances(lost.tenantId), { revenue: -10_000, tax: -1_900, writeOff: 11_900 });
    assert.equal((await paid.acts('void')).status, 409);
    assert.equal((await voided.acts('credit', { refund: false })).status, 409);
  });

  it('are credited in part with their share of the tax, and refunded to the card once', async () => {
    const one = await issue({ paid: true });
    assert.equal(
      (await one.acts('credit', { amountMinor: 11_901, refund: true })).body.code,
      'invoice.amount-too-large',
    );
    const body = { amountMinor: 1_190, refund: true, requestKey: 'half-price-1' };
    const [first, again] = [await one.acts('credit', body), await one.acts('credit', body)];
    assert.deepEqual([first.status, again.body], [200, first.body]);
    assert.match(first.body.number, /^CN-\d{4}-\d{6}$/);
    const refunded = async () => (await platform.world.charges(one.tenantId))[0]?.refundedMinor;
    await eventually(refunded, (minor) => minor === 1_190);
    await eventually(
      () => balances(one.tenantId),
      (now) => now['gateway'] === 10_710,
    );
    assert.deepEqual(await balances(one.tenantId), { gateway: 10_710, revenue: -9_000, tax: -1_710 });
    await one.acts('credit', { refund: true });
    await eventually(refunded, (minor) => minor === 11_900);
    await eventually(
      () => balances(one.tenantId),
      (now) => Object.keys(now).length === 0,
    );
    const { text } = await admin.call('GET', `/admin/invoices/${one.id}`);
    assert.ok(text.includes(first.body.number) && text.includes('Refunded'));
  });

  it('keep what was credited for the next invoice where it is not refunded', async () => {
    const one = await issue({ paid: true });
    await one.acts('credit', { amountMinor: 5_000, refund: false });
    assert.equal((await balances(one.tenantId))['credit'], -5_000);
    const next = await issue({ tenantId: one.tenantId });
    assert.equal((await next.row()).leftMinor, 6_900);
    assert.equal((await balances(one.tenantId))['credit'], undefined);
    assert.deepEqual(await platform.world.charges(one.tenantId).then((all) => all[0]?.refundedMinor), 0);
    const take = () =>
      platform.world.database.db.inScope(scope({ tenantId: one.tenantId }), (tx) =>
        invoices.voidInvoice(tx, one.tenantId, next.id, new Date()),
      );
    await take();
    await take();
    assert.equal((await balances(one.tenantId))['credit'], -5_000, 'taken back, it gives the credit back');
  });

  it('lower what is owed by a credit of an open one, to nothing at last', async () => {
    const one = await issue();
    await one.acts('credit', { amountMinor: 2_000, refund: false });
    assert.equal((await one.row()).leftMinor, 9_900);
    await one.acts('credit', { refund: false });
    assert.deepEqual([(await one.row()).status, (await one.row()).leftMinor], ['paid', 0]);
    assert.deepEqual(await balances(one.tenantId), {});
  });

  it('are read by partners of their own tenants and handled by no one else', async () => {
    const one = await issue();
    const partner = await platform.partner();
    assert.deepEqual((await partner.call('GET', '/api/admin/invoices')).body.items, []);
    assert.equal((await partner.call('GET', `/admin/invoices/${one.id}`)).status, 404);
    const refused = await partner.call('POST', `/api/admin/invoices/${one.id}/void`, { reason });
    assert.equal(refused.status, 403);
  });

  it('are taxed from the settings on, and made out to whom the owner states', async () => {
    const owner = await platform.business();
    const put = (caller: Caller, path: string, body: object) => caller.call('PUT', path, body);
    assert.equal(
      (await put(admin, '/api/admin/taxes/rates', { country: 'PT', percent: '23,5' })).status,
      200,
    );
    assert.equal((await put(admin, '/api/admin/taxes/rates', { country: 'PT', percent: '235' })).status, 422);
    const { body } = await put(admin, '/api/admin/taxes/seller', { country: 'PT', inclusive: false });
    assert.deepEqual(body.seller, { country: 'PT', inclusive: false });
    assert.ok(
      body.rates.some(
        (rate: { country: string; bps: number }) => rate.country === 'PT' && rate.bps === 2_350,
      ),
    );
    const details = {
      name: 'Rivera & Filhos Lda',
      address: 'Rua Nova 1\nLisboa',
      country: 'PT',
      vatNumber: 'PT 123456789',
    };
    const refused = await put(owner, '/api/client/billing-details', { ...details, vatNumber: 'PT1' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /isn’t a VAT number of PT/);
    const saved = await put(owner, '/api/client/billing-details', details);
    assert.equal(saved.body.details.vatNumber, 'PT123456789');
    const { bringTo } = await import('../../../e2e/wizard.ts');
    await bringTo(owner, 'tools');
    const { items } = (await admin.call('GET', `/api/admin/invoices?tenant=${owner.tenantId}`)).body;
    const [first] = items as {
      billedTo: { name: string };
      subtotalMinor: number;
      taxMinor: number;
      tax: { bps: number };
    }[];
    assert.ok(first);
    assert.deepEqual([first.billedTo.name, first.tax.bps], ['Rivera & Filhos Lda', 2_350]);
    assert.equal(first.taxMinor, Math.round(first.subtotalMinor * 0.235));
    await put(admin, '/api/admin/taxes/seller', { country: null, inclusive: false });
  });
});
