import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { ProviderIdentity } from '../../domain/identity/sign-in-provider.ts';
import { all, first, isDuplicate } from '../shared/rows.ts';
import type { Filed } from './second-factors.ts';

/** Which accounts elsewhere belong to which person. Every function here needs the reach of the platform. */

type Account = { provider: string } & Pick<ProviderIdentity, 'issuer' | 'subject'>;

const at = ({ provider, issuer, subject }: Account) => ({ provider, issuer, subject });

/** A person as signing in needs to know them. */
export interface LinkedPerson {
  userId: string;
  secondFactor: boolean;
  hasAccess: boolean;
  /** Why there is no access: suspended, rather than in no team any more. */
  isSuspended: boolean;
}

/** The person an account is connected to; null where it is connected to no one. */
export async function findPerson(tx: Tx, account: Account): Promise<LinkedPerson | null> {
  return first<LinkedPerson>(
    tx.sql.raw(
      `select u.id as user_id, u.second_factor_at is not null as second_factor,
              u.status = 'active' and (u.platform_role is not null or m.active > 0) as has_access,
              u.status = 'suspended' or (u.platform_role is null and m.total > 0 and m.active = 0) as is_suspended
       from auth.provider_links l join users u on u.id = l.user_id
       cross join lateral (
         select count(*) as total, count(*) filter (where status = 'active') as active
         from memberships where user_id = u.id
       ) m
       where l.provider = :provider and l.issuer = :issuer and l.subject = :subject`,
      at(account),
    ),
  );
}

/** Connects an account. Throws `provider.linked-elsewhere`, `provider.already-linked`. */
export async function insert(
  tx: Tx,
  account: Account,
  { userId, filed }: { userId: string; filed: Filed },
): Promise<void> {
  try {
    await tx.sql('auth.provider_links').insert({ ...at(account), user_id: userId });
  } catch (error) {
    if (isDuplicate(error, 'provider_links_pkey')) throw new AppError('provider.linked-elsewhere');
    if (isDuplicate(error, 'provider_links_user_idx')) throw new AppError('provider.already-linked');
    throw error;
  }
  tx.record({
    ...filed,
    action: 'provider.linked',
    targets: [
      { type: 'user', id: userId },
      { type: 'provider', id: account.provider },
    ],
  });
}

export async function noteUse(tx: Tx, account: Account): Promise<void> {
  await tx.sql('auth.provider_links').where(at(account)).update({ last_used_at: tx.sql.fn.now() });
}

/** The accounts connected to a person, by provider. */
export async function listOfPerson(
  tx: Tx,
  userId: string,
): Promise<{ provider: string; createdAt: Date; lastUsedAt: Date }[]> {
  return all(
    tx
      .sql('auth.provider_links')
      .where({ user_id: userId })
      .orderBy('provider')
      .select('provider', 'created_at', 'last_used_at'),
  );
}

/** Disconnects the account of one provider. Throws `provider.not-found` where none is connected. */
export async function remove(
  tx: Tx,
  { userId, provider, filed }: { userId: string; provider: string; filed: Filed },
): Promise<void> {
  const removed = await tx.sql('auth.provider_links').where({ user_id: userId, provider }).delete();
  if (removed === 0) throw new AppError('provider.not-found');
  tx.record({
    ...filed,
    action: 'provider.unlinked',
    targets: [
      { type: 'user', id: userId },
      { type: 'provider', id: provider },
    ],
  });
}
