import { decideApproval } from '../support/approvals.ts';
import type { Caller, Platform } from '../support/api.ts';
import { json, standIn, stubVendor } from '../support/tools.ts';
import type { Planted } from './planted.ts';

const customers = ['Rosa Rivera', 'Jens Petersen', 'Adaeze Okafor'].map((name, index) => ({
  id: `cus_${index + 1}`,
  name,
  email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@customers.example`,
}));

/** A Stripe that has a balance and three customers, and gives back what it is asked to. */
export async function stripeStandIn({ world }: Platform) {
  const vendor = await stubVendor();
  vendor.answer(({ method, path }, response) => {
    if (path === '/v1/balance') {
      return json(response, 200, { available: [{ amount: 420_050, currency: 'eur' }], pending: [] });
    }
    if (path.startsWith('/v1/customers')) return json(response, 200, { data: customers, has_more: false });
    if (method === 'GET') return json(response, 200, { id: 'pi_1', currency: 'eur' });
    return json(response, 200, { id: 're_1', status: 'succeeded', amount: 900, currency: 'eur' });
  });
  standIn(world, 'stripe', vendor.url);
  return vendor;
}

/** A service that is not ours, of which nothing was read yet. */
export const plantedService = 'planted-crm';
const service = {
  name: plantedService,
  title: 'Planted CRM',
  summary: 'Keeps customers.',
  category: 'customers',
  docsUrl: 'https://crm.example/docs',
  source: { kind: 'remote', url: 'https://crm.example/mcp' },
  fields: [{ label: 'API key', sentAs: 'Authorization', secret: true, optional: false }],
  reason: 'Three customers have asked for it',
};

async function call(caller: Caller, path: string, body: unknown) {
  const { status, text, body: answer } = await caller.call('POST', path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${text.slice(0, 300)}`);
  return answer as { callId: string; approvalId: string };
}

/** Connects the live business with Stripe and uses its tools: read, asked, refused. Ends with the stand-in's `close`. */
export async function plantTools(platform: Platform, { live }: Planted) {
  const vendor = await stripeStandIn(platform);
  await call(await platform.admin(), '/api/admin/integrations/servers', service);
  await call(live, '/api/client/integrations/stripe/connect', { apiKey: 'rk_test_planted7' });
  const use = (tool: string, args = {}) =>
    call(live, `/api/client/tools/${tool}/calls`, { server: 'stripe', arguments: args });
  const done = await use('stripe_list_customers');
  const refused = await use('stripe_create_refund', { payment_intent_id: 'pi_2' });
  const reason = 'The customer has kept the cake';
  const declined = await decideApproval(live, refused.approvalId, { decision: 'declined', reason });
  if (declined.status !== 200) throw new Error(declined.text);
  const waiting = await use('stripe_create_refund', {
    payment_intent_id: 'pi_1',
    amount: { minor: 900, currency: 'EUR' },
  });
  return { calls: { done: done.callId, waiting: waiting.callId }, close: vendor.close };
}
