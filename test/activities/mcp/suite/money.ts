interface Amount {
  minor: number;
  currency: string;
}

/** Amounts with no decimals, two, and three; and one that doubles write badly. */
export const amounts: readonly Amount[] = [
  { minor: 1, currency: 'JPY' },
  { minor: 987_654, currency: 'JPY' },
  { minor: 1_005, currency: 'INR' },
  { minor: 110, currency: 'EUR' },
  { minor: 29, currency: 'USD' },
  { minor: 1_001_000, currency: 'KWD' },
];

const isAmount = (value: unknown): value is Amount =>
  value !== null &&
  typeof value === 'object' &&
  typeof (value as Amount).minor === 'number' &&
  typeof (value as Amount).currency === 'string';

/** Every amount within a value. */
export function amountsIn(value: unknown): Amount[] {
  if (isAmount(value)) return [{ minor: value.minor, currency: value.currency }];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(amountsIn);
}

/** The same value with every amount replaced. */
export function withAmount<T>(value: T, amount: Amount): T {
  if (isAmount(value)) return { ...value, ...amount };
  if (Array.isArray(value)) return value.map((one: unknown) => withAmount(one, amount)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withAmount(one, amount)])) as T;
}
