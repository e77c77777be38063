import type { InvoiceLine } from '../../db/domain/billing/invoices.ts';
import type { Period } from '../../db/domain/billing/periods.ts';

/** The one line of the invoice that a trial begins with. */
export const trialLine = (planTitle: string, days: number, period: Period): InvoiceLine => ({
  ...{ kind: 'trial', text: null, planTitle, interval: null, meter: null, quantity: days, amountMinor: 0 },
  periodStart: new Date(period.startMs),
  periodEnd: new Date(period.endMs),
});
