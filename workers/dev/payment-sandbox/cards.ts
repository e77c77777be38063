/** How the bank behind a test card behaves; this, not the number, is what the sandbox remembers of a card. */
export const behaviours = [
  'approve',
  'approve_on_session_only',
  // Accepted when it is entered, refused when it is charged later.
  'later_insufficient_funds',
  'later_expired_card',
  'later_stolen_card',
  'later_authentication_required',
  'later_unavailable',
  /** Refused twice when it is charged later, then accepted. */
  'later_third_try',
  'generic_decline',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
] as const;
export type Behaviour = (typeof behaviours)[number];

export type CardInput = Readonly<{ number: string; expMonth: number; expYear: number; cvc: string }>;
export type Card = Readonly<{
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  behaviour: Behaviour;
}>;
/** Why the gateway says no; `declineCode` is the bank's own word. Messages are fit for the card holder. */
export type CardProblem = Readonly<{ code: string; declineCode?: string; message: string }>;

const testCards: Readonly<Record<string, Behaviour>> = {
  '4242424242424242': 'approve',
  '4000056655665556': 'approve',
  '5555555555554444': 'approve',
  '378282246310005': 'approve',
  '6011111111111117': 'approve',
  '4000000000000341': 'approve_on_session_only',
  '4000000000003402': 'later_insufficient_funds',
  '4000000000003501': 'later_expired_card',
  '4000000000003618': 'later_stolen_card',
  '4000000000003709': 'later_authentication_required',
  '4000000000003808': 'later_third_try',
  '4000000000003907': 'later_unavailable',
  '4000000000000002': 'generic_decline',
  '4000000000009995': 'insufficient_funds',
  '4000000000000069': 'expired_card',
  '4000000000000127': 'incorrect_cvc',
};

/** Checks what a form sent. A number that is not a test card is refused: real cards have no business in a sandbox. */
export function readCard(input: CardInput, now: Date): Card | CardProblem {
  const number = input.number.replace(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    return { code: 'incorrect_number', message: 'Your card number is incorrect.' };
  }
  if (!Number.isInteger(input.expMonth) || input.expMonth < 1 || input.expMonth > 12) {
    return { code: 'invalid_expiry_month', message: "Your card's expiration month is invalid." };
  }
  const expYear = input.expYear < 100 ? 2000 + input.expYear : input.expYear;
  if (!Number.isInteger(expYear) || expYear > now.getUTCFullYear() + 50) {
    return { code: 'invalid_expiry_year', message: "Your card's expiration year is invalid." };
  }
  if (isExpired(input.expMonth, expYear, now)) return expired;
  const brand = brandOf(number);
  if (!new RegExp(brand === 'amex' ? '^\\d{4}$' : '^\\d{3}$').test(input.cvc)) {
    return { code: 'invalid_cvc', message: "Your card's security code is invalid." };
  }
  const behaviour = testCards[number];
  if (!behaviour) {
    const message = 'Your card was declined: this is a sandbox, and this is not one of its test cards.';
    return { code: 'card_declined', declineCode: 'test_mode_live_card', message };
  }
  return { brand, last4: number.slice(-4), expMonth: input.expMonth, expYear, behaviour };
}

/** The bank's answer to a charge or a zero-amount check, after so many that it refused; null = approved. */
export function askBank(
  card: Omit<Card, 'brand' | 'last4'>,
  { offSession, refusals, now }: { offSession: boolean; refusals: number; now: Date },
): CardProblem | null {
  if (isExpired(card.expMonth, card.expYear, now)) return expired;
  if (!offSession && card.behaviour.startsWith('later_')) return null;
  switch (card.behaviour) {
    case 'approve':
    case 'later_unavailable':
      return null;
    case 'later_third_try':
      return refusals < 2 ? declined('insufficient_funds') : null;
    case 'later_expired_card':
      return expired;
    case 'later_stolen_card':
      return declined('stolen_card');
    case 'later_authentication_required':
      return declined('authentication_required', 'Your bank asks you to confirm this payment.');
    case 'approve_on_session_only':
      return offSession ? declined('generic_decline') : null;
    case 'generic_decline':
      return declined('generic_decline');
    case 'insufficient_funds':
    case 'later_insufficient_funds':
      return declined('insufficient_funds', 'Your card has insufficient funds.');
    case 'expired_card':
      return expired;
    case 'incorrect_cvc':
      return {
        code: 'incorrect_cvc',
        declineCode: 'incorrect_cvc',
        message: "Your card's security code is incorrect.",
      };
  }
}

const expired: CardProblem = {
  code: 'expired_card',
  declineCode: 'expired_card',
  message: 'Your card has expired.',
};

function declined(declineCode: string, message = 'Your card was declined.'): CardProblem {
  return { code: 'card_declined', declineCode, message };
}

/** A card is good until the end of its month. */
function isExpired(month: number, year: number, now: Date): boolean {
  return Date.UTC(year, month, 1) <= now.getTime();
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...number].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function brandOf(number: string): string {
  if (number.startsWith('4')) return 'visa';
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard';
  if (/^3[47]/.test(number)) return 'amex';
  return /^6/.test(number) ? 'discover' : 'unknown';
}
