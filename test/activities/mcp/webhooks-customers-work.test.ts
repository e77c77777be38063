import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { findServer } from '../../../activities/mcp/catalog.ts';
import type { Delivery, Received } from '../../../activities/mcp/kit/webhooks.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const nowS = nowMs / 1_000;
const url = 'https://app.example/hooks/abc';

interface Case {
  /** What the connection holds for checking. */
  secret: string;
  /** What a vendor would send at this moment; the signature is over `body`. */
  delivery(body: Buffer, atS: number): Delivery;
  body: string;
  id?: string;
  type: string;
  account?: string;
  /** The body is signed; otherwise address and password are the proof. */
  signed: boolean;
  /** The time is signed, too, so that an old delivery is known as one. */
  timed: boolean;
}

const post = (raw: Buffer, headers: Record<string, string>): Delivery => ({
  method: 'POST',
  url,
  headers,
  raw,
});
const mac = (algorithm: string, secret: string, content: string | Buffer, encoding: 'hex' | 'base64') =>
  createHmac(algorithm, secret).update(content).digest(encoding);

const ecdsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as Wix makes it; its claims hold the event as text. */
function wixToken(body: Buffer, atS: number, alg = 'RS256'): Buffer {
  const claims = { data: body.toString(), iat: atS, exp: atS + 3_600 };
  const content = `${encoded({ alg, kid: 'k1' })}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(content), rsa.privateKey).toString('base64url');
  return Buffer.from(`${content}.${signature}`);
}

const cases: Record<string, Case> = {
  hubspot: {
    secret: 'client-secret',
    signed: true,
    timed: true,
    body: JSON.stringify([{ eventId: 1, subscriptionType: 'deal.propertyChange', portalId: 62_515 }]),
    type: 'deal.propertyChange',
    account: '62515',
    delivery(raw, atS) {
      const content = `POST${url}${raw.toString()}${atS * 1_000}`;
      return post(raw, {
        'x-hubspot-request-timestamp': String(atS * 1_000),
        'x-hubspot-signature-v3': mac('sha256', 'client-secret', content, 'base64'),
      });
    },
  },
  notion: {
    secret: 'secret_token',
    signed: true,
    timed: false,
    body: JSON.stringify({ id: 'e1', type: 'page.content_updated', workspace_id: 'w1', attempt_number: 1 }),
    id: 'e1',
    type: 'page.content_updated',
    account: 'w1',
    delivery: (raw) =>
      post(raw, { 'x-notion-signature': `sha256=${mac('sha256', 'secret_token', raw, 'hex')}` }),
  },
  trello: {
    secret: 'api-secret',
    signed: true,
    timed: false,
    body: JSON.stringify({ action: { id: 'a1', type: 'updateCard' }, model: { id: 'm1' } }),
    id: 'a1',
    type: 'updateCard',
    delivery: (raw) =>
      post(raw, { 'x-trello-webhook': mac('sha1', 'api-secret', raw.toString() + url, 'base64') }),
  },
  mailchimp: {
    secret: 'webhook-secret',
    signed: true,
    timed: true,
    body: 'type=unsubscribe&fired_at=2026-11-23+12%3A00%3A00&data%5Bemail%5D=ada%40example.com',
    type: 'unsubscribe',
    delivery(raw, atS) {
      const signature = mac('sha256', 'webhook-secret', `${atS}.${raw.toString()}`, 'hex');
      return post(raw, { 'x-mailchimp-signature': `t=${atS},v1=${signature}` });
    },
  },
  sendgrid: {
    secret: ecdsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    signed: true,
    timed: true,
    body: JSON.stringify([{ event: 'delivered', email: 'ada@example.com', sg_event_id: 's1' }]),
    type: 'delivered',
    delivery(raw, atS) {
      const content = Buffer.concat([Buffer.from(String(atS)), raw]);
      return post(raw, {
        'x-twilio-email-event-webhook-timestamp': String(atS),
        'x-twilio-email-event-webhook-signature': sign('sha256', content, ecdsa.privateKey).toString(
          'base64',
        ),
      });
    },
  },
  tenweb: {
    secret: 'whsec_secret',
    signed: true,
    timed: true,
    body: JSON.stringify({ event_id: 'evt_1', event: 'website_generation_completed', website_id: 12 }),
    id: 'evt_1',
    type: 'website_generation_completed',
    delivery: (raw, atS) =>
      post(raw, {
        'x-10web-timestamp': String(atS),
        'x-10web-signature': `v1=${mac('sha256', 'whsec_secret', `${atS}.${raw.toString()}`, 'hex')}`,
      }),
  },
  wix: {
    secret: rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    signed: true,
    timed: true,
    body: JSON.stringify({
      eventType: 'wix.contacts.v4.contact_created',
      instanceId: 'i1',
      data: JSON.stringify({ id: 'e1', entityId: 'c1' }),
    }),
    id: 'e1',
    type: 'wix.contacts.v4.contact_created',
    account: 'i1',
    delivery: (raw, atS) => post(wixToken(raw, atS), {}),
  },
  pipedrive: {
    secret: 'webhook-password',
    signed: false,
    timed: false,
    body: JSON.stringify({ meta: { id: 'm1', entity: 'deal', action: 'change' }, data: { id: 7 } }),
    id: 'm1',
    type: 'deal.change',
    delivery: (raw) =>
      post(raw, {
        authorization: `Basic ${Buffer.from('bizosaas:webhook-password').toString('base64')}`,
      }),
  },
};

async function receive(name: string, delivery: Delivery, secret: string): Promise<Received> {
  const webhook = findServer(name)?.webhook;
  assert.ok(webhook, `${name} has no webhook scheme`);
  return webhook.receive(delivery, secret, nowMs);
}

describe('[MCP-09] [MCP-10] [MCP-11] [MCP-12] [MCP-14] [MCP-16] [MCP-17] [MCP-18] deliveries of vendors', () => {
  for (const [name, one] of Object.entries(cases)) {
    describe(name, () => {
      const body = Buffer.from(one.body);

      it('are taken with what they tell when the proof fits', async () => {
        const received = await receive(name, one.delivery(body, nowS), one.secret);
        assert.equal(received.verdict, 'event');
        assert.equal(received.type, one.type);
        assert.equal(received.account, one.account);
        if (one.id) assert.equal(received.id, one.id);
        const again = await receive(name, one.delivery(body, nowS), one.secret);
        assert.ok(again.verdict === 'event' && again.id === received.id, 'a repetition has another id');
      });

      it('are refused with another secret, and without any proof', async () => {
        const other = name === 'sendgrid' || name === 'wix' ? 'no key' : 'another-secret';
        assert.equal((await receive(name, one.delivery(body, nowS), other)).verdict, 'refused');
        assert.equal((await receive(name, post(body, {}), one.secret)).verdict, 'refused');
      });

      if (one.signed) {
        it('are refused when something in them was changed', async () => {
          const delivery = one.delivery(body, nowS);
          const raw = Buffer.from(delivery.raw);
          const place = name === 'wix' ? raw.indexOf('.') + 5 : raw.length - 3;
          raw[place] = raw[place] === 0x41 ? 0x42 : 0x41;
          assert.equal((await receive(name, { ...delivery, raw }, one.secret)).verdict, 'refused');
        });
      }

      if (one.timed) {
        it('are refused when they come too late', async () => {
          assert.equal((await receive(name, one.delivery(body, nowS - 301), one.secret)).verdict, 'refused');
          assert.equal((await receive(name, one.delivery(body, nowS - 299), one.secret)).verdict, 'event');
        });
      }
    });
  }

  it('of Trello at another address are refused, and its look at the address is answered', async () => {
    const { delivery, secret, body } = cases['trello']!;
    const elsewhere = { ...delivery(Buffer.from(body), nowS), url: 'https://app.example/hooks/other' };
    assert.equal((await receive('trello', elsewhere, secret)).verdict, 'refused');
    const look = { method: 'HEAD', url, headers: {}, raw: Buffer.alloc(0) };
    assert.deepEqual(await receive('trello', look, secret), { verdict: 'challenge', status: 200, body: '' });
  });

  it('of Wix signed with another algorithm are refused', async () => {
    const { body, secret } = cases['wix']!;
    const delivery = post(wixToken(Buffer.from(body), nowS, 'none'), {});
    assert.equal((await receive('wix', delivery, secret)).verdict, 'refused');
  });

  it('of Notion bring their secret once, and never replace it', async () => {
    const brought = post(Buffer.from(JSON.stringify({ verification_token: 'secret_new' })), {});
    const first = await receive('notion', brought, '');
    assert.ok(first.verdict === 'challenge' && first.secret === 'secret_new');
    assert.equal((await receive('notion', brought, 'secret_token')).verdict, 'refused');
  });

  it('of 10Web begin with a look at the address, which has no signature', async () => {
    const look = JSON.stringify({ test: true, message: 'Webhook URL validation test' });
    assert.equal((await receive('tenweb', post(Buffer.from(look), {}), '')).verdict, 'challenge');
    const event = JSON.stringify({ event_id: 'evt_2', event: 'backup_created' });
    assert.equal((await receive('tenweb', post(Buffer.from(event), {}), '')).verdict, 'refused');
  });

  it('of Mailchimp begin with a look at the address', async () => {
    const look = { method: 'GET', url, headers: {}, raw: Buffer.alloc(0) };
    assert.equal((await receive('mailchimp', look, 'webhook-secret')).verdict, 'challenge');
  });
});
