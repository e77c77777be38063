import { problemByStatus, waitsMs } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { jsonOf, signedTimeAndBody } from '../../kit/webhooks.ts';

/** Stripe's error object: the type is the kind of error, the decline code why a card was declined. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'error.code', message: 'error.message' });
  if (!problem) return null;
  const type = at(reply.body, 'error.type');
  const decline = at(reply.body, 'error.decline_code');
  const param = at(reply.body, 'error.param');
  const wait = waitsMs(reply, 'retry-after');
  return {
    ...problem,
    ...(type === 'card_error' && { kind: 'refused' as const }),
    ...(type === 'idempotency_error' && { kind: 'invalid' as const, code: 'idempotency_error' }),
    ...(typeof decline === 'string' && { code: decline }),
    ...(typeof param === 'string' && { fields: { [param]: problem.message } }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

export const manifest = defineManifest({
  name: 'stripe',
  title: 'Stripe',
  summary: 'Take payments, send invoices and manage subscriptions.',
  category: 'payments',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://docs.stripe.com/api',
  credentials: [
    {
      key: 'apiKey',
      label: 'Restricted API key',
      hint: 'In Stripe under Developers, API keys. Give it only the rights the tools need.',
      secret: true,
      pattern: '^(sk|rk)_(test|live)_[A-Za-z0-9]+$',
      placeholder: 'rk_live_…',
    },
    {
      key: 'stripeAccount',
      label: 'Connected account',
      secret: false,
      optional: true,
      placeholder: 'acct_…',
    },
    {
      key: 'webhookSecret',
      label: 'Signing secret of the webhook',
      secret: true,
      optional: true,
      placeholder: 'whsec_…',
    },
  ],
  auth: { kind: 'key', sign: signBearer('apiKey') },
  api: {
    baseUrl: 'https://api.stripe.com',
    bodies: 'form',
    headers: ({ stripeAccount }) => ({
      'Stripe-Version': '2026-07-29.dahlia',
      ...(stripeAccount && { 'Stripe-Account': stripeAccount }),
    }),
    idempotency: { header: 'Idempotency-Key', methods: ['POST'] },
    requestId: 'request-id',
    problemOf,
  },
  webhook: signedTimeAndBody({
    header: 'stripe-signature',
    secretField: 'webhookSecret',
    summary: 'HMAC-SHA256 over time and body',
    read(delivery) {
      const event = jsonOf(delivery);
      return event && { id: event['id'], type: event['type'], payload: event };
    },
  }),
  probe: { tool: 'stripe_get_balance', arguments: {} },
});
