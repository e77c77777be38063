import { createPublicKey, verify } from 'node:crypto';
import { fieldsOf, problemByStatus, resetsInMs } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { type Delivery, idOf, inWindow, jsonOf, refused, type WebhookScheme } from '../../kit/webhooks.ts';

/** Limits are per endpoint; a header holds the epoch second at which one resets. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, {
    code: 'errors.0.error_id',
    message: 'errors.0.message',
    fields: (body) => fieldsOf(at(body, 'errors'), 'field', 'message'),
  });
  if (problem?.kind !== 'rate-limit') return problem;
  const wait = resetsInMs(reply, 'x-ratelimit-reset');
  return { ...problem, ...(wait !== undefined && { retryAfterMs: wait }) };
}

const header = (delivery: Delivery, name: string) =>
  delivery.headers[`x-twilio-email-event-webhook-${name}`] ?? '';

/** ECDSA: the form holds the public key, which verifies signatures but can't create them. */
function fits(delivery: Delivery, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const content = Buffer.concat([Buffer.from(header(delivery, 'timestamp')), delivery.raw]);
    return verify('sha256', content, key, Buffer.from(header(delivery, 'signature'), 'base64'));
  } catch {
    return false;
  }
}

const webhook: WebhookScheme = {
  summary: 'ECDSA (P-256, SHA-256) over time and body',
  secretField: 'webhookPublicKey',
  receive(delivery, publicKey, nowMs) {
    if (!fits(delivery, publicKey)) return refused('the signature does not fit');
    const timeS = header(delivery, 'timestamp');
    if (timeS === '' || !inWindow(Number(timeS) * 1_000, nowMs)) return refused('the delivery is too old');
    const payload = jsonOf(delivery);
    if (!payload) return refused('the body is no JSON');
    const type = at(payload, '0.event');
    return {
      verdict: 'event',
      id: idOf(delivery),
      type: typeof type === 'string' ? type : 'unknown',
      payload,
    };
  },
};

export const manifest = defineManifest({
  name: 'sendgrid',
  title: 'SendGrid',
  summary: 'Send mails from your own domain and see whether they arrive.',
  category: 'messaging',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://www.twilio.com/docs/sendgrid/api-reference',
  credentials: [
    {
      key: 'apiKey',
      label: 'API key',
      hint: 'In SendGrid under Settings, API Keys. Restricted access is enough.',
      secret: true,
      pattern: '^SG\\.[A-Za-z0-9_.-]+$',
      placeholder: 'SG.…',
    },
    {
      key: 'region',
      label: 'Region',
      hint: 'eu for subusers kept in Europe; global otherwise.',
      secret: false,
      optional: true,
      pattern: '^(global|eu)$',
      placeholder: 'global',
    },
    {
      key: 'subuser',
      label: 'Subuser',
      hint: 'When the key of the main account is to act for one of its subusers.',
      secret: false,
      optional: true,
    },
    {
      key: 'webhookPublicKey',
      label: 'Verification key of the event webhook',
      secret: false,
      optional: true,
    },
  ],
  auth: { kind: 'key', sign: signBearer('apiKey') },
  api: {
    baseUrl: ({ region }) =>
      region === 'eu' ? 'https://api.eu.sendgrid.com/v3' : 'https://api.sendgrid.com/v3',
    headers: ({ subuser }): Record<string, string> => (subuser ? { 'on-behalf-of': subuser } : {}),
    problemOf,
  },
  webhook,
  probe: { tool: 'sendgrid_list_senders', arguments: {} },
});
