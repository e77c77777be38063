import type { InvoiceLine } from './invoices.ts';
import type { Period } from './periods.ts';
import { type Price, recurringMinor } from './plans.ts';

interface Priced {
  price: Price;
  planTitle: string;
  seats: number;
  period: Period;
}

/** What is paid in advance for a period: the plan, and its seats where they cost something. */
export function recurringLines({ price, planTitle, seats, period }: Priced): InvoiceLine[] {
  const common = {
    ...{ text: null, planTitle, interval: price.interval, meter: null },
    periodStart: new Date(period.startMs),
    periodEnd: new Date(period.endMs),
  };
  const lines: InvoiceLine[] = [{ ...common, kind: 'plan', quantity: 1, amountMinor: price.flatMinor }];
  const seatsMinor = recurringMinor(price, seats) - price.flatMinor;
  if (price.seats && seats > price.seats.included)
    lines.push({ ...common, kind: 'seats', quantity: seats - price.seats.included, amountMinor: seatsMinor });
  return lines;
}
