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

/** What a person wants of emails: the timezone of their dates, and the notices that are off. */
export interface MailWishes {
  timezone: string;
  noticesOff: string[];
}

export async function findMailWishes(tx: Tx, id: string): Promise<MailWishes | null> {
  return first<MailWishes>(tx.sql('users').where({ id }).select('timezone', 'notices_off'));
}

export interface NewUser extends Pick<User, 'id' | 'email' | 'name' | 'timezone' | 'language'> {
  /** Encoded argon2id hash, made before the process was started. */
  passwordHash: string;
  /** Without it the address is still to be confirmed, and the person can't sign in. */
  emailVerifiedAt?: Date;
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

/** People by their ids, in no order. */
export async function listByIds(tx: Tx, ids: readonly string[]): Promise<User[]> {
  return all<User>(tx.sql('users').select(columns).whereIn('id', ids));
}

/** Lets a person sign in only to choose a new password; once is enough. */
export async function requireNewPassword(
  tx: Tx,
  id: string,
  { tenantId, reason }: { tenantId: string; reason: string },
): Promise<void> {
  const changed = await tx
    .sql('users')
    .where({ id, must_change_password: false })
    .update({ must_change_password: true });
  if (changed === 0) return;
  tx.record({
    action: 'user.password-reset-forced',
    targets: [{ type: 'user', id }],
    data: { reason },
    tenantId,
  });
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
  /** Hash of the picture; null without one. */
  picture: string | null;
  jobTitle: string | null;
  role: TenantRole;
  /** Access to this tenant is suspended; `status` is `suspended` for this too. */
  isSuspendedHere: boolean;
  customRoleId: string | null;
  customRole: string | null;
  featuresOff: string[];
  joinedAt: Date;
}

export async function listMembers(tx: Tx, tenantId: string): Promise<Member[]> {
  return all<Member>(
    tx
      .sql('memberships as m')
      .join('users as u', 'u.id', 'm.user_id')
      .leftJoin('custom_roles as r', (on) =>
        on.on('r.tenant_id', 'm.tenant_id').andOn('r.id', 'm.custom_role_id'),
      )
      .where('m.tenant_id', tenantId)
      .orderBy([{ column: 'm.created_at' }, { column: 'u.id' }])
      .select(
        'u.id',
        'u.email',
        'u.name',
        tx.sql.raw(`case m.status when 'suspended' then 'suspended' else u.status end as status`),
        tx.sql.raw(`m.status = 'suspended' as is_suspended_here`),
        'u.email_verified_at',
        'u.picture',
        'u.job_title',
        'm.role',
        'm.custom_role_id',
        'r.name as custom_role',
        'm.features_off',
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
