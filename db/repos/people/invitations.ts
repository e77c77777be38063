import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantRole } from '../../domain/roles.ts';
import { all, first, isDuplicate, snake } from '../shared/rows.ts';

export const invitationStatuses = ['pending', 'accepted', 'expired', 'revoked'] as const;
export interface Invitation {
  id: string;
  tenantId: string;
  email: string;
  name: string | null;
  role: TenantRole;
  status: (typeof invitationStatuses)[number];
  invitedBy: string;
  expiresAt: Date;
  createdAt: Date;
  /** Counts the links it has had; only the current one works. */
  linkVersion: number;
}

const columns = [
  'id',
  'tenant_id',
  'email',
  'name',
  'role',
  'status',
  'invited_by',
  'expires_at',
  'created_at',
  'link_version',
];

export async function insert(
  tx: Tx,
  invitation: Omit<Invitation, 'status' | 'createdAt' | 'linkVersion'>,
): Promise<void> {
  const member = await first(
    tx
      .sql('memberships as m')
      .join('users as u', 'u.id', 'm.user_id')
      .where({ 'm.tenant_id': invitation.tenantId, 'u.email': invitation.email })
      .select('u.id')
      .limit(1),
  );
  if (member) throw new AppError('user.already-member', { fields: { email: 'Already a member.' } });
  try {
    const inserted = await tx
      .sql('invitations')
      .insert(snake({ ...invitation, status: 'pending' }))
      .onConflict(['tenant_id', 'id'])
      .ignore()
      .returning('id');
    if (inserted.length === 0) return;
  } catch (error) {
    if (isDuplicate(error, 'invitations_pending_idx')) {
      throw new AppError('invitation.pending', { fields: { email: 'Already invited.' } });
    }
    throw error;
  }
  tx.record({
    action: 'invitation.created',
    targets: [{ type: 'invitation', id: invitation.id }],
    data: { role: invitation.role },
  });
}

/** What the link of an invitation is derived from: another one after each replacement. */
export const linkSubject = ({ id, linkVersion }: Pick<Invitation, 'id' | 'linkVersion'>): string =>
  linkVersion === 1 ? id : `${id}/${linkVersion}`;

/** Replaces the link of a pending invitation: the old one ends now. Throws `invitation.not-found`, `invitation.ended`. */
export async function replaceLink(
  tx: Tx,
  tenantId: string,
  id: string,
  hashOf: (subject: string) => Promise<string>,
): Promise<Invitation> {
  const invitation = await first<Invitation>(
    tx
      .sql('invitations')
      .where({ tenant_id: tenantId, id, status: 'pending' })
      .update({ link_version: tx.sql.raw('link_version + 1') })
      .returning(columns),
  );
  if (!invitation)
    throw new AppError((await find(tx, tenantId, id)) ? 'invitation.ended' : 'invitation.not-found');
  await setToken(tx, tenantId, id, await hashOf(linkSubject(invitation)));
  tx.record({ action: 'invitation.link-replaced', targets: [{ type: 'invitation', id }] });
  return invitation;
}

/** Notes that a person had the invitation sent again. */
export function recordResent(tx: Tx, id: string): void {
  tx.record({ action: 'invitation.resent', targets: [{ type: 'invitation', id }] });
}

export async function setToken(tx: Tx, tenantId: string, id: string, tokenHash: string): Promise<void> {
  await tx.sql('invitations').where({ tenant_id: tenantId, id }).update({ token_hash: tokenHash });
}

export async function find(tx: Tx, tenantId: string, id: string): Promise<Invitation | null> {
  return first<Invitation>(tx.sql('invitations').where({ tenant_id: tenantId, id }).select(columns));
}

export async function findByToken(tx: Tx, tokenHash: string): Promise<Invitation | null> {
  return first<Invitation>(tx.sql('invitations').where({ token_hash: tokenHash }).select(columns));
}

export async function listPending(tx: Tx, tenantId: string): Promise<Invitation[]> {
  return all<Invitation>(
    tx
      .sql('invitations')
      .where({ tenant_id: tenantId, status: 'pending' })
      .orderBy('created_at')
      .select(columns),
  );
}

/** Invitations of an address in every tenant that can still be accepted, the newest first. Needs the platform's reach. */
export async function listOpenByEmail(tx: Tx, email: string): Promise<Invitation[]> {
  return all<Invitation>(
    tx
      .sql('invitations')
      .where({ email, status: 'pending' })
      .where('expires_at', '>', tx.sql.fn.now())
      .orderBy('created_at', 'desc')
      .select(columns),
  );
}

const endings = {
  accepted: 'invitation.accepted',
  expired: 'invitation.expired',
  revoked: 'invitation.revoked',
} as const;

/** Ends a pending invitation; false when it had ended already. */
export async function end(
  tx: Tx,
  tenantId: string,
  id: string,
  status: keyof typeof endings,
): Promise<boolean> {
  const changed = await tx
    .sql('invitations')
    .where({ tenant_id: tenantId, id, status: 'pending' })
    .update({ status, token_hash: null });
  if (changed === 0) return false;
  tx.record({ action: endings[status], targets: [{ type: 'invitation', id }] });
  return true;
}
