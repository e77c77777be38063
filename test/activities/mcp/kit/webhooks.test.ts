import assert from 'node:assert/strict';
import {
  type Delivery,
  hmac,
  idOf,
  inWindow,
  jsonOf,
  same,
  secretAddress,
  signedBody,
  signedTimeAndBody,
  signedVersionTimeBody,
  windowMs,
} from '../../../../activities/mcp/kit/webhooks.ts';

const nowMs = Date.parse('2026-11-24T09:00:00Z');
const nowS = nowMs / 1_000;
const delivery = (raw: string, headers: Record<string, string> = {}): Delivery => ({
  method: 'POST',
  url: 'https://us.example/hooks/x',
  headers,
  raw: Buffer.from(raw),
});
const body = '{"id":"evt_1","type":"paid","n":1.0}';
const common = { secretField: 'secret', summary: 'A signature' };

describe('[MCP-03] [MCP-20] [MCP-21] proofs of webhooks', () => {
  it('the signature is over the bytes, not over what they mean', async () => {
    const scheme = signedBody({
      ...common,
      header: 'x-sig',
      prefix: 'sha256=',
      encoding: 'hex',
      type: (of) => of['type'],
    });
    const sign = (raw: string) => ({ 'x-sig': `sha256=${hmac('sha256', 'whsec', raw, 'hex')}` });
    const good = await scheme.receive(delivery(body, sign(body)), 'whsec', nowMs);
    assert.deepEqual([good.verdict, 'type' in good && good.type], ['event', 'paid']);
    const otherBytes = JSON.stringify(JSON.parse(body));
    const wrong: [Delivery, string][] = [
      [delivery(otherBytes, sign(body)), 'whsec'],
      [delivery(body, sign(body)), 'other'],
      [delivery(body, { 'x-sig': hmac('sha256', 'whsec', body, 'hex') }), 'whsec'],
      [delivery(body, { 'x-sig': '' }), 'whsec'],
      [delivery(body), 'whsec'],
      [delivery('no json', sign('no json')), 'whsec'],
    ];
    for (const [one, secret] of wrong) {
      assert.equal((await scheme.receive(one, secret, nowMs)).verdict, 'refused', one.raw.toString());
    }
  });

  it('an old delivery is a replay, and so is one from the future', async () => {
    const read = (one: Delivery) => ({ id: 'evt_1', type: 'paid', payload: jsonOf(one) });
    const scheme = signedTimeAndBody({ ...common, header: 'x-sig', read });
    const at = (time: number | string, secret = 'whsec') =>
      delivery(body, { 'x-sig': `t=${time},v0=beef,v1=${hmac('sha256', secret, `${time}.${body}`, 'hex')}` });
    for (const [time, verdict] of [
      [nowS, 'event'],
      [nowS - windowMs / 1_000, 'event'],
      [nowS - windowMs / 1_000 - 1, 'refused'],
      [nowS + windowMs / 1_000 + 1, 'refused'],
      ['', 'refused'],
      ['soon', 'refused'],
    ] as const) {
      assert.equal((await scheme.receive(at(time), 'whsec', nowMs)).verdict, verdict, String(time));
    }
    const moved = at(nowS - 3_600).headers['x-sig']!.replace(/t=\d+/, `t=${nowS}`);
    assert.equal(
      (await scheme.receive(delivery(body, { 'x-sig': moved }), 'whsec', nowMs)).verdict,
      'refused',
    );
    // While a secret is exchanged, vendors sign with both.
    const both = `${at(nowS, 'old').headers['x-sig']},${at(nowS).headers['x-sig']!.split(',')[2]}`;
    assert.equal((await scheme.receive(delivery(body, { 'x-sig': both }), 'whsec', nowMs)).verdict, 'event');
  });

  it('a check of the address is answered only to who can sign', async () => {
    const scheme = signedVersionTimeBody({
      ...{ ...common, header: 'x-sig', timeHeader: 'x-time' },
      read: ({ type }) => ({ type }),
      challenge: ({ challenge }) =>
        typeof challenge === 'string' ? { verdict: 'challenge', status: 200, body: challenge } : null,
    });
    const ask = '{"challenge":"c1"}';
    const signed = (raw: string, time = nowS) => ({
      'x-time': String(time),
      'x-sig': `v0=${hmac('sha256', 's', `v0:${time}:${raw}`, 'hex')}`,
    });
    assert.equal((await scheme.receive(delivery(ask, signed(ask)), 's', nowMs)).verdict, 'challenge');
    assert.equal((await scheme.receive(delivery(ask), 's', nowMs)).verdict, 'refused');
    assert.equal((await scheme.receive(delivery(body, signed(body)), 's', nowMs)).verdict, 'event');
    assert.equal(
      (await scheme.receive(delivery(body, signed(body, nowS - 3_600)), 's', nowMs)).verdict,
      'refused',
    );
  });

  it('where the address is the secret, a further proof is asked for where there is one', async () => {
    const scheme = secretAddress({
      summary: 'The address',
      secretField: 'password',
      proves: ({ headers }, secret) => same(headers['authorization'] ?? '', secret),
      read: (one) => (jsonOf(one) ? { type: 'paid', payload: jsonOf(one) } : null),
    });
    assert.equal((await scheme.receive(delivery(body, { authorization: 'p' }), 'p', nowMs)).verdict, 'event');
    assert.equal((await scheme.receive(delivery(body), 'p', nowMs)).verdict, 'refused');
    assert.equal(
      (await scheme.receive(delivery('x', { authorization: 'p' }), 'p', nowMs)).verdict,
      'refused',
    );
  });

  it('without an id of the vendor, the same bytes are the same delivery', () => {
    assert.equal(idOf(delivery(body)), idOf(delivery(body, { other: 'header' })));
    assert.notEqual(idOf(delivery(body)), idOf(delivery(`${body} `)));
  });

  it('texts of other lengths are compared without an error, and no time is no time', () => {
    assert.deepEqual(
      [same('a', 'a'), same('a', 'b'), same('a', 'ab'), same('', ''), same('é', 'e')],
      [true, false, false, true, false],
    );
    for (const atMs of [NaN, Infinity, -Infinity]) assert.equal(inWindow(atMs, nowMs), false);
    for (const raw of ['', 'null', '7', '"x"', '{']) assert.equal(jsonOf(delivery(raw)), null);
  });
});
