import { problemByStatus } from '../../kit/answers.ts';
import type { Sign } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { hmac, idOf, jsonOf, refused, same, type WebhookScheme } from '../../kit/webhooks.ts';

/** Limits are per ten seconds, and no header says when the next window starts. */
const windowMs = 10_000;

/** Key and token go into a header, not into URLs, which end up in logs. */
const sign: Sign = (request, { apiKey = '', token = '' }) => {
  request.headers['authorization'] = `OAuth oauth_consumer_key="${apiKey}", oauth_token="${token}"`;
};

/** Many errors are plain text; 401 also means that a member has no access. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'error', message: 'message' });
  if (!problem) return null;
  const sentence = typeof reply.body === 'string' ? reply.body.trim().slice(0, 300) : '';
  const message = sentence || problem.message;
  if (problem.kind === 'rate-limit') return { retryAfterMs: windowMs, ...problem, message };
  const forbidden = problem.kind === 'credentials' && /permission/i.test(message);
  return { ...problem, message, ...(forbidden && { kind: 'permission' }) };
}

/** The signature covers the URL; on registration, Trello only checks that the URL exists. */
const webhook: WebhookScheme = {
  summary: 'HMAC-SHA1 over body and address',
  secretField: 'apiSecret',
  receive(delivery, secret) {
    if (delivery.method === 'HEAD') return { verdict: 'challenge', status: 200, body: '' };
    const content = Buffer.concat([delivery.raw, Buffer.from(delivery.url)]);
    const given = delivery.headers['x-trello-webhook'] ?? '';
    if (!same(given, hmac('sha1', secret, content, 'base64'))) return refused('the signature does not fit');
    const payload = jsonOf(delivery);
    if (!payload) return refused('the body is no JSON');
    const id = at(payload, 'action.id');
    const type = at(payload, 'action.type');
    return {
      verdict: 'event',
      id: typeof id === 'string' ? id : idOf(delivery),
      type: typeof type === 'string' ? type : 'unknown',
      payload,
    };
  },
};

export const manifest = defineManifest({
  name: 'trello',
  title: 'Trello',
  summary: 'Keep track of work on boards: lists, cards, checklists and comments.',
  category: 'productivity',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://developer.atlassian.com/cloud/trello/rest/',
  credentials: [
    {
      key: 'apiKey',
      label: 'API key',
      hint: 'At trello.com/power-ups/admin, under API key of your Power-Up.',
      secret: true,
      pattern: '^[0-9a-f]{32}$',
    },
    {
      key: 'token',
      label: 'Token',
      hint: 'Made with the link beside the API key; it acts as you.',
      secret: true,
      pattern: '^[A-Za-z0-9]{64,100}$',
    },
    {
      key: 'apiSecret',
      label: 'Secret of the API key',
      hint: 'Needed to receive events.',
      secret: true,
      optional: true,
    },
  ],
  auth: { kind: 'key', sign },
  api: { baseUrl: 'https://api.trello.com/1', problemOf },
  webhook,
  probe: { tool: 'trello_list_boards', arguments: {} },
});
