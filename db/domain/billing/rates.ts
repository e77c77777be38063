/** A rate as an exact fraction of minor units: 5 per 1,000 is half a cent for a hundred. */
export interface Rate {
  amountMinor: number;
  per: number;
}

/** One band of a price: what each unit up to a quantity costs, and what entering the band costs once. */
export interface Tier {
  /** The last quantity of the band; null: no end. */
  upTo: number | null;
  unit: Rate;
  flatMinor: number;
}

/** `graduated`: each unit at the rate of its band. `volume`: all of them at the rate of the band the total falls into. */
export type Tiering = 'graduated' | 'volume';

/** An exact amount on its way: minor units as a fraction, rounded once at the end. */
export interface Fraction {
  top: bigint;
  bottom: bigint;
}

export const fraction = (top: number, bottom = 1): Fraction => ({ top: BigInt(top), bottom: BigInt(bottom) });

const times = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.top, bottom: a.bottom * b.bottom });
const plus = (a: Fraction, b: Fraction): Fraction => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom,
});

/** To whole minor units, halves away from zero. Throws beyond what a safe integer holds. */
export function rounded({ top, bottom }: Fraction): number {
  const negative = top < 0n;
  const size = negative ? -top : top;
  const whole = Number((size * 2n + bottom) / (bottom * 2n));
  if (!Number.isSafeInteger(whole)) throw new RangeError('the amount is too large');
  return negative && whole !== 0 ? -whole : whole;
}

/** A share of an amount, such as 12 of 31 days; minor units. */
export const shareOf = (amountMinor: number, part: number, whole: number): number =>
  rounded(times(fraction(amountMinor), fraction(part, whole)));

/** What a quantity costs by tiers; minor units. A quantity of zero or less costs nothing. */
export function tieredMinor(quantity: number, tiers: readonly Tier[], tiering: Tiering): number {
  if (quantity <= 0) return 0;
  let sum = fraction(0);
  let below = 0;
  for (const { upTo, unit, flatMinor } of tiers) {
    const isLast = upTo === null || quantity <= upTo;
    const priced = tiering === 'volume' ? (isLast ? quantity : 0) : (isLast ? quantity : upTo) - below;
    if (priced > 0) {
      sum = plus(sum, times(fraction(unit.amountMinor, unit.per), fraction(priced)));
      sum = plus(sum, fraction(flatMinor));
    }
    if (isLast) break;
    below = upTo;
  }
  return rounded(sum);
}

/**
 * Divides an amount by weights so that nothing is lost or made: each part is rounded down, and what is left goes to the
 * largest remainders, the earlier first. Without any weight the first part takes it all.
 */
export function allocate(totalMinor: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum <= 0n) return weights.map((_, index) => (index === 0 ? totalMinor : 0));
  const sign = totalMinor < 0 ? -1n : 1n;
  const total = BigInt(totalMinor) * sign;
  const parts = weights.map((weight, index) => {
    const product = total * BigInt(weight);
    return { index, share: product / sum, rest: product % sum };
  });
  let left = total - parts.reduce((all, { share }) => all + share, 0n);
  for (const part of [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1,
  )) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map(({ share }) => Number(share * sign));
}
