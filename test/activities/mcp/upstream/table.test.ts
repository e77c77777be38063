import assert from 'node:assert/strict';
import { contractOf } from '../contracts/index.ts';
import { strictUpstream, type Upstream } from './server.ts';

const signed = {
  authorization: 'Bearer rk_test_51Contract',
  'stripe-version': '2026-07-29.dahlia',
  'content-type': 'application/x-www-form-urlencoded',
};
const post = (body: string, headers: Record<string, string> = signed) => ({ method: 'POST', headers, body });
const get = { headers: { authorization: signed.authorization, 'stripe-version': signed['stripe-version'] } };

describe('the strict upstream', () => {
  let upstream: Upstream;
  before(async () => (upstream = await strictUpstream(contractOf('stripe'))));
  after(() => upstream.close());
  afterEach(() => upstream.forget());

  const ask = (path: string, init: RequestInit = get) => fetch(upstream.url + path, init);

  it('answers what keeps to the contract, and says what it was', async () => {
    const response = await ask('/v1/invoices?status=open&due_date[lt]=1790000000&limit=2');
    const { data } = (await response.json()) as { data: { id: string }[] };
    assert.deepEqual(
      data.map(({ id }) => id),
      ['in_0', 'in_1'],
    );
    const [request] = upstream.requests();
    assert.equal(request?.operation, 'listInvoices');
    assert.deepEqual(request?.query, { status: 'open', 'due_date[lt]': 1_790_000_000, limit: 2 });
    assert.deepEqual(upstream.violations(), []);
  });

  it('reads nested forms', async () => {
    await ask(
      '/v1/payment_links',
      post('line_items[0][price]=price_1&line_items[0][quantity]=2&metadata[0]=x&metadata[plan]=5'),
    );
    assert.deepEqual(upstream.violations(), []);
    assert.deepEqual(upstream.requests()[0]?.body, {
      line_items: [{ price: 'price_1', quantity: 2 }],
      metadata: { 0: 'x', plan: '5' },
    });
  });

  const breaches: [string, string, RequestInit | undefined, RegExp][] = [
    ['an unknown route', '/v1/invoice', undefined, /^route GET \/v1\/invoice: is not documented/],
    ['another method', '/v1/balance', { ...get, method: 'DELETE' }, /has only GET/],
    ['an unknown parameter', '/v1/balance?currency=eur', undefined, /query\.currency: is not documented/],
    ['a value outside the list', '/v1/invoices?status=unpaid', undefined, /query\.status: must be one of/],
    ['a value out of bounds', '/v1/invoices?limit=101', undefined, /query\.limit: must be <= 100/],
    ['a value of another type', '/v1/invoices?limit=ten', undefined, /query\.limit: must be integer/],
    ['a number bent to fit', '/v1/invoices?limit=10.0', undefined, /query\.limit: must be integer/],
    ['a parameter given twice', '/v1/invoices?limit=1&limit=2', undefined, /query\.limit: must be integer/],
    ['a wrong format', '/v1/customers?email=ada', undefined, /query\.email: must match format/],
    [
      'no credentials',
      '/v1/balance',
      { headers: { 'stripe-version': '2026-07-29.dahlia' } },
      /header\.authorization: is missing/,
    ],
    [
      'credentials in another form',
      '/v1/balance',
      { headers: { ...get.headers, authorization: 'Basic cms6' } },
      /header\.authorization: must match/,
    ],
    [
      'no version',
      '/v1/balance',
      { headers: { authorization: signed.authorization } },
      /header\.stripe-version: is missing/,
    ],
    [
      'an undocumented header',
      '/v1/balance',
      { headers: { ...get.headers, 'x-key': '1' } },
      /header\.x-key: is not documented/,
    ],
    [
      'a key where none is taken',
      '/v1/balance',
      { headers: { ...get.headers, 'idempotency-key': '1' } },
      /idempotency-key: is not documented/,
    ],
    [
      'another content type',
      '/v1/refunds',
      post('{"charge":"ch_1"}', { ...signed, 'content-type': 'application/json' }),
      /content-type: is "application\/json"/,
    ],
    ['an unknown field', '/v1/refunds', post('charge=ch_1&note=x'), /body\.note: is not documented/],
    [
      'an unknown field further in',
      '/v1/payment_links',
      post('line_items[0][price]=p&line_items[0][quantity]=1&line_items[0][colour]=red'),
      /body\.line_items\[0\]\.colour: is not documented/,
    ],
    ['a missing field', '/v1/invoices', post('description=x'), /body\.customer: is missing/],
    ['none of two fields', '/v1/refunds', post('amount=5'), /body\.payment_intent: is missing/],
    [
      'money that is no integer',
      '/v1/refunds',
      post('charge=ch_1&amount=10.50'),
      /body\.amount: must be integer/,
    ],
    [
      'a list with a gap',
      '/v1/payment_links',
      post('line_items[1][price]=p&line_items[1][quantity]=1'),
      /body\.line_items: must be array/,
    ],
  ];
  for (const [what, path, init, told] of breaches) {
    it(`refuses ${what}`, async () => {
      const response = await ask(path, init);
      assert.equal(response.status, 599);
      const { violations } = (await response.json()) as { violations: string[] };
      assert.ok(
        violations.some((one) => told.test(one)),
        violations.join('\n'),
      );
      assert.ok(upstream.violations().some((one) => told.test(one.replace(/^[a-zA-Z]+: /, ''))));
      assert.deepEqual(upstream.effects(), []);
    });
  }
});
