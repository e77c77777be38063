import type { MovementKind } from './movements.ts';
import { shareOf } from '../rates.ts';

/** Recurring revenue of a stretch of time, in one currency; minor units a month. */
export interface RevenuePeriod {
  /** The first day of it, `2026-11-01`. */
  day: string;
  startMinor: number;
  /** By how much each kind of movement changed it; contraction and churn are below zero. */
  moved: Readonly<Record<MovementKind, number>>;
  endMinor: number;
  customersStart: number;
  /** Customers by how they moved; who only paid more or less is in no other. */
  customers: Readonly<Record<MovementKind, number>>;
  customersEnd: number;
}

/** Movements of one kind within a stretch of time. */
export interface MovementSum {
  day: string;
  kind: MovementKind;
  amountMinor: number;
  customers: number;
}

const none = (): Record<MovementKind, number> => ({
  ...{ new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0 },
});

/** The stretches of time in their order, each beginning with what the one before ended with. */
export function periodsOf(
  days: readonly string[],
  opening: { amountMinor: number; customers: number },
  sums: readonly MovementSum[],
): RevenuePeriod[] {
  let { amountMinor: startMinor, customers: customersStart } = opening;
  return days.map((day) => {
    const moved = none();
    const customers = none();
    for (const sum of sums)
      if (sum.day === day) {
        moved[sum.kind] += sum.amountMinor;
        customers[sum.kind] += sum.customers;
      }
    const endMinor = Object.values(moved).reduce((sum, amount) => sum + amount, startMinor);
    const customersEnd = customersStart + customers.new + customers.reactivation - customers.churn;
    const period = { day, startMinor, moved, endMinor, customersStart, customers, customersEnd };
    [startMinor, customersStart] = [endMinor, customersEnd];
    return period;
  });
}

/** Several stretches as one. */
export function whole(periods: readonly RevenuePeriod[]): RevenuePeriod | null {
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return null;
  const moved = none();
  const customers = none();
  for (const period of periods)
    for (const kind of Object.keys(moved) as MovementKind[]) {
      moved[kind] += period.moved[kind];
      customers[kind] += period.customers[kind];
    }
  const { day, startMinor, customersStart } = first;
  const { endMinor, customersEnd } = last;
  return { day, startMinor, moved, endMinor, customersStart, customers, customersEnd };
}

/** Shares of one; null where there is nothing to divide by. */
export interface RevenueRates {
  arpaMinor: number | null;
  customerChurn: number | null;
  grossChurn: number | null;
  netChurn: number | null;
  /** Net revenue retention. */
  nrr: number | null;
  quickRatio: number | null;
}

const share = (part: number, of: number): number | null => (of > 0 ? part / of : null);

/** @see ChartMogul's definitions of net and gross MRR churn, and of the quick ratio. */
export function ratesOf({
  startMinor,
  moved,
  endMinor,
  customersStart,
  customers,
  customersEnd,
}: RevenuePeriod): RevenueRates {
  const lost = -(moved.churn + moved.contraction);
  const gained = moved.expansion + moved.reactivation;
  const netChurn = share(lost - gained, startMinor);
  return {
    arpaMinor: customersEnd > 0 ? shareOf(endMinor, 1, customersEnd) : null,
    customerChurn: share(customers.churn, customersStart),
    grossChurn: share(lost, startMinor),
    netChurn,
    nrr: netChurn === null ? null : 1 - netChurn,
    quickRatio: share(moved.new + gained, lost),
  };
}

/** Months over which customer churn is averaged for the lifetime value. */
export const lifetimeMonths = 6;

/**
 * What a customer brings over its lifetime: revenue per customer through the average monthly churn of the last six full
 * months. Null without churn, since no end is in sight. Minor units.
 */
export function lifetimeValue(arpaMinor: number | null, fullMonths: readonly RevenuePeriod[]): number | null {
  const churns = fullMonths.slice(-lifetimeMonths).flatMap((month) => ratesOf(month).customerChurn ?? []);
  const average = churns.reduce((sum, churn) => sum + churn, 0) / churns.length;
  return arpaMinor === null || !(average > 0) ? null : Math.round(arpaMinor / average);
}
