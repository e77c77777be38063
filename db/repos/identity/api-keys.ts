import { AppError } from '../../domain/errors.ts';
import type { Page } from '../../domain/common.ts';
import type { ApiKey, KeyKind, KeyState } from '../../domain/identity/api-key.ts';
import type { Tx } from '../../scope.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, first, one } from '../shared/rows.ts';

/** By the clock of the database. */
const stateOf = `case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
  when k.previous_until > now() then 'rotating' else 'active' end`;

const columns = `k.id, k.tenant_id, k.kind, k.name, k.user_id, k.agent, k.scopes, k.networks, k.last4, ${stateOf} as state,
  k.previous_last4, k.previous_until, k.expires_at, k.created_by, k.created_at, k.rotated_at, k.last_used_at,
  k.last_used_ip, k.revoked_at, k.revoke_reason`;

export interface InsertedKey {
  id: string;
  tenantId: string;
  kind: KeyKind;
  name: string;
  userId: string | null;
  agent: string | null;
  scopes: readonly string[];
  networks: readonly string[];
  /** Days from now, the last day it works (UTC), or never. */
  expires: { days: number } | { on: string } | null;
  createdBy: string;
  secretHash: string;
  last4: string;
}

/**
 * A new key. The same request again finds the key it made; false where it stands already. Throws `request.invalid` for
 * an expiry that has passed, by the clock of the database.
 */
export async function insert(tx: Tx, key: InsertedKey): Promise<boolean> {
  const { expires } = key;
  const { rows } = await tx.sql.raw<{ rows: { past: boolean; added: boolean }[] }>(
    `with expiry as (
       select case when :days::int is not null then now() + make_interval(days => :days::int)
                   when :on::date is not null then (:on::date + 1)::timestamp at time zone 'UTC' end as at
     ), added as (
       insert into api_keys (tenant_id, id, kind, name, user_id, agent, scopes, networks, secret_hash, last4,
                             expires_at, created_by)
       select :tenantId, :id, :kind, :name, :userId, :agent, :scopes, :networks, :secretHash, :last4, at, :createdBy
       from expiry where at is null or at > now()
       on conflict (tenant_id, id) do nothing returning id
     )
     select coalesce(at <= now(), false) as past, exists (select 1 from added) as added from expiry`,
    {
      ...key,
      scopes: [...key.scopes],
      networks: [...key.networks],
      days: expires && 'days' in expires ? expires.days : null,
      on: expires && 'on' in expires ? expires.on : null,
    },
  );
  if (rows[0]?.past)
    throw new AppError('request.invalid', { fields: { expiresOn: 'Enter a day that is not over.' } });
  if (!rows[0]?.added) return false;
  tx.record({
    action: 'key.created',
    targets: [{ type: 'apiKey', id: key.id }],
    data: { keyName: key.name, kind: key.kind, scopes: key.scopes.join(' '), expires: expires !== null },
    tenantId: key.tenantId,
  });
  return true;
}

export async function find(tx: Tx, tenantId: string, id: string): Promise<ApiKey | null> {
  return first<ApiKey>(
    tx.sql.raw(`select ${columns} from api_keys k where k.tenant_id = :tenantId and k.id = :id`, {
      tenantId,
      id,
    }),
  );
}

/** A key with its state by the clock of the database. Throws `key.not-found`. */
export async function get(tx: Tx, tenantId: string, id: string): Promise<ApiKey> {
  const found = await find(tx, tenantId, id);
  if (!found) throw new AppError('key.not-found');
  return found;
}

/** Where a key is filed. Needs the reach of the platform. Throws `key.not-found`. */
export async function tenantOf(tx: Tx, id: string): Promise<string> {
  const found = await first<{ tenantId: string }>(tx.sql('api_keys').where({ id }).select('tenant_id'));
  if (!found) throw new AppError('key.not-found');
  return found.tenantId;
}

/** Keys of a tenant that work, then those that ended, the newest first; of one person only where one is named. */
export async function listOf(
  tx: Tx,
  tenantId: string,
  { userId, limit }: { userId?: string | undefined; limit: number },
): Promise<(ApiKey & { ownerName: string | null })[]> {
  return all(
    tx.sql.raw(
      `select ${columns}, u.name as owner_name from api_keys k left join users u on u.id = k.user_id
       where k.tenant_id = :tenantId ${userId ? 'and k.user_id = :userId' : ''}
       order by (${stateOf}) in ('active', 'rotating') desc, k.created_at desc, k.id limit :limit`,
      { tenantId, limit, ...(userId && { userId }) },
    ),
  );
}

export interface KeyFilter {
  q?: string | undefined;
  state?: KeyState | undefined;
  kind?: KeyKind | undefined;
  tenantId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
  counted?: boolean | undefined;
}

export type OverseenKey = ApiKey & {
  tenantName: string | null;
  ownerName: string | null;
};

/** Keys of all tenants, the newest first. */
export async function list(tx: Tx, filter: KeyFilter): Promise<Page<OverseenKey>> {
  const query = tx
    .sql('api_keys as k')
    .leftJoin('tenants as t', 't.id', 'k.tenant_id')
    .leftJoin('users as u', 'u.id', 'k.user_id')
    .select(
      tx.sql.raw(columns),
      't.name as tenant_name',
      'u.name as owner_name',
      tx.sql.raw('k.created_at::text as key_0'),
      'k.id as key_1',
    );
  if (filter.tenantId) void query.where('k.tenant_id', filter.tenantId);
  if (filter.kind) void query.where('k.kind', filter.kind);
  if (filter.state) void query.whereRaw(`(${stateOf}) = ?`, [filter.state]);
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    const { q } = filter;
    void query.where((any) =>
      any
        .where('k.id', q)
        .orWhere('k.last4', q)
        .orWhereILike('k.name', pattern)
        .orWhereILike('t.name', pattern)
        .orWhereILike('u.name', pattern),
    );
  }
  return keysetPage<OverseenKey>(query, {
    columns: ['k.created_at', 'k.id'],
    types: ['timestamptz', 'text'],
    descending: true,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}

/** Ends a key at once; false where it had ended. Throws `key.not-found`. */
export async function revoke(tx: Tx, tenantId: string, id: string, reason: string | null): Promise<boolean> {
  const key = await get(tx, tenantId, id);
  const ended = await endAll(tx, tenantId, { id }, reason);
  if (ended.length === 0) return false;
  tx.record({
    action: 'key.revoked',
    targets: [{ type: 'apiKey', id }, ...(key.userId ? [{ type: 'user' as const, id: key.userId }] : [])],
    data: { keyName: key.name, ...(reason && { reason }) },
    tenantId,
  });
  return true;
}

async function endAll(
  tx: Tx,
  tenantId: string,
  which: { id: string } | { user_id: string },
  reason: string | null,
): Promise<{ id: string; name: string }[]> {
  return all(
    tx
      .sql('api_keys')
      .where({ tenant_id: tenantId, ...which })
      .whereNull('revoked_at')
      .update({
        revoked_at: tx.sql.fn.now(),
        revoked_by: tx.scope.by.actor.id,
        revoke_reason: reason,
        previous_hash: null,
        previous_until: null,
      })
      .returning(['id', 'name']),
  );
}

/** Ends the keys with which a person works in a tenant; how many there were. */
export async function endOfPerson(tx: Tx, tenantId: string, userId: string, reason: string): Promise<number> {
  const ended = await endAll(tx, tenantId, { user_id: userId }, reason);
  for (const { id, name } of ended)
    tx.record({
      action: 'key.revoked',
      targets: [
        { type: 'apiKey', id },
        { type: 'user', id: userId },
      ],
      data: { keyName: name, reason },
      tenantId,
    });
  return ended.length;
}

/** A new secret for a key, and how long the old one works. */
export interface Rotation {
  tenantId: string;
  keyId: string;
  /** Hours. */
  overlapHours: number;
  secretHash: string;
  last4: string;
}

/**
 * Puts a new secret in the place of the old one, which works until the overlap ends; done again with the same secret, it
 * changes nothing. Throws `key.not-found`, `key.ended`, and `key.rotating` while an earlier overlap lasts, unless this
 * one has none.
 */
export async function rotate(tx: Tx, rotation: Rotation): Promise<{ previousUntil: Date | null }> {
  const { tenantId, keyId, overlapHours, secretHash, last4 } = rotation;
  const rotated = await first<{ previousUntil: Date | null; name: string }>(
    tx.sql.raw(
      `update api_keys k set secret_hash = :secretHash, last4 = :last4, rotated_at = now(),
              previous_hash = case when :overlapHours > 0 then secret_hash end,
              previous_last4 = case when :overlapHours > 0 then last4 end,
              previous_until = case when :overlapHours > 0 then now() + make_interval(hours => :overlapHours) end
       where tenant_id = :tenantId and id = :keyId and secret_hash <> :secretHash and ${stateOf} in ('active', 'rotating')
         and (previous_until is null or previous_until <= now() or :overlapHours = 0)
       returning previous_until, name`,
      { tenantId, keyId, overlapHours, secretHash, last4 },
    ),
  );
  if (!rotated) return asRotated(tx, rotation);
  tx.record({
    action: 'key.rotated',
    targets: [{ type: 'apiKey', id: keyId }],
    data: { keyName: rotated.name, overlapHours },
    tenantId,
  });
  return { previousUntil: rotated.previousUntil };
}

/** What a rotation that changed nothing means: that it was done before, or that it can't be done. */
async function asRotated(
  tx: Tx,
  { tenantId, keyId, secretHash }: Rotation,
): Promise<{ previousUntil: Date | null }> {
  const { state, previousUntil } = await get(tx, tenantId, keyId);
  if (state === 'revoked' || state === 'expired') throw new AppError('key.ended');
  const { same } = await one<{ same: boolean }>(
    tx.sql.raw(
      `select secret_hash = :secretHash as same from api_keys where tenant_id = :tenantId and id = :keyId`,
      { tenantId, keyId, secretHash },
    ),
  );
  if (!same) throw new AppError('key.rotating');
  return { previousUntil };
}

/**
 * Forgets the old secret of a rotation once its overlap is over, by the clock of the database; how many milliseconds
 * are left, 0 when it is over. A rotation that another one replaced is over too.
 */
export async function endOverlap(
  tx: Tx,
  { tenantId, keyId, secretHash }: Pick<Rotation, 'tenantId' | 'keyId' | 'secretHash'>,
): Promise<{ msLeft: number }> {
  const found = await first<{ name: string; msLeft: number }>(
    tx.sql.raw(
      `select name, ceil(extract(epoch from previous_until - now()) * 1000)::float8 as ms_left from api_keys
       where tenant_id = :tenantId and id = :keyId and secret_hash = :secretHash and previous_hash is not null for update`,
      { tenantId, keyId, secretHash },
    ),
  );
  if (!found) return { msLeft: 0 };
  if (found.msLeft > 0) return { msLeft: found.msLeft };
  await tx
    .sql('api_keys')
    .where({ tenant_id: tenantId, id: keyId })
    .update({ previous_hash: null, previous_last4: null, previous_until: null });
  tx.record({
    action: 'key.overlap-ended',
    targets: [{ type: 'apiKey', id: keyId }],
    data: { keyName: found.name },
    tenantId,
  });
  return { msLeft: 0 };
}
