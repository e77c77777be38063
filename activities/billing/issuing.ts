import type { BilledTo, InvoiceLine } from '../../db/domain/billing/invoices.ts';
import type { Period } from '../../db/domain/billing/periods.ts';
import * as choices from '../../db/repos/onboarding/choices.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import type { Tx } from '../../db/scope.ts';

/** An invoice is addressed to the legal name of the business. */
export async function billedToOf(tx: Tx, tenantId: string): Promise<BilledTo> {
  const { profile } = await choices.list(tx, tenantId);
  const { name, country } = await tenants.get(tx, tenantId);
  return { name: profile?.legalName ?? name, address: null, country, vatNumber: null };
}

/** The one line of the invoice that a trial begins with. */
export const trialLine = (planTitle: string, days: number, period: Period): InvoiceLine => ({
  ...{ kind: 'trial', text: null, planTitle, interval: null, meter: null, quantity: days, amountMinor: 0 },
  periodStart: new Date(period.startMs),
  periodEnd: new Date(period.endMs),
});
