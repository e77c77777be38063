import * as cases from '../../../db/repos/billing/dunning/cases.ts';
import { collectOverdueInvoiceContract } from '../../../workflows/billing/collect-overdue-invoice.contract.ts';
import type { Deps } from '../../deps.ts';
import { actingIn } from '../../shared/attribution.ts';

/** Has the process that collects an overdue invoice look at it; starts it where there is none. */
export const tellCase = (deps: Deps, tenantId: string, invoiceId: string): Promise<void> =>
  deps.processes.startWithSignal(collectOverdueInvoiceContract, { tenantId, invoiceId }, 'caseChanged', null);

/**
 * Has every open case of a tenant looked at. Called by everyone who settles an invoice, takes one back or changes a card: what
 * the case was waiting for is over then.
 */
export async function tellDunning(deps: Deps, tenantId: string): Promise<void> {
  const open = await deps.db.inScope({ ...actingIn({ tenantId }), readOnly: true }, (tx) =>
    cases.listOpenCases(tx, tenantId),
  );
  for (const { invoiceId } of open) await tellCase(deps, tenantId, invoiceId);
}
