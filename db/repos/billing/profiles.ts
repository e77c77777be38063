import type { BilledTo } from '../../domain/billing/invoices.ts';
import type { BillingProfile } from '../../domain/billing/profile.ts';
import type { Tx } from '../../scope.ts';
import * as choices from '../onboarding/choices.ts';
import { first, snake } from '../shared/rows.ts';
import * as tenants from '../tenants/tenants.ts';

/** What the owner stated; null as long as no one did. */
export async function findProfile(tx: Tx, tenantId: string): Promise<BillingProfile | null> {
  return first<BillingProfile>(
    tx
      .sql('billing_profiles')
      .where({ tenant_id: tenantId })
      .select('name', 'address', 'country', 'vat_number'),
  );
}

export async function saveProfile(tx: Tx, tenantId: string, profile: BillingProfile): Promise<void> {
  const { name, address, country, vatNumber } = profile;
  const row = snake({ name, address, country, vatNumber });
  await tx
    .sql('billing_profiles')
    .insert({ tenant_id: tenantId, ...row })
    .onConflict('tenant_id')
    .merge({ ...row, updated_at: tx.sql.fn.now() });
  tx.record({ action: 'billing-profile.changed', targets: [{ type: 'tenant', id: tenantId }] });
}

/** Whom an invoice is made out to: as stated, else the legal name of the business and its country. */
export async function billedToOf(tx: Tx, tenantId: string): Promise<BilledTo> {
  const stated = await findProfile(tx, tenantId);
  if (stated) return stated;
  const { profile } = await choices.list(tx, tenantId);
  const { name, country } = await tenants.get(tx, tenantId);
  return { name: profile?.legalName ?? name, address: null, country, vatNumber: null };
}
