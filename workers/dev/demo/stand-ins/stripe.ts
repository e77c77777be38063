import type { StandIn, VendorAnswer } from './stand-in.ts';

const customers = [
  ['cus_Q1rosa', 'Rosa Rivera', 'rosa@rivera-bakery.example'],
  ['cus_Q2jens', 'Jens Petersen', 'jens@nordlicht.example'],
  ['cus_Q3adaeze', 'Adaeze Okafor', 'adaeze@okafor-physio.example'],
  ['cus_Q4ingrid', 'Ingrid Solberg', 'ingrid@fjord-legal.example'],
].map(([id, name, email]) => ({ id, object: 'customer', name, email }));

const ok = (body: unknown): VendorAnswer => ({ status: 200, body });
const missing: VendorAnswer = {
  status: 404,
  body: {
    error: {
      type: 'invalid_request_error',
      code: 'resource_missing',
      param: 'payment_intent',
      message: 'No such payment_intent.',
    },
  },
};

/** Payments whose id names them as missing do not exist; every other one is of 42.50 EUR. */
function payment(id: string): VendorAnswer {
  if (id.includes('missing')) return missing;
  return ok({ id, object: 'payment_intent', status: 'succeeded', amount: 4_250, currency: 'eur' });
}

export const stripe: StandIn = {
  server: 'stripe',
  answer({ method, path, body }) {
    if (path === '/v1/balance') {
      return ok({
        available: [{ amount: 420_050, currency: 'eur' }],
        pending: [{ amount: 18_900, currency: 'eur' }],
      });
    }
    if (path === '/v1/customers' && method === 'GET') return ok({ data: customers, has_more: false });
    if (path.startsWith('/v1/payment_intents/')) return payment(path.split('/')[3] ?? '');
    if (path === '/v1/refunds') {
      const form = new URLSearchParams(body);
      if (form.get('payment_intent')?.includes('missing')) return missing;
      const amount = Number(form.get('amount') ?? 4_250);
      return ok({ id: 're_1Demo', object: 'refund', status: 'succeeded', amount, currency: 'eur' });
    }
    return {
      status: 404,
      body: {
        error: { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` },
      },
    };
  },
};
