import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPorts } from '../../../workers/dev/kit/ports.ts';
import { startPaymentSandbox } from '../../../workers/dev/payment-sandbox/start.tsx';
import { testPaymentSandbox } from '../../support/platform.ts';
import { testDirectory } from '../../support/workspace.ts';

async function post(url: string, path: string, body: unknown, key?: string) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const card = (number: string) => ({ number, expMonth: 12, expYear: 2040, cvc: '123' });

async function token(url: string, number = '4242424242424242'): Promise<string> {
  const { status, body } = await post(url, '/v1/payment-methods', card(number));
  assert.equal(status, 201, JSON.stringify(body));
  return body.id;
}

const charge = (paymentMethodId: string, extra: object = {}) => ({
  amountMinor: 4_900,
  currency: 'eur',
  paymentMethodId,
  customerRef: 'ten_1',
  description: 'Growth plan',
  offSession: false,
  ...extra,
});

describe('the payment sandbox', () => {
  let url = '';
  before(async () => ({ url } = await testPaymentSandbox()));

  describe('test cards', () => {
    const cases = [
      { number: '4242 4242 4242 4242', on: 201, off: 201 },
      { number: '5555555555554444', on: 201, off: 201 },
      { number: '4000000000000341', on: 201, off: 'generic_decline' },
      { number: '4000000000003402', on: 201, off: 'insufficient_funds' },
      { number: '4000000000003501', on: 201, off: 'expired_card' },
      { number: '4000000000003618', on: 201, off: 'stolen_card' },
      { number: '4000000000003709', on: 201, off: 'authentication_required' },
      { number: '4000000000003808', on: 201, off: 'insufficient_funds' },
      { number: '4000000000000002', on: 'generic_decline', off: 'generic_decline' },
      { number: '4000000000009995', on: 'insufficient_funds', off: 'insufficient_funds' },
      { number: '4000000000000069', on: 'expired_card', off: 'expired_card' },
      { number: '4000000000000127', on: 'incorrect_cvc', off: 'incorrect_cvc' },
    ];
    for (const { number, on, off } of cases) {
      it(`${number}: on session ${on}, off session ${off}`, async () => {
        const id = await token(url, number);
        for (const [offSession, expected] of [[false, on] as const, [true, off] as const]) {
          const { status, body } = await post(
            url,
            '/v1/charges',
            charge(id, { offSession }),
            `${number}-${offSession}`,
          );
          assert.equal(status === 201 ? 201 : body.error.declineCode, expected);
        }
        const verified = await post(
          url,
          '/v1/verifications',
          { paymentMethodId: id, customerRef: 'c' },
          `${number}-v`,
        );
        assert.equal(verified.status, on === 201 ? 201 : 402);
      });
    }

    it('4000000000003808: charged on the third try; 4000000000003907: the gateway is away, and keeps no answer', async () => {
      const [third, away] = [await token(url, '4000000000003808'), await token(url, '4000000000003907')];
      const ask = async (id: string, key: string) =>
        (await post(url, '/v1/charges', charge(id, { offSession: true }), key)).status;
      const answers = [];
      for (const key of ['t1', 't2', 't2', 't3']) answers.push(await ask(third, key));
      assert.deepEqual(answers, [402, 402, 402, 201]);
      assert.equal(await ask(away, 'a1'), 503);
    });

    const refused = [
      { what: 'a wrong check digit', change: { number: '4242424242424241' }, code: 'incorrect_number' },
      { what: 'a card of last century', change: { expYear: 2001 }, code: 'expired_card' },
      { what: 'month 13', change: { expMonth: 13 }, code: 'invalid_expiry_month' },
      { what: 'a two-digit security code', change: { cvc: '12' }, code: 'invalid_cvc' },
      { what: 'a card that is no test card', change: { number: '4539578763621486' }, code: 'card_declined' },
    ];
    for (const { what, change, code } of refused) {
      it(`refuses ${what}`, async () => {
        const { status, body } = await post(url, '/v1/payment-methods', {
          ...card('4242424242424242'),
          ...change,
        });
        assert.deepEqual([status, body.error.code], [402, code]);
      });
    }
  });

  describe('idempotency', () => {
    it('charges once for twenty equal requests at once, and gives them all one answer', async () => {
      const body = charge(await token(url), { customerRef: 'ten_once' });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => post(url, '/v1/charges', body, 'once')),
      );
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      const list = (await (await fetch(`${url}/v1/charges?customerRef=ten_once`)).json()) as {
        items: unknown[];
      };
      assert.equal(list.items.length, 1);
    });

    it('repeats a decline instead of asking the bank again', async () => {
      const body = charge(await token(url, '4000000000000002'));
      const first = await post(url, '/v1/charges', body, 'declined');
      assert.equal(first.status, 402);
      assert.deepEqual(await post(url, '/v1/charges', body, 'declined'), first);
    });

    it('refuses a key that was used for another request', async () => {
      const id = await token(url);
      await post(url, '/v1/charges', charge(id), 'reused');
      const { status, body } = await post(url, '/v1/charges', charge(id, { amountMinor: 1 }), 'reused');
      assert.deepEqual([status, body.error.code], [409, 'idempotency_error']);
    });

    it('requires a key where money may move', async () => {
      const { status, body } = await post(url, '/v1/charges', charge(await token(url)));
      assert.deepEqual([status, body.error.code], [400, 'idempotency_key_required']);
    });
  });

  describe('refunds', () => {
    it('gives back in parts, never more than was paid', async () => {
      const made = await post(url, '/v1/charges', charge(await token(url)), 'to-refund');
      const path = `/v1/charges/${made.body.id}/refunds`;
      assert.equal((await post(url, path, { amountMinor: 4_000 }, 'part')).status, 201);
      assert.equal(
        (await post(url, path, { amountMinor: 901 }, 'too much')).body.error.code,
        'amount_too_large',
      );
      assert.equal((await post(url, path, {}, 'rest')).body.amountMinor, 900);
      assert.equal((await post(url, path, {}, 'again')).body.error.code, 'charge_already_refunded');
      const { refundedMinor } = await (await fetch(`${url}/v1/charges/${made.body.id}`)).json();
      assert.equal(refundedMinor, 4_900);
    });
  });

  describe('bad requests', () => {
    const bad = [
      { what: 'a fraction of a cent', change: { amountMinor: 0.5 }, field: 'amountMinor' },
      { what: 'a negative amount', change: { amountMinor: -1 }, field: 'amountMinor' },
      { what: 'an amount in text', change: { amountMinor: '100' }, field: 'amountMinor' },
      { what: 'an unknown currency form', change: { currency: 'euro' }, field: 'currency' },
      { what: 'a field it does not know', change: { amount: 5 }, field: 'body' },
    ];
    for (const { what, change, field } of bad) {
      it(`names the field for ${what}`, async () => {
        const { status, body } = await post(url, '/v1/charges', charge('pm_x', change), what);
        assert.equal(status, 400);
        assert.ok(body.error.message.startsWith(`${field}:`), body.error.message);
      });
    }

    it('answers 400 to a body that is not JSON and 404 to an unknown payment method', async () => {
      assert.equal((await post(url, '/v1/charges', '{"amountMinor":', 'k1')).body.error.code, 'body_invalid');
      assert.equal((await post(url, '/v1/charges', charge('pm_none'), 'k2')).status, 404);
    });
  });

  describe('its ledger', () => {
    async function reopened(change: (ledger: string) => Promise<void>) {
      const directory = await testDirectory('payment-sandbox-ledger');
      const [port = 0] = await (await openPorts(directory)).take('http');
      const start = () => startPaymentSandbox({ directory, port, say: () => undefined });
      const first = await start();
      const body = charge(await token(first.url));
      const made = await post(first.url, '/v1/charges', body, 'kept');
      await first.stop();
      await change(join(directory, 'ledger.jsonl'));
      return { start, body, made };
    }

    it('knows charges, cards and idempotency keys after a restart, also when a crash cut the last line', async () => {
      const { start, body, made } = await reopened((ledger) => appendFile(ledger, '{"record":{"type":"char'));
      const sandbox = await start();
      try {
        assert.deepEqual(await post(sandbox.url, '/v1/charges', body, 'kept'), made);
        assert.equal((await post(sandbox.url, '/v1/charges', body, 'next')).status, 201);
      } finally {
        await sandbox.stop();
      }
      const again = await start();
      await again.stop();
    });

    it('refuses to start over a line that was tampered with', async () => {
      const { start } = await reopened(async (ledger) => {
        const text = await readFile(ledger, 'utf8');
        await writeFile(ledger, text.replace('"amountMinor":4900', '"amountMinor":-4900'));
      });
      await assert.rejects(start(), /line 2 is damaged/);
    });

    it('never holds a card number or security code', async () => {
      let text = '';
      await reopened(async (ledger) => void (text = await readFile(ledger, 'utf8')));
      assert.ok(text.includes('"last4":"4242"'));
      assert.ok(!text.includes('4242424242424242') && !text.includes('"cvc"'));
    });
  });

  it('lists the charges on a page for people', async () => {
    await post(url, '/v1/charges', charge(await token(url), { description: '<b>Bold</b> plan' }), 'page');
    const html = await (await fetch(url)).text();
    assert.match(html, /&lt;b>Bold&lt;\/b> plan/);
    assert.match(html, /€49\.00/);
  });
});
