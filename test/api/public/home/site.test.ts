import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connection } from '@temporalio/client';
import { createApp } from '../../../../api/app.ts';
import type { ApiDeps } from '../../../../api/kit/deps.ts';
import type { Operator } from '../../../../db/domain/settings/operator.ts';
import { priceOf } from '../../../../db/domain/billing/plans.ts';
import * as plans from '../../../../db/repos/billing/plans.ts';
import { listServers } from '../../../../db/repos/integrations/servers.ts';
import { listedPages } from '../../../../templates/public/home/site-files.ts';
import { priceText } from '../../../../templates/ui/money.tsx';
import { apiDeps, callerOf, type Platform, startPlatform } from '../../../support/api.ts';
import { scope } from '../../../support/database.ts';
import { clientFor } from '../../../support/world.ts';
import { retrying } from '../../../../workers/runtime/connection.ts';

const operator: Operator = {
  name: 'Quay Street Services <Ltd>',
  address: ['4 Quay Street', 'Galway'],
  email: 'hello@quay.example',
  phone: null,
  registration: 'IE 1234567',
  securityEmail: 'security@quay.example',
};

describe('[ONB-1] the public site', function () {
  this.timeout(60_000);
  let platform: Platform;
  const stops: (() => Promise<void>)[] = [];
  before(async () => {
    platform = await startPlatform({ worker: false });
  });
  after(async () => {
    for (const stop of stops) await stop();
    await platform.stop();
  });

  const get = (path: string, url = platform.url) => callerOf(url).call('GET', path);

  /** The same platform with other things around it. */
  async function serve(changes: Partial<ApiDeps>): Promise<string> {
    const connection = Connection.lazy({ address: '127.0.0.1:1', ...retrying() });
    const deps = {
      ...apiDeps(platform.world, clientFor(platform.world, connection, 'bizosaas')),
      ...changes,
    };
    const server = await new Promise<Server>((resolve) => {
      const listening = createApp(deps).listen(0, '127.0.0.1', () => resolve(listening));
    });
    stops.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('shows the integrations and prices that the catalogues hold, and promises no more than there are', async () => {
    const { db } = platform.world.database;
    const offer = () =>
      db.inScope(scope('platform'), async (tx) => ({
        plans: await plans.list(tx),
        servers: (await listServers(tx, { limit: 200, status: 'available' })).items,
      }));
    const { plans: offered, servers } = await offer();
    assert.ok(offered.length > 1 && servers.length > 20);
    for (const path of ['/', '/pricing']) {
      const { text } = await get(path);
      for (const plan of offered) {
        assert.ok(text.includes(`<strong>${priceText(priceOf(plan, 'month'), 'en')}</strong>`), plan.key);
        assert.ok(text.includes(priceText(priceOf(plan, 'year'), 'en')), plan.key);
      }
      const promised = [...text.matchAll(/(\d+) integrations/g)].map(([, count]) => Number(count));
      assert.ok(promised.length >= offered.length);
      assert.equal(Math.max(...promised), servers.length);
    }
    const { text } = await get('/');
    for (const { title } of servers) assert.ok(text.includes(`<li>${title}</li>`), title);
    await platform.world.database.owner("update mcp_servers set status = 'disabled' where name = 'stripe'");
    await platform.world.database.owner(
      "update plan_versions set prices = jsonb_set(prices, '{0,flatMinor}', '5150') where plan_key = 'starter'",
    );
    const changed = await get('/');
    assert.doesNotMatch(changed.text, /<li>Stripe<\/li>/);
    assert.match(changed.text, /From €51\.50 a month/);
  });

  it('links its legal pages, status and prices from every page, and the terms from sign-up', async () => {
    for (const path of [...listedPages, '/sign-in', '/nothing-here']) {
      const { text } = await get(path);
      const footer = text.slice(text.indexOf('<footer'));
      for (const link of ['/pricing', '/terms', '/privacy', '/imprint', '/status', '/docs'])
        assert.ok(footer.includes(`href="${link}"`), `${path} links ${link}`);
    }
    const signUp = (await get('/sign-up')).text.split('<footer')[0] ?? '';
    assert.match(signUp, /<a href="\/terms">terms<\/a>[^]*<a href="\/privacy">/);
  });

  it('says that the operator is not named, invents none, and tells the administrator', async () => {
    for (const path of ['/terms', '/privacy', '/imprint']) {
      const { status, text } = await get(path);
      assert.equal(status, 200);
      assert.match(text, /The operator hasn’t entered its details/);
      assert.doesNotMatch(text, /mailto:|OPERATOR_/);
    }
    assert.equal((await get('/.well-known/security.txt')).status, 404);
    const admin = await platform.admin();
    assert.match((await admin.call('GET', '/admin')).text, /href="\/imprint">Enter your imprint</);
    assert.match((await admin.call('GET', '/imprint')).text, /OPERATOR_NAME/);
    const partner = await platform.partner();
    assert.doesNotMatch((await partner.call('GET', '/admin')).text, /imprint</);
  });

  it('names the operator from the settings, escaped, and gives its contact for vulnerabilities', async () => {
    const url = await serve({ operator });
    for (const path of ['/terms', '/privacy', '/imprint']) {
      const { text } = await get(path, url);
      assert.match(text, /Quay Street Services &lt;Ltd/);
      assert.match(text, /mailto:hello@quay\.example/);
      assert.doesNotMatch(text, /hasn’t entered/);
    }
    const { text, headers } = await get('/.well-known/security.txt', url);
    assert.match(headers.get('content-type') ?? '', /^text\/plain; charset=utf-8/);
    assert.match(text, /^Contact: mailto:security@quay\.example$/m);
    const expires = Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? '');
    assert.ok(expires > Date.now() && expires < Date.now() + 366 * 86_400_000);
  });

  it('offers search engines and phones only addresses that answer', async () => {
    const robots = (await get('/robots.txt')).text;
    for (const closed of ['/app', '/admin', '/api'])
      assert.match(robots, new RegExp(`^Disallow: ${closed}$`, 'm'));
    const map = /^Sitemap: (.+)$/m.exec(robots)?.[1] ?? '';
    const { text } = await get(new URL(map).pathname);
    const listed = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url ?? '').pathname);
    assert.ok(listed.length > 5);
    for (const path of listed) assert.equal((await get(path)).status, 200, path);
    const { icons } = JSON.parse((await get('/manifest.webmanifest')).text) as { icons: { src: string }[] };
    for (const path of [...icons.map(({ src }) => src), '/favicon.ico', '/apple-touch-icon.png']) {
      const answer = await get(path);
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get('content-type') ?? '', /^image\//, path);
    }
  });

  it('tells on the status page which part does not work, in words and without a database', async () => {
    const url = await serve({});
    const { status, text } = await get('/status', url);
    assert.equal(status, 200);
    assert.match(text, /Some parts aren’t working/);
    const states = [...text.matchAll(/<strong>([^<]+)<\/strong>[^]*?<\/svg>([^<]+)<\/span>/g)];
    assert.deepEqual(
      states.map(([, part, state]) => [part, state]),
      [
        ['Portal and API', 'Working'],
        ['Accounts and records', 'Working'],
        ['Processes', 'Not working'],
        ['Background work', 'Not working'],
      ],
    );
    assert.doesNotMatch(text, /temporal|postgres|127\.0\.0\.1/i);
    const { db } = platform.world.database;
    const away = () => Promise.reject(new Error('away'));
    const broken = await serve({ db: { ...db, ping: away, inScope: away } });
    const answer = await callerOf(broken).call('GET', '/status', undefined, { cookie: 'session=stale' });
    assert.match(answer.text, /Accounts and records[^]*?Not working/);
  });
});
