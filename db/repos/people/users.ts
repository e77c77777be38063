import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantRole } from '../../domain/roles.ts';
import type { User } from '../../domain/people/user.ts';
import { all, first, isDuplicate, one, snake } from '../shared/rows.ts';

const columns = [
  'id',
  'email',
  'name',
  'email_verified_at',
  'platform_role',
  'partner_id',
  'timezone',
  'language',
  'status',
  'created_at',
];

export async function find(tx: Tx, id: string): Promise<User | null> {
  return first<User>(tx.sql('users').select(columns).where({ id }));
}

export async function findByEmail(tx: Tx, email: string): Promise<User | null> {
  return first<User>(tx.sql('users').select(columns).where({ email }));
}

export async function get(tx: Tx, id: string): Promise<User> {
  const user = await find(tx, id);
  if (!user) throw new AppError('user.not-found');
  return user;
}

export interface NewUser extends Pick<User, 'id' | 'email' | 'name' | 'timezone' | 'language'> {
  /** Encoded argon2id hash, made before the process was started. */
  passwordHash: string;
  platformRole?: User['platformRole'];
  partnerId?: string | null;
}

/** The person and the credential to sign in with. Throws `user.email-taken`. */
export async function insert(tx: Tx, { passwordHash, ...user }: NewUser): Promise<void> {
  try {
    await tx.sql('users').insert(snake({ ...user }));
    await tx.sql.raw('select create_credential(?, ?, ?, ?)', [user.id, user.name, user.email, passwordHash]);
  } catch (error) {
    if (isDuplicate(error, 'users_email_key')) {
      throw new AppError('user.email-taken', { fields: { email: 'This address already has an account.' } });
    }
    throw error;
  }
  tx.record({ action: 'user.created', targets: [{ type: 'user', id: user.id }] });
}

/** Puts a person into a team; nothing happens where the person is in it. */
export async function addMember(tx: Tx, tenantId: string, userId: string, role: TenantRole): Promise<void> {
  const added = await tx
    .sql('memberships')
    .insert({ tenant_id: tenantId, user_id: userId, role })
    .onConflict(['tenant_id', 'user_id'])
    .ignore()
    .returning('user_id');
  if (added.length === 0) return;
  tx.record({ action: 'membership.created', targets: [{ type: 'user', id: userId }], data: { role } });
}

/** The role of a person in a tenant; null for non-members. */
export async function findRole(tx: Tx, tenantId: string, userId: string): Promise<TenantRole | null> {
  const row = await first<{ role: TenantRole }>(
    tx.sql('memberships').where({ tenant_id: tenantId, user_id: userId }).select('role'),
  );
  return row?.role ?? null;
}

/** Marks the address as confirmed; once is enough. */
export async function verifyEmail(tx: Tx, id: string, tenantId?: string): Promise<boolean> {
  const changed = await tx
    .sql('users')
    .where({ id })
    .whereNull('email_verified_at')
    .update({ email_verified_at: new Date() });
  if (changed === 0) return false;
  tx.record({
    action: 'user.email-verified',
    targets: [{ type: 'user', id }],
    ...(tenantId && { tenantId }),
  });
  return true;
}

export interface Member extends Pick<User, 'id' | 'email' | 'name' | 'status' | 'emailVerifiedAt'> {
  role: TenantRole;
  joinedAt: Date;
}

export async function listMembers(tx: Tx, tenantId: string): Promise<Member[]> {
  return all<Member>(
    tx
      .sql('memberships as m')
      .join('users as u', 'u.id', 'm.user_id')
      .where('m.tenant_id', tenantId)
      .orderBy([{ column: 'm.created_at' }, { column: 'u.id' }])
      .select(
        'u.id',
        'u.email',
        'u.name',
        'u.status',
        'u.email_verified_at',
        'm.role',
        'm.created_at as joined_at',
      ),
  );
}

/** Removes the users of an abandoned tenant, unless they are members elsewhere. */
export async function removeMembersOfAbandoned(tx: Tx, tenantId: string): Promise<void> {
  const members = await all<{ userId: string }>(
    tx.sql('memberships').where({ tenant_id: tenantId }).delete().returning('user_id'),
  );
  for (const { userId: id } of members) {
    const { gone } = await one<{ gone: boolean }>(tx.sql.raw('select remove_person(?) as gone', [id]));
    if (!gone) continue;
    tx.record({ action: 'user.removed', targets: [{ type: 'user', id }], tenantId });
  }
}
