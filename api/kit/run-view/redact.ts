/** Replaces a value that must not be shown. */
export const hidden = '•••';

/** Names of fields whose values are secret or personal, whatever they hold. */
const hiddenNames =
  /pass(word|phrase)|hash$|token$|secret|e-?mail|^card$|cvc|authori[sz]ation|cookie|api_?-?key|private_?-?key|credential|^phone|^ownerName$|^paymentMethod$|^last4$/i;

/** Things that are recognised wherever they are, also inside a sentence. */
const hiddenShapes = [
  // The last part of a domain has no digits, that of "worker@1.18.0" does.
  /[\p{L}\p{N}_.+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:xn--[a-z0-9-]+|\p{L}{2,})/giu,
  /\$(?:argon2\w*|2[aby]|scrypt)\$\S+/g,
  /\b(?:pm|tok|card|sk|rk|whsec)_[\w-]+/g,
  /(?<=[?&](?:token|code|key|signature)=)[^&\s"']+/gi,
];

/** Whether digits that begin like a card are one: the last is a check digit (Luhn). */
function isCardNumber(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A text without addresses, hashes, tokens and card numbers. */
export function redactText(text: string): string {
  const shaped = hiddenShapes.reduce((rest, shape) => rest.replace(shape, hidden), text);
  return shaped.replace(/\b[3-6](?:[ -]?\d){13,18}\b/g, (found) =>
    isCardNumber(found.replace(/\D/g, '')) ? hidden : found,
  );
}

/** A value as it may be shown: secrets and personal data are replaced, everything else stays. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      hiddenNames.test(name) && inner !== null && typeof inner !== 'boolean' ? hidden : redact(inner),
    ]),
  );
}
