import type { Page, Paging } from '../../../domain/common.ts';
import type { DunningCase } from '../../../domain/billing/dunning/case.ts';
import type { AccessLevel } from '../../../domain/billing/subscriptions.ts';
import { idFromKey } from '../../../domain/ids.ts';
import type { Tx } from '../../../scope.ts';
import { keysetPage } from '../../shared/paging.ts';
import { all, first, snake } from '../../shared/rows.ts';

const json = (value: unknown): string | null | undefined =>
  value === undefined ? undefined : value === null ? null : JSON.stringify(value);

type NewCase = Pick<
  DunningCase,
  | 'tenantId'
  | 'subscriptionId'
  | 'invoiceId'
  | 'policyKey'
  | 'policyVersion'
  | 'state'
  | 'preview'
  | 'startedAt'
>;

/** Opens the case of an invoice; there is one for each, as its id follows from the invoice's. */
export async function insertCase(tx: Tx, { state, preview, ...facts }: NewCase): Promise<void> {
  const id = await idFromKey('dunningCase', facts.invoiceId);
  const row = snake({ id, ...facts, state: json(state), preview: json(preview) });
  const inserted = await tx
    .sql('dunning_cases')
    .insert(row)
    .onConflict(['tenant_id', 'id'])
    .ignore()
    .returning('id');
  if (inserted.length === 0) return;
  tx.record({
    action: 'dunning.started',
    targets: [
      { type: 'dunningCase', id },
      { type: 'invoice', id: facts.invoiceId },
    ],
    data: { policy: facts.policyKey, version: facts.policyVersion, reason: state.declineClass },
  });
}

/** The case of an invoice, held until the transaction ends; asked for after the subscription and the invoice. */
export async function lockCase(tx: Tx, tenantId: string, invoiceId: string): Promise<DunningCase | null> {
  const where = { tenant_id: tenantId, invoice_id: invoiceId };
  return first<DunningCase>(tx.sql('dunning_cases').where(where).forUpdate());
}

type Change = Partial<
  Pick<DunningCase, 'state' | 'nextAt' | 'nextKind' | 'endedAt' | 'outcome' | 'asPreviewed' | 'difference'>
>;

export async function updateCase(tx: Tx, { tenantId, id }: DunningCase, change: Change): Promise<void> {
  const { state, difference, ...rest } = change;
  const row = snake({ ...rest, state: json(state), difference: json(difference) });
  await tx.sql('dunning_cases').where({ tenant_id: tenantId, id }).update(row);
}

/** The open cases of a tenant, the oldest first. */
export async function listOpenCases(tx: Tx, tenantId: string): Promise<DunningCase[]> {
  return all<DunningCase>(
    tx.sql('dunning_cases').where({ tenant_id: tenantId }).whereNull('ended_at').orderBy('started_at'),
  );
}

/** The newest cases of a tenant, open or ended. */
export async function listCases(tx: Tx, tenantId: string, limit: number): Promise<DunningCase[]> {
  return all<DunningCase>(
    tx.sql('dunning_cases').where({ tenant_id: tenantId }).orderBy('started_at', 'desc').limit(limit),
  );
}

/** What the other open cases of a subscription leave of the access. */
export async function listAccess(
  tx: Tx,
  { tenantId, subscriptionId, id }: DunningCase,
): Promise<AccessLevel[]> {
  const rows = await all<{ access: AccessLevel }>(
    tx
      .sql('dunning_cases')
      .where({ tenant_id: tenantId, subscription_id: subscriptionId })
      .whereNot({ id })
      .whereNull('ended_at')
      .select(tx.sql.raw(`state ->> 'access' as access`)),
  );
  return rows.map(({ access }) => access);
}

/** A case in the list of all tenants. */
export type ListedCase = DunningCase & {
  tenantName: string;
  invoiceNumber: string | null;
  dueMinor: number;
  currency: string;
};

/** Cases of all tenants: open ones by what comes next, ended ones the newest first. */
export async function listAllCases(
  tx: Tx,
  { ended, ...paging }: Paging & { ended: boolean },
): Promise<Page<ListedCase>> {
  const column = ended ? 'c.started_at' : 'c.next_at';
  const query = tx
    .sql('dunning_cases as c')
    .join('tenants as t', 't.id', 'c.tenant_id')
    .join('invoices as i', (join) => join.on('i.tenant_id', 'c.tenant_id').andOn('i.id', 'c.invoice_id'))
    .select(
      'c.*',
      't.name as tenant_name',
      'i.number as invoice_number',
      'i.currency',
      tx.sql.raw('(i.total_minor - i.paid_minor - i.credited_minor) as due_minor'),
      tx.sql.raw(`${column}::text as key_0`),
      'c.id as key_1',
    );
  if (ended) query.whereNotNull('c.ended_at');
  else query.whereNull('c.ended_at').whereNotNull('c.next_at');
  return keysetPage<ListedCase>(query, {
    columns: [column, 'c.id'],
    types: ['timestamptz', 'text'],
    descending: ended,
    ...paging,
  });
}
