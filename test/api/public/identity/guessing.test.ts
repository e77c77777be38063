import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { createApp } from '../../../../api/app.ts';
import { hashPassword } from '../../../../db/auth/passwords.ts';
import type { Config } from '../../../../workers/runtime/config.ts';
import {
  type Answer,
  apiDeps,
  type Caller,
  callerOf,
  type Platform,
  startPlatform,
  testPassword,
} from '../../../support/api.ts';
import { plantTenant } from '../../../support/database.ts';
import { openWorld, type World } from '../../../support/world.ts';
import { retrying } from '../../../../workers/runtime/connection.ts';

describe('[SEC-1] guessing passwords', function () {
  this.timeout(90_000);
  let platform: Platform;
  let passwordHash: string;
  let places = 0;
  before(async () => {
    platform = await startPlatform({ worker: false });
    passwordHash = await hashPassword(testPassword);
  });
  after(() => platform.stop());

  const account = () => plantTenant(platform.world.database.db, { passwordHash });
  /** An address in a /24 that no one has used yet. */
  const newPlace = () => `10.${Math.floor((places += 1) / 250)}.${places % 250}.1`;
  const signIn = (caller: Caller, email: string, password: string, ip: string) =>
    caller.call('POST', '/api/public/sign-in', { email, password }, { 'x-forwarded-for': ip });
  const guess = (email: string, ip: string) => signIn(platform.caller(), email, 'not the password', ip);
  const count = (answers: Answer[], status: number) =>
    answers.filter((answer) => answer.status === status).length;

  it('answers ten of 400 guesses at one moment, from any address of the network, and locks out no one else', async () => {
    const [owner, bystander, place] = [await account(), await account(), newPlace()];
    const device = platform.caller();
    assert.equal((await signIn(device, owner.email, testPassword, newPlace())).status, 200);
    const network = place.replace(/\.1$/, '');
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, i) =>
        guess(owner.email, `${i % 2 ? '::ffff:' : ''}${network}.${i % 256}`),
      ),
    );
    assert.deepEqual([count(answers, 401), count(answers, 429)], [10, 390]);
    const refused = answers.find(({ body }) => body.code === 'session.locked');
    assert.equal(refused?.headers.get('ratelimit-policy'), '"sign-in";q=10;w=900');
    const retryAfterS = Number(refused?.headers.get('retry-after'));
    assert.ok(retryAfterS > 800 && retryAfterS <= 900, String(retryAfterS));
    assert.equal(refused?.headers.get('ratelimit'), `"sign-in";r=0;t=${retryAfterS}`);
    const right = (caller: Caller, email: string, ip: string) => signIn(caller, email, testPassword, ip);
    assert.equal((await right(platform.caller(), owner.email, place)).status, 429, 'the right one, too');
    assert.equal((await right(platform.caller(), bystander.email, place)).status, 200, 'another account');
    assert.equal((await right(platform.caller(), owner.email, newPlace())).status, 200, 'another place');
    assert.equal((await right(device, owner.email, place)).status, 200, 'a known device in that very place');
  });

  it('answers thirty guesses from ever so many places; the device the account knows has tries of its own', async () => {
    const owner = await account();
    const device = platform.caller();
    await signIn(device, owner.email, testPassword, newPlace());
    const answers = await Promise.all(Array.from({ length: 45 }, () => guess(owner.email, newPlace())));
    assert.deepEqual([count(answers, 401), count(answers, 429)], [30, 15]);
    const other = platform.caller();
    other.cookies.set('bizosaas.device', `${device.cookies.get('bizosaas.device')}x`);
    assert.equal((await signIn(other, owner.email, testPassword, newPlace())).status, 429, 'forged');
    const stranger = await account();
    await signIn(other, stranger.email, testPassword, newPlace());
    assert.equal(
      (await signIn(other, owner.email, testPassword, newPlace())).status,
      429,
      'of another account',
    );
    for (let i = 0; i < 10; i++)
      assert.equal((await signIn(device, owner.email, 'not the password', newPlace())).status, 401);
    assert.equal((await signIn(device, owner.email, testPassword, newPlace())).status, 429);
  });

  it('gives a try back where the password was right', async () => {
    const [owner, place] = [await account(), newPlace()];
    for (let i = 0; i < 12; i++) {
      const answer = await signIn(platform.caller(), owner.email, testPassword, place);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('ratelimit')?.split(';')[1], 'r=9');
    }
  });

  it('keeps no address in its counters', async () => {
    const rows = await platform.world.database.owner<{ key: string }>('select key from rate_limits');
    assert.ok(rows.length > 10);
    assert.deepEqual(
      rows.filter(({ key }) => key.includes('@example')),
      [],
    );
  });

  it('is not what makes a known device wait, while 150 strangers sign in', async () => {
    const owner = await account();
    const device = platform.caller();
    await signIn(device, owner.email, testPassword, newPlace());
    let checked = 0;
    const strangers = Promise.all(
      Array.from({ length: 150 }, async (_, i) => {
        const answer = await guess(`stranger${i}@example.com`, newPlace());
        if (answer.status === 401) checked += 1;
        return answer;
      }),
    );
    assert.equal((await signIn(device, owner.email, testPassword, newPlace())).status, 200);
    const before = checked;
    const answers = await strangers;
    // It overtook more than the four whose passwords were being compared already; how many came before it depends on
    // the machine.
    const overtaken = count(answers, 401) - before;
    assert.ok(overtaken > 4, `${before} strangers were served before, ${overtaken} after`);
    const busy = answers.filter(({ status }) => status === 429);
    assert.equal(count(answers, 401) + busy.length, 150);
    assert.ok(busy.length > 0);
    assert.ok(busy.every(({ body, headers }) => body.code === 'session.busy' && headers.get('retry-after')));
  });

  it('learns from no time which addresses have an account', async () => {
    const owner = await account();
    const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let i = 0; i < 12; i++) {
      const which = i % 2 ? 'known' : 'unknown';
      const from = performance.now();
      const answer = await guess(which === 'known' ? owner.email : `unknown${i}@example.com`, newPlace());
      took[which].push(performance.now() - from);
      assert.equal(answer.status, 401);
    }
    const median = (all: number[]) => all.sort((a, b) => a - b)[all.length >> 1] ?? 0;
    const apartMs = Math.abs(median(took.known) - median(took.unknown));
    // One hash more or less would be nearly all of the time.
    assert.ok(apartMs < 0.5 * median(took.known), `${apartMs} of ${median(took.known)} ms`);
  });

  it('ends the session there was when another person signs in, also from an older tab (b19)', async () => {
    const [first, second] = [await account(), await account()];
    const browser = platform.caller();
    await signIn(browser, first.email, testPassword, newPlace());
    const before = callerOf(platform.url);
    for (const [name, value] of browser.cookies) before.cookies.set(name, value);
    browser.cookies.delete('bizosaas.csrf');
    const body = new URLSearchParams({ _csrf: '', email: second.email, password: testPassword });
    const answer = await browser.call('POST', '/sign-in', body.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/']);
    assert.equal((await browser.call('GET', '/api/session')).body.email, second.email);
    assert.equal((await before.call('GET', '/api/session')).status, 401, 'the session before is over');
    const [ended] = await platform.world.database.owner<{ end_reason: string }>(
      'select end_reason from auth.sessions where user_id = $1',
      [first.userId],
    );
    assert.equal(ended?.end_reason, 'replaced');
    const closed = await platform.world.database.owner(
      `select 1 from events where action = 'session.closed' and tenant_id = $1`,
      [first.tenantId],
    );
    assert.equal(closed.length, 1);
  });
});

describe('[SEC-1] behind a proxy', function () {
  this.timeout(90_000);
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  /** The API with other settings, as long as `use` needs it. */
  async function served(settings: Partial<Config>, use: (caller: Caller) => Promise<void>): Promise<void> {
    const client = new Client({ connection: Connection.lazy(retrying()) });
    const deps = apiDeps(world, client, settings);
    const server = createApp(deps).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await use(callerOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await client.connection.close();
    }
  }

  it('under https every cookie is bound to this very host', async () => {
    const passwordHash = await hashPassword(testPassword);
    const { email } = await plantTenant(world.database.db, { passwordHash });
    await served({ publicUrl: 'https://portal.example' }, async (browser) => {
      const answer = await browser.call('POST', '/api/public/sign-in', { email, password: testPassword });
      const lines = answer.headers.getSetCookie();
      assert.deepEqual(lines.map((line) => line.split('=')[0]).sort(), [
        '__Host-bizosaas.csrf',
        '__Host-bizosaas.device',
        '__Host-bizosaas.session_token',
      ]);
      for (const line of lines) {
        assert.match(line, /; Secure/i);
        assert.match(line, /; Path=\/(;|$)/i);
        assert.doesNotMatch(line, /Domain/i);
      }
      assert.equal((await browser.call('GET', '/api/session')).status, 200);
      const own = new Map(browser.cookies);
      browser.cookies.clear();
      for (const [name, value] of own) browser.cookies.set(name.replace('__Host-', ''), value);
      assert.equal((await browser.call('GET', '/api/session')).status, 401, 'a name without the prefix');
      for (const [name, value] of own) browser.cookies.set(name, value);
      const headers = { 'x-csrf-token': own.get('__Host-bizosaas.csrf') ?? '' };
      const out = await browser.call('POST', '/api/session/sign-out', {}, headers);
      assert.equal(out.status, 200);
      for (const line of out.headers.getSetCookie()) assert.match(line, /^__Host-.*; Secure/i);
    });
  });

  const proxies: [Config['trustProxy'], string][] = [
    [0, '127.0.0.1'],
    [1, '198.51.100.9'],
    [['10.0.0.0/8'], '127.0.0.1'],
    [['127.0.0.0/8'], '198.51.100.9'],
    [['127.0.0.1', '198.51.100.0/24'], '203.0.113.1'],
  ];
  for (const [trustProxy, place] of proxies)
    it(`with TRUST_PROXY=${String(trustProxy)}, a forged X-Forwarded-For counts as ${place} (b05)`, async () => {
      const body = { email: 'unknown@example.com', password: 'not the password' };
      const headers = { 'x-forwarded-for': '203.0.113.1, 198.51.100.9' };
      await served({ trustProxy }, async (caller) => {
        assert.equal((await caller.call('POST', '/api/public/sign-in', body, headers)).status, 401);
      });
      const [event] = await world.database.owner<{ ip: string }>(
        `select body->'context'->>'ip' as ip from events where action = 'session.refused' order by seq desc limit 1`,
      );
      assert.equal(event?.ip, place);
    });
});
