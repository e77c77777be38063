import assert from 'node:assert/strict';
import { problemByStatus } from '../../../../activities/mcp/kit/answers.ts';
import { VendorError } from '../../../../activities/mcp/kit/errors.ts';
import { answersWithinMs } from '../../../../activities/mcp/kit/server.ts';
import type { Method } from '../../../../activities/mcp/kit/request.ts';
import { type Fate, fakeVendor } from './fake-vendor.ts';

const api = { baseUrl: 'https://vendor.example/v1', problemOf: problemByStatus };
const withKeys = { api: { ...api, idempotency: { header: 'Idempotency-Key' } } };
const soon = { 'retry-after': '0.1' };

describe('[MCP-G] what is asked again, and what is not', () => {
  let vendor: Awaited<ReturnType<typeof fakeVendor>>;
  before(async () => {
    vendor = await fakeVendor();
  });
  after(() => vendor.close());
  beforeEach(() => vendor.forget());

  async function failed(asking: Promise<unknown>): Promise<VendorError> {
    const error: unknown = await asking.then(
      () => assert.fail('it passed'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof VendorError, String(error));
    return error;
  }

  it('an answer that takes longer than the tool allows is lost; a tool of minutes is given them', async () => {
    vendor.fate({ status: 200, afterMs: 3_000 });
    const hasty = await vendor.sender({ answersWithinMs: 500 });
    assert.equal((await failed(hasty('POST', { path: '/things' }))).kind, 'unknown-outcome');
    vendor.fate({ status: 200, afterMs: 3_000 });
    const patient = await vendor.sender({ answersWithinMs: 20_000 });
    assert.equal((await patient('POST', { path: '/things' })).status, 200);
    assert.equal(vendor.seen.length, 2);
    assert.ok(answersWithinMs({ slow: true }) > answersWithinMs({ slow: false }));
  });

  // How the vendor fails once; by what; how often it is asked; the error, or none when the second try helps.
  const matrix: [Fate, Method, 'no key' | 'key', number, string | null][] = [
    ['drop', 'GET', 'no key', 2, null],
    ['drop', 'PUT', 'no key', 2, null],
    ['drop', 'DELETE', 'no key', 2, null],
    ['drop', 'POST', 'no key', 1, 'unknown-outcome'],
    ['drop', 'PATCH', 'no key', 1, 'unknown-outcome'],
    ['drop', 'POST', 'key', 2, null],
    ['drop', 'PATCH', 'key', 2, null],
    [{ status: 500 }, 'GET', 'no key', 2, null],
    [{ status: 500 }, 'POST', 'no key', 1, 'unknown-outcome'],
    [{ status: 502 }, 'PATCH', 'no key', 1, 'unknown-outcome'],
    [{ status: 500 }, 'POST', 'key', 2, null],
    [{ status: 503 }, 'POST', 'no key', 2, null],
    [{ status: 529 }, 'POST', 'no key', 2, null],
    [{ status: 429, headers: soon }, 'POST', 'no key', 2, null],
    [{ status: 429, headers: { 'retry-after': '30' } }, 'GET', 'no key', 1, 'rate-limit'],
    [{ status: 400 }, 'GET', 'key', 1, 'invalid'],
    [{ status: 401 }, 'GET', 'key', 1, 'credentials'],
    [{ status: 403 }, 'GET', 'key', 1, 'permission'],
    [{ status: 404 }, 'GET', 'key', 1, 'not-found'],
    [{ status: 409 }, 'POST', 'key', 1, 'refused'],
    [{ status: 302 }, 'GET', 'key', 1, 'unexpected-answer'],
  ];
  for (const [fate, method, key, times, kind] of matrix) {
    const how = fate === 'drop' ? 'no answer' : `status ${fate.status}`;
    it(`${how} to ${method} with ${key}: asked ${times === 1 ? 'once' : 'twice'}`, async () => {
      vendor.fate(fate);
      const send = await vendor.sender({ manifest: key === 'key' ? withKeys : {} });
      const asking = send(method, { path: '/things' });
      if (kind === null) assert.equal((await asking).status, 200);
      else assert.equal((await failed(asking)).kind, kind);
      assert.equal(vendor.seen.length, times);
    });
  }

  it('gives up after three tries, and at once without patience', async () => {
    vendor.fate({ status: 503 }, { status: 503 }, { status: 503 });
    const error = await failed((await vendor.sender({}))('GET', { path: '/x' }));
    assert.deepEqual([error.kind, error.retryable, vendor.seen.length], ['unavailable', true, 3]);
    vendor.forget();
    vendor.fate({ status: 503 });
    await failed((await vendor.sender({ patienceMs: 0 }))('GET', { path: '/x' }));
    assert.equal(vendor.seen.length, 1);
  });

  it('a write declared repeatable is retried without a key', async () => {
    vendor.fate('drop');
    const send = await vendor.sender({});
    assert.equal((await send('POST', { path: '/search', repeatable: true })).status, 200);
    assert.equal(vendor.seen.length, 2);
  });

  it('retries a request that was never sent because the host is unreachable', async () => {
    const send = await vendor.sender({ baseUrl: 'http://127.0.0.1:1', patienceMs: 0 });
    const error = await failed(send('POST', { path: '/x' }));
    assert.deepEqual([error.kind, error.code, error.retryable], ['unavailable', 'econnrefused', true]);
  });

  it('every try of a write has its key; every write, call and tool its own', async () => {
    const keys = () => vendor.seen.map(({ headers }) => headers['idempotency-key']);
    vendor.fate('drop');
    const send = await vendor.sender({ manifest: withKeys });
    await send('POST', { path: '/a' });
    await send('POST', { path: '/b' });
    await send('GET', { path: '/c' });
    const [first, again, second, read] = keys();
    assert.match(String(first), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(again, first);
    assert.notEqual(second, first);
    assert.equal(read, undefined);
    vendor.forget();
    await (
      await vendor.sender({ manifest: withKeys })
    )('POST', { path: '/a' });
    await (
      await vendor.sender({ manifest: withKeys, key: 'other' })
    )('POST', { path: '/a' });
    assert.equal(keys()[0], first);
    assert.notEqual(keys()[1], first);
  });

  it('an address that leads to another host is not asked', async () => {
    const send = await vendor.sender({});
    for (const address of ['//evil.example/x', 'https://evil.example/x', '\\\\evil.example/x']) {
      await assert.rejects(send('GET', { address }), RangeError, address);
    }
    assert.equal(vendor.seen.length, 0);
    await send('GET', { address: '/v1/things?after=2' });
    assert.equal(vendor.seen[0]?.url, '/v1/things?after=2');
  });
});
