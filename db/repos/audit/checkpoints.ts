import type { AuditKey, Checkpoint, SealedChain } from '../../domain/audit/checkpoint.ts';
import type { Tx } from '../../scope.ts';
import { all, first } from '../shared/rows.ts';

/** A checkpoint as stored. */
export interface StoredCheckpoint extends Checkpoint {
  number: number;
  sealedAt: Date;
  /** Hash of its statement, in hex. */
  hash: string;
}

/** A chain of a checkpoint, and the hash that the event at this place has now; null where there is none. */
export type StoredChain = SealedChain & { checkpoint: number; found: string | null };

const columns = `number, sealed_at, statement, encode(hash, 'hex') as hash, signature`;

type Row = Omit<StoredCheckpoint, 'signature'> & { signature: Buffer };
const asStored = ({ signature, ...row }: Row): StoredCheckpoint => ({
  ...row,
  signature: signature.toString('base64url'),
});

/** The newest checkpoint; null before the first. */
export async function findLatest(tx: Tx): Promise<StoredCheckpoint | null> {
  const [row] = await listNewest(tx, 1);
  return row ?? null;
}

/** Newest first. */
export async function listNewest(tx: Tx, limit: number): Promise<StoredCheckpoint[]> {
  const rows = await all<Row>(
    tx.sql.raw(`select ${columns} from audit_checkpoints order by number desc limit :limit`, { limit }),
  );
  return rows.map(asStored);
}

/** Up to `limit` checkpoints whose number is above `after` and at most `upTo`, oldest first. */
export async function listFrom(
  tx: Tx,
  range: { after: number; upTo: number; limit: number },
): Promise<StoredCheckpoint[]> {
  const rows = await all<Row>(
    tx.sql.raw(
      `select ${columns} from audit_checkpoints where number > :after and number <= :upTo order by number limit :limit`,
      range,
    ),
  );
  return rows.map(asStored);
}

/** Numbers of the newest `limit` checkpoints that sealed each of the chains, ascending and at most `upTo`. */
export async function numbersOf(
  tx: Tx,
  chains: readonly string[],
  { upTo, limit }: { upTo: number; limit: number },
): Promise<number[]> {
  const rows = await all<{ checkpoint: number }>(
    tx.sql.raw(
      `select distinct c.checkpoint from unnest(:chains::text[]) as wanted (chain) cross join lateral (
         select checkpoint from audit_checkpoint_chains s where s.chain = wanted.chain and s.checkpoint <= :upTo
         order by checkpoint desc limit :limit
       ) c order by c.checkpoint`,
      { chains: [...chains], upTo, limit },
    ),
  );
  return rows.map(({ checkpoint }) => checkpoint);
}

/** The chains of one checkpoint, in the order of their places in its tree. */
export async function chainsOf(tx: Tx, checkpoint: number): Promise<StoredChain[]> {
  return all<StoredChain>(
    tx.sql.raw(
      `select c.checkpoint, c.chain as tenant_id, c.seq, encode(c.hash, 'hex') as hash, encode(e.hash, 'hex') as found
       from audit_checkpoint_chains c left join events e on e.tenant_id = c.chain and e.seq = c.seq
       where c.checkpoint = :checkpoint order by c.chain collate "C"`,
      { checkpoint },
    ),
  );
}

/** Every key that checkpoints were signed with, the newest first. */
export async function listKeys(tx: Tx): Promise<AuditKey[]> {
  const rows = await all<{ keyId: string; publicKey: Buffer }>(
    tx.sql.raw('select key_id, public_key from audit_keys order by first_used_at desc, key_id'),
  );
  return rows.map(({ keyId, publicKey }) => ({ keyId, publicKey: publicKey.toString('base64url') }));
}

/** Adds the next checkpoint. A number that exists already fails: of two at the same time, one is refused. */
export async function insert(
  tx: Tx,
  { statement, signature }: Checkpoint,
  { hash, key, chains }: { hash: string; key: AuditKey; chains: readonly SealedChain[] },
): Promise<void> {
  const { number, sealedAt, keyId } = statement;
  await tx.sql.raw(
    `insert into audit_keys (key_id, public_key, first_used_at) values (:keyId, :publicKey, :sealedAt)
     on conflict (key_id) do nothing`,
    { keyId, publicKey: Buffer.from(key.publicKey, 'base64url'), sealedAt },
  );
  await tx.sql('audit_checkpoints').insert({
    number,
    sealed_at: sealedAt,
    statement: JSON.stringify(statement),
    hash: Buffer.from(hash, 'hex'),
    key_id: keyId,
    signature: Buffer.from(signature, 'base64url'),
  });
  await tx.sql.raw(
    `insert into audit_checkpoint_chains (chain, checkpoint, seq, hash)
     select chain, :number, seq, decode(hash, 'hex')
     from unnest(:chains::text[], :seqs::bigint[], :hashes::text[]) as sealed (chain, seq, hash)`,
    {
      number,
      chains: chains.map(({ tenantId }) => tenantId),
      seqs: chains.map(({ seq }) => seq),
      hashes: chains.map((chain) => chain.hash),
    },
  );
}

/** A chain that isn't as the newest checkpoint of it says: it moved on, or it was changed. */
export interface MovedChain extends SealedChain {
  sealedSeq: number;
  /** When its first event after the seal happened; null where there is none. */
  since: Date | null;
  /** Whether it ends with its newest event, and the sealed one is still there, unchanged. */
  extends: boolean;
}

/** Every chain that moved since its last seal. */
export async function listMoved(tx: Tx): Promise<MovedChain[]> {
  return all<MovedChain>(
    tx.sql.raw(
      `select h.tenant_id, h.seq, encode(h.hash, 'hex') as hash, coalesce(s.seq, 0) as sealed_seq,
              next.occurred_at as since,
              tip.hash is not distinct from h.hash
                and (s.seq is null or (h.seq > s.seq and sealed.hash is not distinct from s.hash)) as extends
       from event_heads h
       left join lateral (
         select seq, hash from audit_checkpoint_chains c where c.chain = h.tenant_id order by checkpoint desc limit 1
       ) s on true
       left join events tip on tip.tenant_id = h.tenant_id and tip.seq = h.seq
       left join events sealed on sealed.tenant_id = h.tenant_id and sealed.seq = s.seq
       left join events next on next.tenant_id = h.tenant_id and next.seq = coalesce(s.seq, 0) + 1
       where h.seq is distinct from s.seq or h.hash is distinct from s.hash
       order by h.tenant_id collate "C"`,
    ),
  );
}

/** How far sealing is. */
export interface SealState {
  /** Null before the first. */
  last: { number: number; sealedAt: Date } | null;
  /** Events that no checkpoint covers yet. */
  waiting: number;
  /** When the oldest of them happened. */
  waitingSince: Date | null;
  /** Tenants whose sealed events were changed or removed. */
  changed: readonly string[];
}

/** How far sealing is, over all chains. */
export async function sealState(tx: Tx): Promise<SealState> {
  const last = await first<{ number: number; sealedAt: Date }>(
    tx.sql.raw('select number, sealed_at from audit_checkpoints order by number desc limit 1'),
  );
  const moved = await listMoved(tx);
  const growing = moved.filter((chain) => chain.extends);
  const times = growing.flatMap(({ since }) => (since ? [since.getTime()] : []));
  return {
    last,
    waiting: growing.reduce((sum, { seq, sealedSeq }) => sum + seq - sealedSeq, 0),
    waitingSince: times.length > 0 ? new Date(Math.min(...times)) : null,
    changed: moved.filter((chain) => !chain.extends).map(({ tenantId }) => tenantId),
  };
}
