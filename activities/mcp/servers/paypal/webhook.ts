import { createPublicKey, verify } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { jsonOf, refused, type WebhookScheme } from '../../kit/webhooks.ts';
import { dayMs } from '../../kit/time.ts';

/** PayPal's certificate URLs; no other URL in a delivery is fetched. */
const certificateAddress =
  /^https:\/\/api(?:-m)?(?:\.sandbox)?\.paypal\.com\/v1\/notifications\/certs\/[A-Za-z0-9_-]{1,120}$/;
/** Milliseconds: PayPal retries a failed delivery for three days. */
const retriedForMs = 3 * dayMs;
const fetchTimeoutMs = 5_000;

async function fetchCertificate(address: string): Promise<string> {
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(fetchTimeoutMs) });
  if (!answer.ok) throw new Error(`the certificate was not given (${answer.status})`);
  return answer.text();
}

/**
 * RSA-SHA256 over the ids of delivery and webhook, the time and a checksum of the body. The certificate is fetched once
 * from the URL in the delivery, and only from PayPal's own host.
 */
export function signedByPayPal(readCertificate = fetchCertificate): WebhookScheme {
  const known = new Map<string, Promise<string>>();

  function certificateAt(address: string): Promise<string> {
    let certificate = known.get(address);
    if (!certificate) {
      certificate = readCertificate(address);
      known.set(address, certificate);
      certificate.catch(() => known.delete(address));
    }
    return certificate;
  }

  return {
    summary: 'RSA-SHA256 by the certificate of PayPal',
    secretField: 'webhookId',
    async receive({ headers, ...delivery }, webhookId, nowMs) {
      const header = (name: string) => headers[`paypal-${name}`] ?? '';
      const address = header('cert-url');
      if (!certificateAddress.test(address)) return refused('the certificate is not at PayPal');
      if (header('auth-algo') !== 'SHA256withRSA') return refused('the way of signing is not known');
      const id = header('transmission-id');
      const time = header('transmission-time');
      const ageMs = nowMs - Date.parse(time);
      if (!(Math.abs(ageMs) <= retriedForMs)) return refused('the delivery is too old');
      const text = `${id}|${time}|${webhookId}|${crc32(delivery.raw)}`;
      const signature = Buffer.from(header('transmission-sig'), 'base64');
      const key = createPublicKey(await certificateAt(address));
      if (!verify('sha256', Buffer.from(text), key, signature)) {
        return refused('the signature does not fit');
      }
      const event = jsonOf({ headers, ...delivery });
      if (!event) return refused('the body is no JSON');
      const { id: eventId, event_type: type } = event;
      return {
        verdict: 'event',
        id: typeof eventId === 'string' ? eventId : id,
        type: typeof type === 'string' ? type : 'unknown',
        payload: event,
      };
    },
  };
}
