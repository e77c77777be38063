import { type Card, type PaymentMethod, paymentMethod } from '../../db/domain/billing/cards.ts';
import { askSandbox } from './sandbox-http.ts';

/**
 * Exchanges a card for the gateway's token. Composed at the edge, so that a card number ends there and reaches no
 * process, log or table. Throws `payment.declined`, `payment.gateway-unavailable`.
 */
export function tokenizeSandboxCard(baseUrl: string): (card: Card) => Promise<PaymentMethod> {
  return async ({ number, expMonth, expYear, cvc }) => {
    const body = { number, expMonth, expYear, cvc };
    return paymentMethod.parse(await askSandbox(baseUrl, { path: '/v1/payment-methods', body }));
  };
}
