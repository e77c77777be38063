import type { Tx } from '../../scope.ts';

/** Links are the platform's rows: every function here needs its reach, and takes the partner of who asks. */

export interface PartnerLink {
  id: string;
  createdAt: Date;
}

/** What the token of a link is derived from. */
export const linkSubject = (id: string): string => `partner-link/${id}`;

/** The partner's link that works now; null where there is none. */
export async function findActive(tx: Tx, partnerId: string): Promise<PartnerLink | null> {
  const row = (await tx
    .sql('partner_links')
    .where({ partner_id: partnerId })
    .whereNull('revoked_at')
    .first('id', 'created_at as createdAt')) as PartnerLink | undefined;
  return row ?? null;
}

/** Makes a link; false where the partner has one that works. */
export async function insert(
  tx: Tx,
  link: { id: string; partnerId: string; tokenHash: string; createdBy: string },
): Promise<boolean> {
  const inserted = await tx
    .sql('partner_links')
    .insert({
      id: link.id,
      partner_id: link.partnerId,
      token_hash: link.tokenHash,
      created_by: link.createdBy,
    })
    .onConflict(tx.sql.raw('(partner_id) where revoked_at is null'))
    .ignore()
    .returning('id');
  if (inserted.length === 0) return false;
  tx.record({ action: 'partner.link-created', targets: [{ type: 'partner', id: link.partnerId }] });
  return true;
}

/** Ends the partner's link at once; false where none works. */
export async function revoke(tx: Tx, partnerId: string): Promise<boolean> {
  const changed = await tx
    .sql('partner_links')
    .where({ partner_id: partnerId })
    .whereNull('revoked_at')
    .update({ revoked_at: tx.sql.fn.now() });
  if (changed === 0) return false;
  tx.record({ action: 'partner.link-revoked', targets: [{ type: 'partner', id: partnerId }] });
  return true;
}

/** The partner behind a link that works; null for a revoked or unknown one. */
export async function findPartner(tx: Tx, tokenHash: string): Promise<{ id: string; name: string } | null> {
  const row = (await tx
    .sql('partner_links as l')
    .join('partners as p', 'p.id', 'l.partner_id')
    .where('l.token_hash', tokenHash)
    .whereNull('l.revoked_at')
    .first('p.id', 'p.name')) as { id: string; name: string } | undefined;
  return row ?? null;
}
