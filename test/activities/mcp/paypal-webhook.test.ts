import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { signedByPayPal } from '../../../activities/mcp/servers/paypal/webhook.ts';
import { dayMs } from '../../../db/domain/time.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const webhookId = '4JH86294D6297924G';
const nowMs = Date.parse('2026-11-02T09:00:00Z');
const certificate = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77';
const event = JSON.stringify({ id: 'WH-7Y7254563A4550640', event_type: 'INVOICING.INVOICE.PAID' });

function delivery(given: { at?: number; body?: string; signedBody?: string; headers?: object } = {}) {
  const { at = nowMs, body = event, headers = {} } = given;
  const time = new Date(at).toISOString();
  const text = `69cd13f0-d67a|${time}|${webhookId}|${crc32(given.signedBody ?? body)}`;
  return {
    method: 'POST',
    url: 'https://example.com/hooks/paypal',
    headers: {
      'paypal-transmission-id': '69cd13f0-d67a',
      'paypal-transmission-time': time,
      'paypal-transmission-sig': sign('sha256', Buffer.from(text), privateKey).toString('base64'),
      'paypal-cert-url': certificate,
      'paypal-auth-algo': 'SHA256withRSA',
      ...headers,
    },
    raw: Buffer.from(body),
  };
}

describe('[MCP-04] deliveries of PayPal', () => {
  let asked: string[];
  let scheme: ReturnType<typeof signedByPayPal>;
  beforeEach(() => {
    asked = [];
    scheme = signedByPayPal(async (address) => {
      asked.push(address);
      return publicKey.export({ type: 'spki', format: 'pem' }).toString();
    });
  });
  const verdictOf = async (given: ReturnType<typeof delivery>, id = webhookId) => {
    const received = await scheme.receive(given, id, nowMs);
    return received.verdict === 'refused' ? received.reason : received.verdict;
  };

  it('are taken when signed, with id and type of the event, and the certificate is read once', async () => {
    const received = await scheme.receive(delivery(), webhookId, nowMs);
    assert.deepEqual(received, {
      verdict: 'event',
      id: 'WH-7Y7254563A4550640',
      type: 'INVOICING.INVOICE.PAID',
      payload: JSON.parse(event) as unknown,
    });
    assert.equal(await verdictOf(delivery()), 'event');
    assert.deepEqual(asked, [certificate]);
  });

  it('are refused when the body, the webhook or the way of signing is another', async () => {
    const changed = delivery({ body: event.replace('PAID', 'SENT'), signedBody: event });
    assert.equal(await verdictOf(changed), 'the signature does not fit');
    assert.equal(await verdictOf(delivery(), '1AB23456CD7890123'), 'the signature does not fit');
    const weak = delivery({ headers: { 'paypal-auth-algo': 'SHA1withRSA' } });
    assert.equal(await verdictOf(weak), 'the way of signing is not known');
  });

  it('never lead to a certificate elsewhere', async () => {
    for (const address of [
      'https://api.paypal.com.example.net/v1/notifications/certs/CERT-1',
      'http://api.paypal.com/v1/notifications/certs/CERT-1',
      'https://api.paypal.com/v1/notifications/certs/../../other',
      'https://example.com/?https://api.paypal.com/v1/notifications/certs/CERT-1',
    ]) {
      const given = delivery({ headers: { 'paypal-cert-url': address } });
      assert.equal(await verdictOf(given), 'the certificate is not at PayPal');
    }
    assert.deepEqual(asked, []);
  });

  it('are taken for the three days in which PayPal tries again, and not later', async () => {
    assert.equal(await verdictOf(delivery({ at: nowMs - 2.9 * dayMs })), 'event');
    assert.equal(await verdictOf(delivery({ at: nowMs - 3.1 * dayMs })), 'the delivery is too old');
  });
});
