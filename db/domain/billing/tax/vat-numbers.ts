/** Shapes of VAT numbers of the European Union, without their country letters. @see the Commission's VIES FAQ, Q11 */
const shapes: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
};

/** Greek numbers begin with EL. */
const prefixOf = (country: string): string => (country === 'GR' ? 'EL' : country);

export const isInUnion = (country: string): boolean => country in shapes;

/** "de 123.456.789" → "DE123456789". */
export const plainVatNumber = (text: string): string => text.toUpperCase().replace(/[\s.-]/g, '');

/** Whether a number has the shape that its country gives them; false outside the European Union. */
export function isVatNumber(text: string, country: string): boolean {
  const plain = plainVatNumber(text);
  const prefix = prefixOf(country);
  return plain.startsWith(prefix) && (shapes[country]?.test(plain.slice(prefix.length)) ?? false);
}
