import { problemByStatus } from '../../kit/answers.ts';
import { signHeaders } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { hmac, idOf, inWindow, jsonOf, refused, same, type WebhookScheme } from '../../kit/webhooks.ts';

/** Invalid keys are answered with 403, and some refusals with 200 and `status: "error"`. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { message: 'message' });
  if (problem) return reply.status === 403 ? { ...problem, kind: 'credentials' } : problem;
  if (at(reply.body, 'status') !== 'error') return null;
  const said = at(reply.body, 'message');
  return {
    kind: 'refused',
    code: 'error',
    message: typeof said === 'string' ? said : 'The service declined without saying why.',
  };
}

const textOr = (value: unknown, otherwise: string) =>
  typeof value === 'string' && value ? value : otherwise;

/** Before a URL is saved, 10Web calls it once without a signature. */
const webhook: WebhookScheme = {
  summary: 'HMAC-SHA256 over time and body',
  secretField: 'webhookSecret',
  receive(delivery, secret, nowMs) {
    const payload = jsonOf(delivery);
    if (!payload) return refused('the body is no JSON');
    const given = delivery.headers['x-10web-signature'];
    if (given === undefined && payload['test'] === true)
      return { verdict: 'challenge', status: 200, body: '' };
    const time = delivery.headers['x-10web-timestamp'] ?? '';
    const content = Buffer.concat([Buffer.from(`${time}.`), delivery.raw]);
    if (!same(given ?? '', `v1=${hmac('sha256', secret, content, 'hex')}`)) {
      return refused('the signature does not fit');
    }
    if (!inWindow(Number(time) * 1_000, nowMs)) return refused('the delivery is too old');
    return {
      verdict: 'event',
      id: textOr(payload['event_id'], idOf(delivery)),
      type: textOr(payload['event'], 'unknown'),
      payload,
    };
  },
};

export const manifest = defineManifest({
  name: 'tenweb',
  title: '10Web',
  summary: 'Have websites built by AI on WordPress hosting, with staging, backups and domains.',
  category: 'website',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://apidocs.10web.io/',
  credentials: [
    { key: 'apiKey', label: 'API key', hint: 'In the reseller dashboard of 10Web.', secret: true },
    {
      key: 'webhookSecret',
      label: 'Webhook secret',
      hint: 'Shown in the reseller dashboard when the address for events is saved. Needed to receive events.',
      secret: true,
      optional: true,
      pattern: '^whsec_.+$',
      placeholder: 'whsec_…',
    },
  ],
  auth: { kind: 'key', sign: signHeaders({ 'x-api-key': 'apiKey' }) },
  api: { baseUrl: 'https://api.10web.io', problemOf },
  webhook,
  probe: { tool: 'tenweb_list_websites', arguments: {} },
});
