import { createHash } from 'node:crypto';
import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { Profile } from '../../domain/people/profile.ts';
import { first, snake } from '../shared/rows.ts';

/** What people say of themselves: the own profile is beyond a tenant, so every function needs the reach of the platform. */

export interface OwnProfile extends Profile {
  /** Notices that are off, as "<channel>.<kind>". */
  noticesOff: string[];
  /** Hash of the picture; null without one. */
  picture: string | null;
}

/** Where the event of a change is filed; the platform's chain without a tenant. */
type Place = { tenantId?: string };

export async function get(tx: Tx, userId: string): Promise<OwnProfile> {
  const found = await first<OwnProfile>(
    tx
      .sql('users')
      .where({ id: userId })
      .select('name', 'phone', 'job_title', 'timezone', 'language', 'notices_off', 'picture'),
  );
  if (!found) throw new AppError('user.not-found');
  return found;
}

/** Stores what differs; its event names the fields and none of their values. */
export async function update(
  tx: Tx,
  userId: string,
  given: Profile & { noticesOff?: readonly string[] },
  place: Place,
): Promise<void> {
  const before = await get(tx, userId);
  const changed = Object.entries(given).filter(
    ([key, value]) => JSON.stringify(before[key as keyof OwnProfile]) !== JSON.stringify(value),
  );
  if (changed.length === 0) return;
  await tx
    .sql('users')
    .where({ id: userId })
    .update(snake(Object.fromEntries(changed)));
  tx.record({
    action: 'profile.changed',
    targets: [{ type: 'user', id: userId }],
    data: { fields: changed.map(([key]) => key).join(', ') },
    ...place,
  });
}

/** Stores a picture that was encoded here; returns the hash that names it. */
export async function setPicture(tx: Tx, userId: string, content: Buffer, place: Place): Promise<string> {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 20);
  await tx.sql('auth.pictures').insert({ user_id: userId, content }).onConflict('user_id').merge();
  await tx.sql('users').where({ id: userId }).update({ picture: hash });
  tx.record({ action: 'picture.changed', targets: [{ type: 'user', id: userId }], ...place });
  return hash;
}

/** Nothing happens where there is none. */
export async function removePicture(tx: Tx, userId: string, place: Place): Promise<void> {
  const removed = await tx.sql('auth.pictures').where({ user_id: userId }).delete();
  if (removed === 0) return;
  await tx.sql('users').where({ id: userId }).update({ picture: null });
  tx.record({ action: 'picture.removed', targets: [{ type: 'user', id: userId }], ...place });
}

export async function findPicture(tx: Tx, userId: string): Promise<Buffer | null> {
  const found = await first<{ content: Buffer }>(
    tx.sql('auth.pictures').where({ user_id: userId }).select('content'),
  );
  return found?.content ?? null;
}
