import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { findServer } from '../../../activities/mcp/catalog.ts';
import type { Delivery, Received } from '../../../activities/mcp/kit/webhooks.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const nowS = nowMs / 1_000;
const secret = 'a-secret-of-the-app';
const hex = (content: string) => createHmac('sha256', secret).update(content).digest('hex');

interface Case {
  body: object;
  id: string | null;
  type: string;
  account: string;
  headers(raw: string, atS: number): Record<string, string>;
  /** The time is signed, too. */
  timed: boolean;
}

const graph = (raw: string) => ({ 'x-hub-signature-256': `sha256=${hex(raw)}` });
const versioned = (prefix: string) => (raw: string, atS: number) => ({
  [`${prefix}-signature`]: `v0=${hex(`v0:${atS}:${raw}`)}`,
  [`${prefix}-request-timestamp`]: String(atS),
});
const graphBody = (id: string, field: string, value: object) => ({
  entry: [{ id, changes: [{ field, value }] }],
});

const cases: Record<string, Case> = {
  'meta-ads': {
    body: graphBody('104417733908', 'leadgen', { leadgen_id: '77120', form_id: '884100277319' }),
    id: '77120',
    type: 'leadgen',
    account: '104417733908',
    headers: graph,
    timed: false,
  },
  whatsapp: {
    body: graphBody('310044118820', 'messages', { statuses: [{ id: 'wamid.A1', status: 'delivered' }] }),
    id: 'wamid.A1:delivered',
    type: 'status.delivered',
    account: '310044118820',
    headers: graph,
    timed: false,
  },
  slack: {
    body: { type: 'event_callback', event_id: 'Ev1', team_id: 'T1', event: { type: 'message' } },
    id: 'Ev1',
    type: 'message',
    account: 'T1',
    headers: versioned('x-slack'),
    timed: true,
  },
  zoom: {
    body: { event: 'meeting.ended', event_ts: 1, payload: { account_id: 'acc1', object: { id: '841' } } },
    id: null,
    type: 'meeting.ended',
    account: 'acc1',
    headers: versioned('x-zm'),
    timed: true,
  },
};

function receive(name: string, delivery: Partial<Delivery>): Promise<Received> | Received {
  const scheme = findServer(name)?.webhook;
  assert.ok(scheme, `${name} has no webhooks`);
  const whole = {
    method: 'POST',
    url: 'https://app.example/hooks/abc',
    headers: {},
    raw: Buffer.alloc(0),
    ...delivery,
  };
  return scheme.receive(whole, secret, nowMs);
}

function signed(name: string, body: object, atS = nowS) {
  const raw = JSON.stringify(body);
  return { raw: Buffer.from(raw), headers: cases[name]!.headers(raw, atS) };
}

describe('[MCP-06] [MCP-19] [MCP-20] [MCP-21] deliveries of Meta, WhatsApp, Slack and Zoom', () => {
  for (const [name, { body, id, type, account, timed }] of Object.entries(cases)) {
    it(`${name}: a genuine one is known by id, type and account`, async () => {
      const received = await receive(name, signed(name, body));
      assert.equal(received.verdict, 'event');
      assert.deepEqual([received.type, received.account], [type, account]);
      if (id !== null) assert.equal(received.id, id);
      const again = await receive(name, signed(name, body));
      assert.equal(again.verdict === 'event' && again.id, received.id);
    });

    it(`${name}: one that was changed, unsigned or signed by others is refused`, async () => {
      const good = signed(name, body);
      const changed = await receive(name, { ...good, raw: Buffer.from(`${good.raw.toString()} `) });
      assert.equal(changed.verdict, 'refused');
      assert.equal((await receive(name, { raw: good.raw })).verdict, 'refused');
      const header = Object.keys(good.headers).find((one) => one.includes('signature'))!;
      const headers = {
        ...good.headers,
        [header]: good.headers[header]!.replace(/.$/, (end) => (end === '0' ? '1' : '0')),
      };
      assert.equal((await receive(name, { ...good, headers })).verdict, 'refused');
    });

    if (timed) {
      it(`${name}: an old one is refused although it is genuine`, async () => {
        assert.equal((await receive(name, signed(name, body, nowS - 299))).verdict, 'event');
        assert.equal((await receive(name, signed(name, body, nowS - 301))).verdict, 'refused');
      });
    }
  }

  it('two states of one WhatsApp message are two events, an answer of a customer is a third', async () => {
    const state = (status: string) => graphBody('1', 'messages', { statuses: [{ id: 'wamid.A1', status }] });
    const incoming = graphBody('1', 'messages', { messages: [{ id: 'wamid.B2', type: 'text' }] });
    const received: Received[] = [];
    for (const body of [state('sent'), state('read'), incoming]) {
      received.push(await receive('whatsapp', signed('whatsapp', body)));
    }
    assert.deepEqual(
      received.map((one) => one.verdict === 'event' && [one.id, one.type]),
      [
        ['wamid.A1:sent', 'status.sent'],
        ['wamid.A1:read', 'status.read'],
        ['wamid.B2', 'message'],
      ],
    );
  });

  it('Meta gets its number back, and nothing but a number', async () => {
    const asked = (challenge: string) =>
      receive('meta-ads', {
        method: 'GET',
        url: `https://app.example/hooks/abc?hub.mode=subscribe&hub.challenge=${encodeURIComponent(challenge)}`,
      });
    const answered = await asked('1158201444');
    assert.deepEqual(answered, {
      verdict: 'challenge',
      status: 200,
      body: '1158201444',
      contentType: 'text/plain',
    });
    assert.equal((await asked('<script>')).verdict, 'refused');
  });

  it('Slack and Zoom are answered when they ask whose address it is, only with a genuine signature', async () => {
    const slack = { type: 'url_verification', challenge: 'c1' };
    const fromSlack = await receive('slack', signed('slack', slack));
    assert.deepEqual(fromSlack.verdict === 'challenge' && JSON.parse(fromSlack.body), { challenge: 'c1' });
    const zoom = { event: 'endpoint.url_validation', payload: { plainToken: 'p1' } };
    const fromZoom = await receive('zoom', signed('zoom', zoom));
    assert.deepEqual(fromZoom.verdict === 'challenge' && JSON.parse(fromZoom.body), {
      plainToken: 'p1',
      encryptedToken: hex('p1'),
    });
    const raw = Buffer.from(JSON.stringify(zoom));
    assert.equal((await receive('zoom', { raw })).verdict, 'refused');
  });
});
