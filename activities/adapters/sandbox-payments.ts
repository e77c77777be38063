import { z } from 'zod';
import type { PaymentGateway } from '../ports.ts';
import { askSandbox } from './sandbox-http.ts';

/** A card that the gateway no longer knows has to be entered again; retrying doesn't help. */
const missing = 'payment.method-required';

const chargeAnswer = z.object({ id: z.string(), amountMinor: z.number().int(), currency: z.string() });

const chargeList = z.object({
  items: z.array(chargeAnswer.extend({ status: z.string(), refundedMinor: z.number().int() })),
});

/** The payment gateway of the sandbox at `baseUrl`; no real money moves. */
export function sandboxPayments(baseUrl: string): PaymentGateway {
  return {
    name: 'sandbox',

    async verify({ key, ...body }) {
      await askSandbox(baseUrl, { path: '/v1/verifications', body, key, missing });
    },

    async charge({ key, ...body }) {
      const { id, ...money } = chargeAnswer.parse(
        await askSandbox(baseUrl, { path: '/v1/charges', body, key, missing }),
      );
      return { ref: id, ...money };
    },

    async listCharges({ customerRef }) {
      const path = `/v1/charges?${new URLSearchParams({ customerRef }).toString()}`;
      const { items } = chargeList.parse(await askSandbox(baseUrl, { path }));
      return items
        .filter(({ status }) => status === 'succeeded')
        .map(({ id: ref, amountMinor, currency, refundedMinor }) => ({
          ...{ ref, amountMinor, currency },
          refunded: refundedMinor > 0,
        }));
    },

    async refund({ chargeRef, amountMinor, key }) {
      await askSandbox(baseUrl, {
        path: `/v1/charges/${encodeURIComponent(chargeRef)}/refunds`,
        body: amountMinor === undefined ? {} : { amountMinor },
        key,
        // Already refunded by someone else, so the wanted state is reached.
        accept: ['charge_already_refunded'],
      });
    },
  };
}
