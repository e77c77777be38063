import type { Invoice } from '../../domain/billing/invoices.ts';
import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';

export interface FoundInvoice {
  id: string;
  number: string;
  status: Invoice['status'];
  tenantId: string;
  tenantName: string;
}

/** Invoices whose number contains these letters, the newest first, within the scope's visibility. */
export const searchInvoices = (tx: Tx, { q, limit }: { q: string; limit: number }): Promise<FoundInvoice[]> =>
  all<FoundInvoice>(
    tx
      .sql('invoices as i')
      .join('tenants as t', 't.id', 'i.tenant_id')
      .whereILike('i.number', `%${q.replace(/[\\%_]/g, '\\$&')}%`)
      .whereNotNull('i.number')
      .orderBy([
        { column: 'i.issued_at', order: 'desc' },
        { column: 'i.id', order: 'desc' },
      ])
      .limit(limit)
      .select('i.id', 'i.number', 'i.status', 'i.tenant_id', 't.name as tenant_name'),
  );
