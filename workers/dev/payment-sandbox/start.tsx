import { join } from 'node:path';
import type { z } from 'zod';
import type { Answer, Call } from '../kit/http.ts';
import { json, page, serveHttp } from '../kit/http.ts';
import type { Say } from '../kit/say.ts';
import type { Gateway, Idempotency, Reply } from './gateway.ts';
import { fingerprint, openGateway, refusal } from './gateway.ts';
import { ChargesPage } from './page.tsx';
import { bodies } from './records.ts';

/** A small payment gateway with test cards. */
export type PaymentSandbox = Readonly<{ url: string; stop: () => Promise<void> }>;

/** Starts it over the ledger kept in `directory`; without a host on 127.0.0.1. */
export async function startPaymentSandbox(options: {
  directory: string;
  host?: string;
  port: number;
  say: Say;
}): Promise<PaymentSandbox> {
  const gateway = await openGateway(join(options.directory, 'ledger.jsonl'));
  const http = await serveHttp(options, (call) => route(gateway, call), options.say);
  return {
    url: `http://127.0.0.1:${options.port}`,
    stop: async () => {
      await http.stop();
      await gateway.close();
    },
  };
}

async function route(gateway: Gateway, call: Call): Promise<Answer> {
  if (call.method === 'GET') return read(gateway, call);
  if (call.method !== 'POST') return send(refusal(405, 'method_not_allowed', 'Only GET and POST work here.'));
  return send(await write(gateway, call));
}

function read(gateway: Gateway, { path, query }: Call): Answer {
  if (path === '/') return page(<ChargesPage charges={gateway.listCharges()} />);
  if (path === '/v1/charges')
    return json(200, { items: gateway.listCharges(query.get('customerRef') ?? undefined) });
  const [, id] = /^\/v1\/charges\/([^/]+)$/.exec(path) ?? [];
  const charge = id ? gateway.findCharge(id) : null;
  return charge ? json(200, charge) : send(notFound);
}

async function write(gateway: Gateway, call: Call): Promise<Reply> {
  const [, chargeId] = /^\/v1\/charges\/([^/]+)\/refunds$/.exec(call.path) ?? [];
  if (chargeId) return keyed(call, bodies.refund, (body, request) => gateway.refund(chargeId, body, request));
  switch (call.path) {
    case '/v1/payment-methods':
      return parsed(call, bodies.paymentMethod, (body) => gateway.addPaymentMethod(body));
    case '/v1/verifications':
      return keyed(call, bodies.verification, (body, request) => gateway.verify(body, request));
    case '/v1/charges':
      return keyed(call, bodies.charge, (body, request) => gateway.charge(body, request));
    default:
      return notFound;
  }
}

const notFound = refusal(404, 'resource_missing', 'There is nothing at this address.');

/** Reads the body by its schema; the first thing wrong with it is named in the answer. */
async function parsed<S extends z.ZodType>(
  call: Call,
  schema: S,
  use: (body: z.output<S>) => Promise<Reply>,
): Promise<Reply> {
  let given: unknown;
  try {
    given = JSON.parse(call.body || '{}');
  } catch {
    return refusal(400, 'body_invalid', 'The body is not JSON.');
  }
  const result = schema.safeParse(given);
  if (result.success) return use(result.data);
  const issue = result.error.issues[0];
  const field = issue?.path.join('.') || 'body';
  return refusal(400, 'parameter_invalid', `${field}: ${issue?.message ?? 'is not valid'}`);
}

function keyed<S extends z.ZodType>(
  call: Call,
  schema: S,
  use: (body: z.output<S>, request: Idempotency) => Promise<Reply>,
): Promise<Reply> {
  return parsed(call, schema, async (body) => {
    const key = call.header('idempotency-key');
    if (!key || key.length > 255) {
      const message = 'An Idempotency-Key header of 1 to 255 characters is required.';
      return refusal(400, 'idempotency_key_required', message);
    }
    return use(body, { key, fingerprint: fingerprint(call.path, body) });
  });
}

function send({ status, body }: Reply): Answer {
  return json(status, body);
}
