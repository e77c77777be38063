import assert from 'node:assert/strict';
import { servers } from '../../../activities/mcp/catalog.ts';
import { authorizationUrl } from '../../../activities/mcp/oauth.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { scope } from '../../support/database.ts';
import { oauthVendor, type OauthVendor } from '../../support/oauth-vendor.ts';
import { standIn } from '../../support/tools.ts';

const issuer = 'https://github.com/login/oauth';

describe('[MCP-G] [MCP-24] answers of servers that were mixed up', function () {
  this.timeout(90_000);
  let platform: Platform;
  let github: OauthVendor;
  let zoom: OauthVendor;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    [platform, github, zoom] = await Promise.all([startPlatform(), oauthVendor([]), oauthVendor()]);
    standIn(platform.world, 'github', github.vendor.url);
    standIn(platform.world, 'zoom', zoom.vendor.url);
    const by = { actor: { type: 'system', id: 'test' }, context: {} } as const;
    for (const server of ['github', 'zoom']) {
      const client = { clientId: `our-app-at-${server}`, clientSecret: 'secret' };
      await platform.world.deps.oauthClients.save(by, server, client);
    }
  });
  beforeEach(async () => {
    owner = await platform.business();
    github.grants.length = 0;
    zoom.grants.length = 0;
  });
  after(async () => {
    await platform.stop();
    await Promise.all([github.vendor.close(), zoom.vendor.close()]);
  });

  async function setOut(vendor: OauthVendor, server: string): Promise<URL> {
    const answer = await owner.form(`/app/integrations/${server}/authorize`, {});
    return vendor.agree(answer.headers.get('location') ?? '');
  }
  async function comeBack(back: URL): Promise<string> {
    const answer = await owner.call('GET', back.pathname + back.search);
    assert.equal(answer.status, 303, answer.text);
    return (await owner.call('GET', answer.headers.get('location') ?? '')).text;
  }
  const connection = (server: string) =>
    platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }), (tx) =>
      findConnection(tx, server),
    );

  it('an answer that names its server is taken from that server only', async () => {
    const back = await setOut(github, 'github');
    back.searchParams.set('iss', issuer);
    assert.match(await comeBack(back), / connected\./);
    for (const other of ['https://evil.example', `${issuer}/`, 'https://accounts.google.com', '']) {
      const mixed = await setOut(github, 'github');
      mixed.searchParams.set('iss', other);
      github.grants.length = 0;
      assert.match(await comeBack(mixed), /didn’t come from GitHub, so nothing was connected/, other);
      assert.equal(github.grants.length, 0, 'its code is sent to no one');
    }
  });

  it('a code of one vendor in the callback of another reaches neither', async () => {
    // A malicious vendor redirects the person to another vendor with the state of the first one.
    const atZoom = await setOut(zoom, 'zoom');
    const atGithub = await setOut(github, 'github');
    const mixed = new URL(atZoom.href);
    mixed.searchParams.set('code', atGithub.searchParams.get('code') ?? '');
    mixed.pathname = atGithub.pathname;
    assert.match(await comeBack(mixed), /didn’t confirm|already used/);
    assert.deepEqual([github.grants.length, zoom.grants.length], [0, 0]);
    assert.deepEqual([await connection('github'), await connection('zoom')], [null, null]);
    // The other attempt has not invalidated either state.
    assert.match(await comeBack(atGithub), / connected\./);
    assert.match(await comeBack(atZoom), / connected\./);
  });

  it('of two that come back with one state at the same moment one is taken', async () => {
    const back = await setOut(zoom, 'zoom');
    const pages = await Promise.all([comeBack(back), comeBack(back), comeBack(back)]);
    assert.equal(zoom.grants.length, 1);
    assert.equal((await connection('zoom'))?.status, 'connected');
    assert.ok(pages.some((page) => / connected\.|didn’t confirm|already used/.test(page)));
    const waiting = await platform.world.database.owner(
      `select name from secrets where tenant_id = $1 and name like 'waiting/%'`,
      [owner.tenantId],
    );
    assert.deepEqual(waiting, []);
  });

  it('every server is asked with a challenge (S256) and the one exact way back', () => {
    const asked = { state: 's', verifier: 'v', redirectUri: 'https://here.example/back', standIn: undefined };
    const byAgreement = servers.filter(({ auth }) => auth.kind === 'oauth2');
    assert.ok(byAgreement.length >= 12);
    for (const server of byAgreement) {
      const url = new URL(authorizationUrl(server, { clientId: 'c', clientSecret: 's' }, asked));
      const { searchParams } = url;
      assert.equal(searchParams.get('code_challenge_method'), 'S256', server.name);
      assert.match(searchParams.get('code_challenge') ?? '', /^[\w-]{43}$/, server.name);
      assert.deepEqual(searchParams.getAll('redirect_uri'), [asked.redirectUri], server.name);
      assert.equal(url.protocol, 'https:', server.name);
    }
  });
});
