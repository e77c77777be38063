import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { servers } from '../../../activities/mcp/catalog.ts';
import { secretName } from '../../../activities/mcp/gateway/stored-credentials.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { plantTenant, scope } from '../../support/database.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { connectTenant } from '../../support/tools.ts';
import { eventually, runWorker } from '../../support/world.ts';
import {
  paypalCertificate,
  paypalCertificateUrl,
  type Sent,
  silent,
  type Vendor,
  vendors,
} from './deliveries/vendors.ts';

interface Address {
  server: string;
  tenantId: string;
  path: string;
  /** As the service knows it. */
  url: string;
}

/** PayPal's certificate stands at an address of PayPal's; everything else is asked where it is. */
function servePayPalsCertificate(): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    input === paypalCertificateUrl ? Promise.resolve(new Response(paypalCertificate)) : real(input, init);
  return () => void (globalThis.fetch = real);
}

async function connected(
  { world }: Platform,
  tenantId: string,
  server: string,
  stored: Record<string, string>,
): Promise<Address> {
  await connectTenant(world.deps, tenantId, server, stored);
  const connection = await world.database.db.inScope(scope({ tenantId }), (tx) => findConnection(tx, server));
  const path = `/hooks/${server}/${connection?.webhookKey ?? ''}`;
  return { server, tenantId, path, url: world.config.publicUrl + path };
}

async function post(platform: Platform, path: string, { method = 'POST', headers, body, query = '' }: Sent) {
  const response = await fetch(platform.url + path + query, {
    method,
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
  });
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
}

/** What was noted of a tenant's service: the rows and the events of the ledger. */
async function noted({ world }: Platform, { server, tenantId }: Address) {
  const rows = await world.database.owner<{ delivery_id: string; event_type: string }>(
    'select delivery_id, event_type from mcp_webhook_deliveries where tenant_id = $1 and server = $2 order by received_at',
    [tenantId, server],
  );
  const [events] = await world.database.owner<{ n: string }>(
    `select count(*) as n from events where tenant_id = $1 and action = 'webhook.received' and body->'targets' @> $2`,
    [tenantId, JSON.stringify([{ type: 'server', id: server }])],
  );
  return { rows, events: Number(events?.n) };
}

describe('[MCP-G] webhooks of servers', function () {
  this.timeout(120_000);
  let platform: Platform;
  let tenantId: string;
  let restore: () => void;
  const addresses = new Map<string, Address>();
  const at = (server: string) => addresses.get(server)!;

  before(async () => {
    restore = servePayPalsCertificate();
    platform = await startPlatform();
    ({ tenantId } = await platform.business());
    for (const [server, { stored }] of Object.entries(vendors)) {
      addresses.set(server, await connected(platform, tenantId, server, stored));
    }
  });
  after(async () => {
    restore();
    await platform.stop();
  });

  const genuine = (vendor: Vendor, { url }: Address, atMs = Date.now(), body = vendor.body) =>
    vendor.send(body, { secret: vendor.signsWith, atMs, url });

  it('are declared for every server, or the reason why there are none', () => {
    const telling = servers.filter(({ webhook }) => webhook).map(({ name }) => name);
    const quiet = servers.filter(({ webhook }) => !webhook).map(({ name }) => name);
    assert.deepEqual(telling.sort(), Object.keys(vendors).sort());
    assert.deepEqual(quiet.sort(), Object.keys(silent).sort());
  });

  for (const [server, vendor] of Object.entries(vendors)) {
    describe(`${server}, ${vendor.id}`, () => {
      it('is believed when it signs as it documents, and what comes twice is one event', async () => {
        const delivery = genuine(vendor, at(server));
        for (const _ of [1, 2]) {
          const answer = await post(platform, at(server).path, delivery);
          assert.deepEqual([answer.status, answer.text], [200, '']);
        }
        const { rows } = await eventually(
          () => noted(platform, at(server)),
          (found) => found.rows.length > 0,
        );
        assert.equal(rows[0]?.event_type, vendor.type);
        if (vendor.eventId !== null) assert.equal(rows[0]?.delivery_id, vendor.eventId);
        // Another one behind them shows that both were taken in.
        const marker = vendor.body.replace(/1/g, '2').replace(/(ada|WH-7Y7)/, '$1b');
        const behind = genuine(vendor, at(server), Date.now(), marker);
        const headers = { ...behind.headers };
        for (const name of ['x-github-delivery', 'x-razorpay-event-id'])
          if (headers[name]) headers[name] = 'n2';
        assert.equal((await post(platform, at(server).path, { ...behind, headers })).status, 200);
        const all = await eventually(
          () => noted(platform, at(server)),
          (found) => found.rows.length > 1,
        );
        assert.deepEqual([all.rows.length, all.events], [2, 2]);
      });

      if (!vendor.unsigned) {
        it('is not believed when the body was changed on the way', async () => {
          const sent = genuine(vendor, at(server));
          const middle = sent.body!.length - 4;
          const letter = sent.body![middle] === 'x' ? 'y' : 'x';
          const body = sent.body!.slice(0, middle) + letter + sent.body!.slice(middle + 1);
          await refusedAt(at(server), { ...sent, body });
        });
      }

      if (
        Object.keys(genuine(vendor, { server, tenantId: '', path: '', url: '' }).headers ?? {}).length > 0 ||
        server === 'wix'
      ) {
        it('is not believed with another secret, or with none', async () => {
          const { url } = at(server);
          await refusedAt(
            at(server),
            vendor.send(vendor.body, { secret: vendor.another, atMs: Date.now(), url }),
          );
          await refusedAt(at(server), { body: vendor.body });
        });
      }

      const { oldestMs } = vendor;
      if (oldestMs !== null) {
        it('is not believed when it comes too late', async () => {
          await refusedAt(at(server), genuine(vendor, at(server), Date.now() - oldestMs - 2_000));
        });
      }

      it('rejects a delivery to a URL that isn’t the tenant’s', async () => {
        const elsewhere = at(server).path.slice(0, -43) + 'A'.repeat(43);
        assert.equal((await post(platform, elsewhere, genuine(vendor, at(server)))).status, 404);
        const other = server === 'stripe' ? 'xero' : 'stripe';
        const mixed = at(server).path.replace(`/${server}/`, `/${other}/`);
        assert.equal((await post(platform, mixed, genuine(vendor, at(server)))).status, 404);
      });
    });
  }

  async function refusedAt(address: Address, sent: Sent): Promise<void> {
    const before = await noted(platform, address);
    const answer = await post(platform, address.path, sent);
    assert.equal(answer.status, 401, answer.text);
    assert.equal((JSON.parse(answer.text) as { code: string }).code, 'webhook.invalid');
    assert.deepEqual(await noted(platform, address), before);
  }

  describe('[MCP-02] [MCP-06] [MCP-11] [MCP-12] [MCP-17] [MCP-19] [MCP-20] [MCP-21] asking whose address it is', () => {
    const secret = 'the-secret-of-the-hook';

    it('Slack gets its challenge back', async () => {
      const body = JSON.stringify({ type: 'url_verification', challenge: 'c1' });
      const answer = await post(
        platform,
        at('slack').path,
        genuine(vendors['slack']!, at('slack'), Date.now(), body),
      );
      assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { challenge: 'c1' }]);
      assert.match(answer.type ?? '', /^application\/json/);
    });

    it('Zoom gets its token back, signed', async () => {
      const body = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: 'p1' } });
      const answer = await post(
        platform,
        at('zoom').path,
        genuine(vendors['zoom']!, at('zoom'), Date.now(), body),
      );
      const encryptedToken = createHmac('sha256', secret).update('p1').digest('hex');
      assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { plainToken: 'p1', encryptedToken }]);
    });

    for (const server of ['meta-ads', 'whatsapp']) {
      it(`${server} gets its number back`, async () => {
        const query = '?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=any';
        const answer = await post(platform, at(server).path, { method: 'GET', query });
        assert.deepEqual([answer.status, answer.text], [200, '1158201444']);
      });
    }

    it('answers the URL checks of Trello and Mailchimp', async () => {
      assert.equal((await post(platform, at('trello').path, { method: 'HEAD' })).status, 200);
      assert.equal((await post(platform, at('mailchimp').path, { method: 'GET' })).status, 200);
    });

    it('Xero is told whether a signature is right: 200, or 401', async () => {
      const body = JSON.stringify({ events: [], firstEventSequence: 0, lastEventSequence: 0 });
      const { send } = vendors['xero']!;
      const given = { atMs: Date.now(), url: at('xero').url };
      assert.equal((await post(platform, at('xero').path, send(body, { secret, ...given }))).status, 200);
      const wrong = send(body, { secret: 'another-secret', ...given });
      assert.equal((await post(platform, at('xero').path, wrong)).status, 401);
    });

    it('Notion brings its secret once; it is kept, believed from then on, and never replaced', async () => {
      const { tenantId: other } = await platform.business();
      const address = await connected(platform, other, 'notion', { accessToken: 'kept-as-it-was' });
      const event = (token: string) =>
        vendors['notion']!.send(vendors['notion']!.body, { secret: token, atMs: 0, url: address.url });
      await refusedAt(address, event(''));
      const brought = (token: string) => ({ body: JSON.stringify({ verification_token: token }) });
      assert.equal((await post(platform, address.path, brought('secret_new'))).status, 200);
      await refusedAt(address, brought('secret_of_somebody'));
      assert.equal((await post(platform, address.path, event('secret_new'))).status, 200);
      await eventually(
        () => noted(platform, address),
        ({ rows }) => rows.length === 1,
      );
      const stored = await platform.world.deps.secrets.get(other, secretName('notion'));
      assert.deepEqual(JSON.parse(stored ?? ''), {
        accessToken: 'kept-as-it-was',
        verificationToken: 'secret_new',
      });
    });

    it('the secret that Notion brought is shown to one who may manage connections, once', async () => {
      const owner = await platform.business();
      const address = await connected(platform, owner.tenantId, 'notion', { accessToken: 'kept' });
      const page = () => owner.call('GET', '/app/integrations/notion');
      assert.ok(!(await page()).text.includes('Show token'));
      await post(platform, address.path, { body: JSON.stringify({ verification_token: 'secret_once' }) });
      assert.ok((await page()).text.includes('Show token'));
      const member = await platform.colleague(owner.tenantId, 'member');
      assert.equal((await member.form('/app/integrations/notion/webhook-secret', {})).status, 403);
      const shown = await owner.form('/app/integrations/notion/webhook-secret', {});
      assert.equal(shown.status, 200);
      assert.ok(shown.text.includes('secret_once'));
      assert.equal(shown.headers.get('cache-control'), 'no-store');
      assert.ok(!(await page()).text.includes('Show token'));
      // Sent twice by a double click: the page that stays shows it, too. A moment later it is gone.
      assert.ok(
        (await owner.form('/app/integrations/notion/webhook-secret', {})).text.includes('secret_once'),
      );
      await platform.world.database.owner(
        `update mcp_connections set handshake_secret_until = now() where tenant_id = $1`,
        [owner.tenantId],
      );
      assert.equal((await owner.form('/app/integrations/notion/webhook-secret', {})).status, 303);
      const again = await owner.call('POST', '/api/client/integrations/notion/webhook-secret', {});
      assert.deepEqual([again.status, again.body], [200, { secret: null }]);
      const events = await platform.world.database.owner<{ body: unknown }>(
        `select body from events where tenant_id = $1 and action = 'connection.secret-revealed'`,
        [owner.tenantId],
      );
      assert.equal(events.length, 1);
      assert.ok(!JSON.stringify(events).includes('secret_once'));
      // Another token does not outlive the connection that it was for.
      await platform.world.database.owner(
        `update mcp_connections set handshake_secret_until = 'infinity' where tenant_id = $1`,
        [owner.tenantId],
      );
      await owner.call('POST', '/api/client/integrations/notion/disconnect', {});
      await connected(platform, owner.tenantId, 'notion', { accessToken: 'again' });
      assert.ok(!(await page()).text.includes('Show token'));
    });
  });

  it('are listed for those who manage connections, newest first and page by page', async () => {
    const owner = await platform.business();
    const address = await connected(platform, owner.tenantId, 'github', { webhookSecret: 'the-secret' });
    const list = (query = '') =>
      owner.call('GET', `/api/client/integrations/github/webhook-deliveries${query}`);
    assert.deepEqual((await list()).body, { items: [], nextCursor: null });
    assert.ok(
      (await owner.call('GET', '/app/integrations/github')).text.includes('No webhooks received yet'),
    );
    const { send, body } = vendors['github']!;
    for (const id of ['one', 'two', 'three']) {
      const sent = send(body, { secret: 'the-secret', atMs: Date.now(), url: address.url });
      await post(platform, address.path, { ...sent, headers: { ...sent.headers, 'x-github-delivery': id } });
    }
    await eventually(list, ({ body: found }) => found.items.length === 3);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.body.nextCursor}`);
    assert.deepEqual(
      [first.body.items.length, second.body.items.length, second.body.nextCursor],
      [2, 1, null],
    );
    const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    assert.deepEqual(ids.sort(), ['one', 'three', 'two']);
    const page = await owner.call('GET', '/app/integrations/github');
    assert.ok(page.text.includes('Recent webhooks'));
    const member = await platform.colleague(owner.tenantId, 'member');
    assert.equal(
      (await member.call('GET', '/api/client/integrations/github/webhook-deliveries')).status,
      403,
    );
    assert.equal((await list('?cursor=nonsense')).status, 422);
  });

  it('are not believed while there is no secret to check them with', async () => {
    const { tenantId: other } = await platform.business();
    const address = await connected(platform, other, 'stripe', { apiKey: 'sk_test_1' });
    const { send, body } = vendors['stripe']!;
    await refusedAt(address, send(body, { secret: '', atMs: Date.now(), url: address.url }));
  });

  it('are taken up to a megabyte, and by no other method', async () => {
    const { tenantId: other } = await platform.business();
    const { send, signsWith, stored } = vendors['github']!;
    const address = await connected(platform, other, 'github', stored);
    const sized = (bytes: number) =>
      send(JSON.stringify({ action: 'opened', text: 'x'.repeat(bytes) }), {
        secret: signsWith,
        atMs: 0,
        url: '',
      });
    const answer = await post(platform, address.path, sized(900_000));
    assert.equal(answer.status, 200, answer.text);
    assert.equal((await post(platform, address.path, sized(1_100_000))).status, 413);
    assert.equal((await post(platform, address.path, { method: 'DELETE' })).status, 405);
    await eventually(
      () => noted(platform, address),
      ({ rows }) => rows.length === 1,
    );
  });

  it('are rejected once the server was disconnected', async () => {
    const { tenantId: other } = await platform.business();
    const address = await connected(platform, other, 'slack', vendors['slack']!.stored);
    await platform.world.database.owner(
      `update mcp_connections set status = 'disconnected' where tenant_id = $1 and server = 'slack'`,
      [other],
    );
    const answer = await post(platform, address.path, genuine(vendors['slack']!, address));
    assert.equal(answer.status, 404);
  });
});

describe('[MCP-G] a notice that was acknowledged', function () {
  this.timeout(120_000);

  it('is not lost while no worker runs, and waits for none', async () => {
    const platform = await startPlatform({ worker: false });
    let worker: { stop(): Promise<void> } | undefined;
    try {
      const { tenantId } = await plantTenant(platform.world.database.db);
      const address = await connected(platform, tenantId, 'stripe', vendors['stripe']!.stored);
      const { send, body, signsWith } = vendors['stripe']!;
      const sent = send(body, { secret: signsWith, atMs: Date.now(), url: address.url });
      assert.equal((await post(platform, address.path, sent)).status, 200);
      assert.deepEqual((await noted(platform, address)).rows, []);
      worker = await runWorker(platform.world, {
        address: platform.world.config.temporal.address,
        namespace: platform.world.config.temporal.namespace,
      });
      const { rows } = await eventually(
        () => noted(platform, address),
        (found) => found.rows.length === 1,
      );
      assert.equal(rows[0]?.delivery_id, 'evt_1');
    } finally {
      await worker?.stop();
      await platform.stop();
    }
  });
});
