import type { Tx } from '../../scope.ts';

export interface FoundInvoice {
  id: string;
  number: string;
  status: 'open' | 'paid' | 'void';
  tenantId: string;
  tenantName: string;
}

/** Invoices whose number contains these letters, the newest first, within the scope's visibility. */
export async function searchInvoices(
  tx: Tx,
  { q, limit }: { q: string; limit: number },
): Promise<FoundInvoice[]> {
  return (await tx
    .sql('invoices as i')
    .join('tenants as t', 't.id', 'i.tenant_id')
    .whereILike('i.number', `%${q.replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy([
      { column: 'i.issued_at', order: 'desc' },
      { column: 'i.id', order: 'desc' },
    ])
    .limit(limit)
    .select({
      id: 'i.id',
      number: 'i.number',
      status: 'i.status',
      tenantId: 'i.tenant_id',
      tenantName: 't.name',
    })) as FoundInvoice[];
}
