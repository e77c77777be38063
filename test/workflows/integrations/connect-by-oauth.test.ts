import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createGateway } from '../../../activities/mcp/gateway/gateway.ts';
import { secretName } from '../../../activities/mcp/gateway/stored-credentials.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { scope } from '../../support/database.ts';
import { historiesOf } from '../../support/histories.ts';
import { oauthVendor, type OauthVendor } from '../../support/oauth-vendor.ts';
import { connectTenant, standIn, toolCall } from '../../support/tools.ts';
import { eventually } from '../../support/world.ts';

const client = { clientId: 'our-app', clientSecret: 'client-canary-9Kq' };

describe('[MCP-G] [MCP-19] connecting a server by OAuth', function () {
  this.timeout(120_000);
  let platform: Platform;
  let zoom: OauthVendor;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    [platform, zoom] = await Promise.all([startPlatform(), oauthVendor()]);
    standIn(platform.world, 'zoom', zoom.vendor.url);
    const by = { actor: { type: 'system', id: 'test' }, context: {} } as const;
    await platform.world.deps.oauthClients.save(by, 'zoom', client);
  });
  beforeEach(async () => {
    owner = await platform.business();
    zoom.grants.length = 0;
    zoom.revoked.length = 0;
    zoom.away(false);
  });
  after(async () => {
    await platform.stop();
    await zoom.vendor.close();
  });

  async function setOut(caller: Caller = owner): Promise<URL> {
    const answer = await caller.form('/app/integrations/zoom/authorize', {});
    assert.equal(answer.status, 303, answer.text);
    return new URL(answer.headers.get('location') ?? '');
  }
  /** What the page says after the person was led back. */
  async function comeBack(back: URL, caller: Caller = owner): Promise<string> {
    const answer = await caller.call('GET', back.pathname + back.search);
    assert.equal(answer.status, 303, answer.text);
    const page = await caller.call('GET', answer.headers.get('location') ?? '');
    return page.text;
  }
  const connection = () =>
    platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }), (tx) =>
      findConnection(tx, 'zoom'),
    );
  const stored = async () =>
    JSON.parse(
      (await platform.world.deps.secrets.get(owner.tenantId, secretName('zoom'))) ?? 'null',
    ) as Record<string, string> | null;
  async function nothingWaits(): Promise<void> {
    // The process answers first, and forgets right after.
    const waiting = () =>
      platform.world.database.owner(
        `select name from secrets where tenant_id = $1 and name like 'waiting/%'`,
        [owner.tenantId],
      );
    await eventually(waiting, (found) => found.length === 0);
  }
  async function nothingConnected(): Promise<void> {
    assert.equal(await connection(), null);
    assert.equal(await stored(), null);
  }

  it('leads there with a challenge, back with a code, and keeps the tokens after a look', async () => {
    const there = await setOut();
    const asked = Object.fromEntries(there.searchParams);
    const redirectUri = `${platform.world.config.publicUrl}/app/integrations/zoom/callback`;
    assert.deepEqual(
      [
        there.origin + there.pathname,
        asked['client_id'],
        asked['redirect_uri'],
        asked['code_challenge_method'],
      ],
      [`${zoom.vendor.url}/oauth/authorize`, 'our-app', redirectUri, 'S256'],
    );
    // 256 bits, beyond what names the process.
    assert.match(asked['state'] ?? '', /^[\w]+\.[\w-]{43}$/);
    const page = await comeBack(zoom.agree(there.href));
    assert.match(page, / connected\./);
    const [grant] = zoom.grants;
    const verifier = grant?.get('code_verifier') ?? '';
    assert.equal(createHash('sha256').update(verifier).digest('base64url'), asked['code_challenge']);
    assert.equal(grant?.get('redirect_uri'), redirectUri);
    const tokens = await stored();
    assert.match(tokens?.['accessToken'] ?? '', /^access-canary/);
    assert.match(tokens?.['refreshToken'] ?? '', /^refresh-canary/);
    assert.deepEqual([tokens?.['clientId'], tokens?.['clientSecret']], [undefined, undefined]);
    assert.equal((await connection())?.status, 'connected');
    await nothingWaits();
  });

  it('a way back works once', async () => {
    const back = zoom.agree((await setOut()).href);
    await comeBack(back);
    const before = await connection();
    assert.match(await comeBack(back), /didn’t confirm the connection|already used/);
    assert.equal(zoom.grants.length, 1);
    assert.deepEqual(await connection(), before);
    await nothingWaits();
  });

  it('a way back works for the person who set out only, and where they set out for', async () => {
    const back = zoom.agree((await setOut()).href);
    const colleague = await platform.colleague(owner.tenantId, 'admin');
    assert.match(await comeBack(back, colleague), /didn’t confirm|already used/);
    const stranger = await platform.business();
    assert.match(await comeBack(back, stranger), /didn’t confirm|already used/);
    const elsewhere = new URL(back.href.replace('/zoom/', '/slack/'));
    assert.match(await comeBack(elsewhere), /didn’t confirm|already used/);
    assert.equal(zoom.grants.length, 0);
    await nothingConnected();
    await nothingWaits();
    // None of these attempts may spoil the callback for the user who started it.
    assert.match(await comeBack(back), / connected\./);
  });

  it('a state that was changed connects nothing', async () => {
    const back = zoom.agree((await setOut()).href);
    const [connectId = ''] = (back.searchParams.get('state') ?? '').split('.');
    back.searchParams.set('state', `${connectId}.${'A'.repeat(43)}`);
    assert.match(await comeBack(back), /didn’t confirm/);
    assert.equal(zoom.grants.length, 0);
    await nothingConnected();
    await nothingWaits();
  });

  it('a state that is too old connects nothing', async () => {
    const back = zoom.agree((await setOut()).href);
    await platform.world.database.owner(
      `update mcp_oauth_states set expires_at = now() - interval '1 second' where tenant_id = $1`,
      [owner.tenantId],
    );
    assert.match(await comeBack(back), /didn’t confirm/);
    assert.equal(zoom.grants.length, 0);
    await nothingConnected();
    await nothingWaits();
  });

  it('who does not agree, or brings a code that is not good, is told so', async () => {
    const denied = zoom.agree((await setOut()).href);
    denied.searchParams.delete('code');
    denied.searchParams.set('error', 'access_denied');
    assert.match(await comeBack(denied), /You declined access. Nothing was connected/);
    const wrong = zoom.agree((await setOut()).href);
    wrong.searchParams.set('code', 'another-code');
    assert.match(await comeBack(wrong), /didn’t issue an access token/);
    await nothingConnected();
    await nothingWaits();
  });

  it('tokens that are typed in are renewed on the way, and our own registration stays ours', async () => {
    await comeBack(zoom.agree((await setOut()).href));
    const { refreshToken = '' } = (await stored()) ?? {};
    const typed = { accessToken: 'no-longer-good', refreshToken };
    const answer = await owner.call('POST', '/api/client/integrations/zoom/connect', typed);
    assert.equal(answer.status, 201, answer.text);
    const tokens = await stored();
    assert.match(tokens?.['accessToken'] ?? '', /^access-canary/);
    assert.notEqual(tokens?.['refreshToken'], refreshToken);
    assert.deepEqual([tokens?.['clientId'], tokens?.['clientSecret']], [undefined, undefined]);
    await nothingWaits();
  });

  it('is withdrawn at the server when it is ended, and ends also while the server is away', async () => {
    await comeBack(zoom.agree((await setOut()).href));
    const { refreshToken } = (await stored()) ?? {};
    const first = await owner.call('POST', '/api/client/integrations/zoom/disconnect');
    assert.deepEqual([first.status, first.body], [200, { revoked: true }], first.text);
    assert.deepEqual(
      zoom.revoked.map((form) => form.get('token')),
      [refreshToken],
    );
    assert.deepEqual([(await connection())?.status, await stored()], ['disconnected', null]);
    await comeBack(zoom.agree((await setOut()).href));
    zoom.away(true);
    const second = await owner.call('POST', '/api/client/integrations/zoom/disconnect');
    assert.deepEqual([second.status, second.body], [200, { revoked: false }], second.text);
    assert.deepEqual([(await connection())?.status, await stored()], ['disconnected', null]);
  });

  it('ten calls through two gateways with a token that has ended renew it once, and keep the new one before it is used', async () => {
    await comeBack(zoom.agree((await setOut()).href));
    const tokens = await stored();
    const expired = { ...tokens, expiresAt: new Date(Date.now() - 1_000).toISOString() } as Record<
      string,
      string
    >;
    await connectTenant(platform.world.deps, owner.tenantId, 'zoom', expired);
    zoom.grants.length = 0;
    zoom.vendor.requests.length = 0;
    const keptWhenUsed: boolean[] = [];
    const { deps } = platform.world;
    const gateways = [createGateway(deps), createGateway(deps)];
    zoom.beforeUse(async (authorization) => {
      keptWhenUsed.push(authorization === `Bearer ${(await stored())?.['accessToken'] ?? ''}`);
    });
    try {
      const actor = { type: 'user', id: owner.userId } as const;
      await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          gateways[n % 2]!.call(toolCall(owner.tenantId, actor, 'zoom_get_host')),
        ),
      );
    } finally {
      zoom.beforeUse(async () => undefined);
      await Promise.all(gateways.map((gateway) => gateway.close()));
    }
    assert.deepEqual(
      zoom.grants.map((form) => form.get('refresh_token')),
      [tokens?.['refreshToken']],
    );
    assert.deepEqual(keptWhenUsed, Array(10).fill(true));
    assert.notEqual((await stored())?.['refreshToken'], tokens?.['refreshToken']);
  });

  it('[SEC-8] leaves code, tokens and the secret of our app in no history, event or answer', async () => {
    const page = await comeBack(zoom.agree((await setOut()).href));
    const wrong = zoom.agree((await setOut()).href);
    wrong.searchParams.set('code', 'code-canary-wrong');
    const refused = await comeBack(wrong);
    const histories = await historiesOf(platform.world, owner.tenantId, 'connect-server');
    assert.match(histories, /finishOAuth/);
    const events = JSON.stringify(await platform.world.database.owner('select body from events'));
    for (const [place, text] of Object.entries({ page, refused, histories, events })) {
      assert.doesNotMatch(text, /-canary/, place);
    }
  });
});
