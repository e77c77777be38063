import { createPublicKey, verify } from 'node:crypto';
import { at } from '../../kit/paging.ts';
import { type Delivery, idOf, inWindow, refused, type WebhookScheme } from '../../kit/webhooks.ts';

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

const part = (encoded: string) => json(Buffer.from(encoded, 'base64url').toString());

/** The claims of the JWT that is the whole body, when Wix signed it; other algorithms are refused. @see RFC 8725. */
function claimsOf(delivery: Delivery, publicKey: string): unknown {
  const [head = '', claims = '', signature = '', ...rest] = delivery.raw.toString().trim().split('.');
  if (rest.length > 0 || at(part(head), 'alg') !== 'RS256') return null;
  try {
    const content = Buffer.from(`${head}.${claims}`);
    const fits = verify('sha256', content, createPublicKey(publicKey), Buffer.from(signature, 'base64url'));
    return fits ? part(claims) : null;
  } catch {
    return null;
  }
}

/** The body is a signed JWT; it holds the event as a JSON string, which holds its data as another JSON string. */
export const webhook: WebhookScheme = {
  summary: 'RS256: the body is a token signed by Wix',
  secretField: 'webhookPublicKey',
  receive(delivery, publicKey, nowMs) {
    const claims = claimsOf(delivery, publicKey);
    if (claims === null) return refused('the signature does not fit');
    if (!inWindow(Number(at(claims, 'iat')) * 1_000, nowMs)) return refused('the delivery is too old');
    const event = json(at(claims, 'data'));
    const payload = json(at(event, 'data'));
    const type = at(event, 'eventType');
    const id = at(payload, 'id');
    const site = at(event, 'instanceId');
    return {
      verdict: 'event',
      id: typeof id === 'string' ? id : idOf(delivery),
      type: typeof type === 'string' ? type : 'unknown',
      payload,
      ...(typeof site === 'string' && { account: site }),
    };
  },
};
