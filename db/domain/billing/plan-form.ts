import { z } from 'zod';
import { isCurrencyCode, minorDigits } from '../money.ts';
import { findPrice, type Interval, intervals, type PlanTerms, type Price } from './plans.ts';

/** As many currencies as the form has rows. */
export const priceRows = ['r1', 'r2', 'r3', 'r4', 'r5'] as const;

const amount = z.string().trim().max(20).default('');
const row = z.strictObject({
  currency: z.string().trim().toUpperCase().max(3).default(''),
  month: amount,
  year: amount,
  seatMonth: amount,
  seatYear: amount,
});
type Row = z.output<typeof row>;
const noRow: Row = { currency: '', month: '', year: '', seatMonth: '', seatYear: '' };
const whole = (most: number) =>
  z.coerce
    .number('Enter a number.')
    .int('Enter a whole number.')
    .min(0, 'At least 0.')
    .max(most, `At most ${most}.`);

/** A version of a plan as people fill it in: amounts as they write them, a row for each currency. */
const fields = z.strictObject({
  trialDays: whole(365),
  tools: whole(100_000),
  agents: whole(100_000),
  seatsIncluded: whole(10_000),
  note: z.string().trim().max(500, 'At most 500 characters.').default(''),
  prices: z.strictObject(
    Object.fromEntries(priceRows.map((key) => [key, row.optional()])) as Record<
      (typeof priceRows)[number],
      z.ZodOptional<typeof row>
    >,
  ),
});
type Fields = z.output<typeof fields>;

/** "49", "49.00" or "49,00" in minor units of a currency; null where it is no such amount. */
function minorOf(text: string, currency: string): number | null {
  if (!isCurrencyCode(currency)) return null;
  const digits = minorDigits(currency);
  const found = /^(\d{1,10})(?:[.,](\d+))?$/.exec(text);
  const [, major = '', fraction = ''] = found ?? [];
  if (!found || fraction.length > digits) return null;
  return Number(major + fraction.padEnd(digits, '0'));
}

const textIn = (amountMinor: number, currency: string): string => {
  const digits = minorDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
};

const columnOf = { month: ['month', 'seatMonth'], year: ['year', 'seatYear'] } as const satisfies Record<
  Interval,
  readonly [keyof Row, keyof Row]
>;

export const planFormFields = fields.superRefine(({ prices }, context) => {
  const wrong = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path: ['prices', ...path], message });
  const seen = new Set<string>();
  for (const key of priceRows) {
    const { currency, ...amounts } = prices[key] ?? noRow;
    const given = Object.entries(amounts).filter(([, text]) => text !== '');
    if (currency === '' && given.length === 0) continue;
    if (!isCurrencyCode(currency)) wrong([key, 'currency'], 'Use a three-letter currency code.');
    if (seen.has(currency)) wrong([key, 'currency'], 'One row for each currency.');
    seen.add(currency);
    if (!amounts.month && !amounts.year) wrong([key, 'month'], 'Enter at least one price.');
    for (const [name, text] of given)
      if (minorOf(text, currency) === null) wrong([key, name], 'Enter an amount such as 49.00.');
  }
  if (
    !seen.has('EUR') ||
    !priceRows.some((key) => prices[key]?.currency === 'EUR' && prices[key].month && prices[key].year)
  )
    wrong(['r1', 'currency'], 'Add a monthly and a yearly price in EUR.');
});

/** What the form says as a version; what it can’t say, tiers and usage, is kept of the version before. */
export function termsFromForm(form: Fields, before: readonly Price[]): PlanTerms {
  const { trialDays, tools, agents, seatsIncluded, note, prices } = form;
  const priced = priceRows.flatMap((key) => {
    const { currency, ...amounts } = prices[key] ?? noRow;
    return intervals.flatMap((interval): Price[] => {
      const [flat, seat] = columnOf[interval];
      const flatMinor = minorOf(amounts[flat], currency);
      if (flatMinor === null) return [];
      const kept = findPrice({ prices: [...before] }, currency, interval);
      const seatMinor = minorOf(amounts[seat], currency);
      const sameSeat = kept?.seats && firstSeatMinor(kept) === seatMinor;
      const tiers = sameSeat
        ? kept.seats
        : {
            tiering: 'graduated' as const,
            tiers: [{ upTo: null, unit: { amountMinor: seatMinor ?? 0, per: 1 }, flatMinor: 0 }],
          };
      const seats = seatMinor === null ? null : { ...tiers, included: seatsIncluded };
      return [{ currency, interval, flatMinor, seats: seats as Price['seats'], usage: kept?.usage ?? [] }];
    });
  });
  return { trialDays, limits: { tools, agents }, prices: priced, note: note === '' ? null : note };
}

const firstSeatMinor = ({ seats }: Price): number | null => seats?.tiers[0]?.unit.amountMinor ?? null;

/** A version as the values of the form. */
export function formOf({ trialDays, limits, prices }: Omit<PlanTerms, 'note'>): Record<string, unknown> {
  const currencies = [...new Set(prices.map(({ currency }) => currency))];
  const rowOf = (currency: string): Record<string, string> => {
    const row: Record<string, string> = { currency };
    for (const interval of intervals) {
      const price = findPrice({ prices }, currency, interval);
      const seat = price && firstSeatMinor(price);
      const [flatName, seatName] = columnOf[interval];
      row[flatName] = price ? textIn(price.flatMinor, currency) : '';
      row[seatName] = seat === null ? '' : textIn(seat, currency);
    }
    return row;
  };
  return {
    ...{ trialDays, tools: limits.tools, agents: limits.agents },
    seatsIncluded: prices.find(({ seats }) => seats)?.seats?.included ?? 1,
    prices: Object.fromEntries(
      currencies.slice(0, priceRows.length).map((currency, index) => [priceRows[index], rowOf(currency)]),
    ),
  };
}
