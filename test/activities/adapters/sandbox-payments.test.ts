import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { tokenizeSandboxCard } from '../../../activities/adapters/sandbox-cards.ts';
import { sandboxPayments } from '../../../activities/adapters/sandbox-payments.ts';
import { type AppError, type ErrorCode, errorTable } from '../../../db/domain/errors.ts';
import { testPaymentSandbox } from '../../support/platform.ts';

const card = (number: string) => ({ number, expMonth: 12, expYear: 2040, cvc: '123' });
const money = { amountMinor: 4_900, currency: 'EUR' };
const order = { ...money, customerRef: 'ten_1', description: 'BizOSaaS Growth', offSession: false };

async function failure(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    return error as AppError;
  }
  throw new assert.AssertionError({ message: 'this should have failed' });
}

/** A server that answers as told, for what the sandbox never does. */
async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

interface Listed {
  id: string;
  refundedMinor: number;
}

describe('the sandbox payment gateway', () => {
  let url = '';
  let stop = async () => {};
  before(async () => ({ url, stop } = await testPaymentSandbox()));

  const token = async (number = '4242424242424242') => (await tokenizeSandboxCard(url)(card(number))).id;
  const charges = async () =>
    ((await (await fetch(`${url}/v1/charges`)).json()) as { items: Listed[] }).items;

  it('turns a card into a token that tells only what its owner knows it by', async () => {
    const method = await tokenizeSandboxCard(url)(card('4242424242424242'));
    assert.deepEqual(
      { ...method, id: '' },
      { id: '', brand: 'visa', last4: '4242', expMonth: 12, expYear: 2040 },
    );
  });

  it('charges once per key, with the same answer', async () => {
    const request = { ...order, paymentMethodId: await token(), key: 'once' };
    const before = (await charges()).length;
    const [first, again] = await Promise.all([
      sandboxPayments(url).charge(request),
      sandboxPayments(url).charge(request),
    ]);
    assert.deepEqual(first, { ref: first.ref, ...money });
    assert.deepEqual(again, first);
    assert.equal((await charges()).length, before + 1);
  });

  it('refuses a key that was used for something else', async () => {
    const request = { ...order, paymentMethodId: await token(), key: 'reused' };
    await sandboxPayments(url).charge(request);
    const { code } = await failure(sandboxPayments(url).charge({ ...request, amountMinor: 1 }));
    assert.equal(code, 'request.key-reused');
  });

  it('asks for the card again when the gateway does not know it any more', async () => {
    const gateway = sandboxPayments(url);
    const unknown = { paymentMethodId: 'pm_gone', customerRef: 'ten_1' };
    const errors = [
      await failure(gateway.verify({ ...unknown, key: 'gone 1' })),
      await failure(gateway.charge({ ...order, ...unknown, key: 'gone 2' })),
    ];
    for (const { code } of errors) assert.equal(code, 'payment.method-required');
  });

  it('verifies a card without taking money', async () => {
    const before = (await charges()).length;
    await sandboxPayments(url).verify({
      paymentMethodId: await token(),
      customerRef: 'ten_1',
      key: 'verify',
    });
    assert.equal((await charges()).length, before);
  });

  it('gives money back once, however often it is asked', async () => {
    const gateway = sandboxPayments(url);
    const { ref } = await gateway.charge({ ...order, paymentMethodId: await token(), key: 'to refund' });
    for (const key of ['refund', 'refund', 'another hand']) await gateway.refund({ chargeRef: ref, key });
    const refunded = (await charges()).find(({ id }) => id === ref)?.refundedMinor;
    assert.equal(refunded, money.amountMinor);
  });

  const declines = [
    { number: '4000000000000002', field: 'card.number', text: /declined/ },
    { number: '4000000000009995', field: 'card.number', text: /insufficient funds/ },
    { number: '4000000000000069', field: 'card.expMonth', text: /expired/ },
    { number: '4000000000000127', field: 'card.cvc', text: /security code/ },
  ];
  for (const { number, field, text } of declines) {
    it(`tells why ${number} is declined, at ${field}`, async () => {
      const request = { ...order, paymentMethodId: await token(number), key: number };
      const error = await failure(sandboxPayments(url).charge(request));
      assert.equal(error.code, 'payment.declined');
      assert.match(error.message, text);
      assert.deepEqual(error.fields, { [field]: error.message });
      assert.equal(errorTable[error.code].retryable, false);
    });
  }

  const mistyped = [
    { typed: { number: '4242424242424241' }, field: 'card.number' },
    { typed: { expYear: 2001 }, field: 'card.expMonth' },
    { typed: { cvc: '1234' }, field: 'card.cvc' },
  ];
  for (const { typed, field } of mistyped) {
    it(`points at ${field} for ${JSON.stringify(typed)}`, async () => {
      const error = await failure(tokenizeSandboxCard(url)({ ...card('4242424242424242'), ...typed }));
      assert.equal(error.code, 'payment.declined');
      assert.deepEqual(Object.keys(error.fields ?? {}), [field]);
    });
  }

  it('says that nothing was charged only when nothing was sent', async () => {
    const request = { ...order, paymentMethodId: 'pm_1', key: 'down' };
    let closed = '';
    await withServer(
      () => undefined,
      async (address) => void (closed = address),
    );
    const refused = await failure(sandboxPayments(closed).charge(request));
    assert.equal(refused.code, 'payment.gateway-unavailable');
    assert.match(refused.message, /Nothing was charged/);
    const answers: RequestListener[] = [
      (_, response) => response.writeHead(500).end('{"error":{"code":"oops","message":"oops"}}'),
      (_, response) => response.writeHead(429).end('{}'),
      (_, response) => response.writeHead(201).end('half an ans'),
      (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
      (request) => request.socket.destroy(),
    ];
    for (const answer of answers) {
      await withServer(answer, async (address) => {
        const error = await failure(sandboxPayments(address).charge(request));
        assert.equal(error.code, 'payment.gateway-unavailable');
        assert.doesNotMatch(error.message, /Nothing was charged/);
      });
    }
  });

  it('keeps the card out of every error', async () => {
    const numbers = ['4242424242424241', '4000000000000002'];
    const echo: RequestListener = (request, response) => {
      let text = '';
      request
        .on('data', (chunk) => (text += chunk))
        .on('end', () => {
          const { number } = JSON.parse(text) as { number: string };
          const spaced = number.replace(/(.{4})/g, '$1 ');
          const error = { code: 'card_declined', message: `Declined: ${number} or ${spaced}` };
          response.writeHead(Number(request.headers['x-status'] ?? 402)).end(JSON.stringify({ error }));
        });
    };
    const errors: unknown[] = [
      await failure(tokenizeSandboxCard('http://127.0.0.1:1')(card(numbers[0] ?? ''))),
    ];
    for (const number of numbers) {
      await withServer(echo, async (address) => {
        errors.push(await failure(tokenizeSandboxCard(address)(card(number))));
      });
    }
    const told = inspect(errors, { depth: 10 });
    for (const number of numbers) assert.ok(!told.replaceAll(/[ -]/g, '').includes(number), told);
    assert.deepEqual(
      new Set((errors as AppError[]).map(({ code }) => code)),
      codes('payment.gateway-unavailable', 'payment.declined'),
    );
  });

  it('says so when the gateway is gone', async () => {
    await stop();
    const { code } = await failure(tokenizeSandboxCard(url)(card('4242424242424242')));
    assert.equal(code, 'payment.gateway-unavailable');
  });
});

function codes(...list: ErrorCode[]): Set<ErrorCode> {
  return new Set(list);
}
