import { z } from 'zod';
import type { PaymentGateway } from '../deps.ts';
import { askSandbox } from './sandbox-http.ts';

const chargeAnswer = z.object({ id: z.string(), amountMinor: z.number().int(), currency: z.string() });

/** The payment gateway of the sandbox at `baseUrl`; no real money moves. */
export function sandboxPayments(baseUrl: string): PaymentGateway {
  return {
    name: 'sandbox',

    async verify({ key, ...body }) {
      await askSandbox(baseUrl, { path: '/v1/verifications', body, key });
    },

    async charge({ key, ...body }) {
      const { id, ...money } = chargeAnswer.parse(
        await askSandbox(baseUrl, { path: '/v1/charges', body, key }),
      );
      return { ref: id, ...money };
    },

    async refund({ chargeRef, key }) {
      await askSandbox(baseUrl, {
        path: `/v1/charges/${encodeURIComponent(chargeRef)}/refunds`,
        body: {},
        key,
        // Given back by another hand: what was asked for is so.
        accept: ['charge_already_refunded'],
      });
    },
  };
}
