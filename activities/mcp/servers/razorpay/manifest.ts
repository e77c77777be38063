import { problemByStatus } from '../../kit/answers.ts';
import { signBasic } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { signedBody } from '../../kit/webhooks.ts';

/** One code covers nearly every error, so only the message tells what wasn't found. */
function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'error.code', message: 'error.description' });
  if (!problem) return null;
  const field = at(reply.body, 'error.field');
  const reason = at(reply.body, 'error.reason');
  const absent = reply.status === 400 && /does not exist|not found/i.test(problem.message);
  const named = typeof reason === 'string' && !['', 'NA', 'input_validation_failed'].includes(reason);
  return {
    ...problem,
    ...(absent && { kind: 'not-found' as const }),
    ...(named && { code: reason }),
    ...(typeof field === 'string' && field && { fields: { [field]: problem.message } }),
  };
}

export const manifest = defineManifest({
  name: 'razorpay',
  title: 'Razorpay',
  summary: 'Take payments in India by link, invoice or subscription, and give refunds.',
  category: 'payments',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://razorpay.com/docs/api/',
  credentials: [
    {
      key: 'keyId',
      label: 'Key id',
      hint: 'In the dashboard of Razorpay under Account and settings, API keys.',
      secret: false,
      pattern: '^rzp_(test|live)_[A-Za-z0-9]+$',
      placeholder: 'rzp_live_…',
    },
    { key: 'keySecret', label: 'Key secret', secret: true },
    {
      key: 'currency',
      label: 'Currency of settlements',
      hint: 'Leave it empty for Indian rupees.',
      secret: false,
      optional: true,
      pattern: '^[A-Z]{3}$',
      placeholder: 'INR',
    },
    { key: 'webhookSecret', label: 'Secret of the webhook', secret: true, optional: true },
  ],
  auth: { kind: 'key', sign: signBasic('keyId', 'keySecret') },
  api: { baseUrl: 'https://api.razorpay.com/v1', problemOf },
  webhook: signedBody({
    header: 'x-razorpay-signature',
    encoding: 'hex',
    secretField: 'webhookSecret',
    summary: 'HMAC-SHA256 over the body',
    idHeader: 'x-razorpay-event-id',
    type: (payload) => payload['event'],
    account: (payload) => payload['account_id'],
  }),
  probe: { tool: 'razorpay_list_payments', arguments: { limit: 1 } },
});
