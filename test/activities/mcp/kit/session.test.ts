import assert from 'node:assert/strict';
import { signBearer } from '../../../../activities/mcp/kit/auth.ts';
import type { Credentials } from '../../../../activities/mcp/kit/credentials.ts';
import { VendorError } from '../../../../activities/mcp/kit/errors.ts';
import { oauthFields } from '../../../../activities/mcp/kit/oauth-fields.ts';
import { fakeVendor, oauth } from './fake-vendor.ts';

const connectable = { auth: oauth, credentials: oauthFields() };
const past = '2020-01-01T00:00:00Z';
const mine = {
  accessToken: 'access-old',
  refreshToken: 'refresh-old',
  clientId: 'id-1',
  clientSecret: 'secret-1',
};
const renewed = {
  status: 200,
  body: { access_token: 'access-new', refresh_token: 'refresh-new', expires_in: 60 },
};

describe('[MCP-G] credentials of a call', () => {
  let vendor: Awaited<ReturnType<typeof fakeVendor>>;
  before(async () => {
    vendor = await fakeVendor();
  });
  after(() => vendor.close());
  beforeEach(() => vendor.forget());

  const withProblem = (kind: string, code: string) => (error: unknown) =>
    error instanceof VendorError && error.kind === kind && error.code === code && !error.retryable;

  it('incomplete ones make no request', async () => {
    const incomplete: [object, Credentials][] = [
      [{}, {}],
      [{}, { apiKey: '' }],
      [connectable, {}],
      [connectable, { clientId: 'id-1', clientSecret: 'secret-1' }],
      [{ auth: { kind: 'token', sign: signBearer(), exchange: () => assert.fail('asked') } }, {}],
    ];
    for (const [manifest, credentials] of incomplete) {
      const send = await vendor.sender({ manifest, credentials });
      await assert.rejects(send('GET', { path: '/x' }), withProblem('credentials', 'not_connected'));
    }
    assert.equal(vendor.seen.length, 0);
  });

  it('an optional one may stay away', async () => {
    const field = { key: 'account', label: 'Account', secret: false, optional: true };
    const credentials = [{ key: 'apiKey', label: 'Key', secret: true }, field];
    await (
      await vendor.sender({ manifest: { credentials } })
    )('GET', { path: '/x' });
    assert.equal(vendor.seen[0]?.headers['authorization'], 'Bearer key-123456');
  });

  it('a token that ran out is renewed before it is sent, and kept before it is used', async () => {
    const order: string[] = [];
    vendor.fate(renewed);
    const send = await vendor.sender({
      manifest: connectable,
      credentials: { ...mine, expiresAt: past },
      async save({ accessToken, refreshToken, clientSecret }) {
        order.push(`kept after ${vendor.seen.length}`);
        assert.deepEqual(
          [accessToken, refreshToken, clientSecret],
          ['access-new', 'refresh-new', 'secret-1'],
        );
      },
    });
    await send('GET', { path: '/x' });
    assert.deepEqual(order, ['kept after 1']);
    assert.deepEqual(
      vendor.seen.map(({ url, headers }) => [url, headers['authorization']]),
      [
        ['/token', undefined],
        ['/v1/x', 'Bearer access-new'],
      ],
    );
    const asked = new URLSearchParams(vendor.seen[0]?.body);
    assert.deepEqual(Object.fromEntries(asked), {
      grant_type: 'refresh_token',
      refresh_token: 'refresh-old',
      client_id: 'id-1',
      client_secret: 'secret-1',
    });
  });

  it('a token that is refused is renewed once, not again and again', async () => {
    vendor.fate({ status: 401 }, renewed, { status: 401 });
    const send = await vendor.sender({ manifest: connectable, credentials: mine });
    await assert.rejects(send('POST', { path: '/x' }), withProblem('credentials', 'http_401'));
    assert.deepEqual(
      vendor.seen.map(({ url }) => url),
      ['/v1/x', '/token', '/v1/x'],
    );
  });

  it('a connection that was withdrawn is told from a sign-in that is away', async () => {
    const stale = { manifest: connectable, credentials: { ...mine, expiresAt: past }, patienceMs: 0 };
    vendor.fate({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'refresh-old is used up' },
    });
    await assert.rejects(
      (await vendor.sender(stale))('GET', { path: '/x' }),
      withProblem('credentials', 'token_refused'),
    );
    for (const status of [429, 500, 503]) {
      vendor.fate({ status });
      await assert.rejects((await vendor.sender(stale))('GET', { path: '/x' }), {
        kind: 'unavailable',
        code: 'token_endpoint',
        retryable: true,
      });
    }
    vendor.fate({ status: 200, body: { hello: 'there' } });
    await assert.rejects(
      (await vendor.sender(stale))('GET', { path: '/x' }),
      withProblem('credentials', 'token_refused'),
    );
  });
});
