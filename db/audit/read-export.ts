import { chainsOf, listFrom, numbersOf, type StoredCheckpoint } from '../repos/audit/checkpoints.ts';
import { all } from '../repos/shared/rows.ts';
import type { Tx } from '../scope.ts';
import type { ProvedChain } from './check-checkpoint.ts';
import type { ExportedEvent } from './export-format.ts';
import { chainLeaf, inclusionProof } from './merkle.ts';

/** A chain as far as a file holds it. */
export interface ExportedChain {
  tenantId: string;
  events: number;
  /** Of its last event, in hex; empty where it has none. */
  hash: string;
}

/** The chains within reach as they are now, or the one of a tenant. */
export async function readHeads(tx: Tx, tenantId?: string): Promise<ExportedChain[]> {
  return all<ExportedChain>(
    tx.sql.raw(
      `select tenant_id, seq as events, encode(hash, 'hex') as hash from event_heads
       where :tenantId::text is null or tenant_id = :tenantId order by tenant_id collate "C"`,
      { tenantId: tenantId ?? null },
    ),
  );
}

/** The next events of a chain after a place, up to another. */
export async function readEventsAfter(
  tx: Tx,
  chain: { tenantId: string; after: number; upTo: number; limit: number },
): Promise<ExportedEvent[]> {
  return all<ExportedEvent>(
    tx.sql.raw(
      `select seq, encode(leaf_hash, 'hex') as leaf_hash, encode(prev_hash, 'hex') as prev_hash,
              encode(hash, 'hex') as hash, body::text as body
       from events where tenant_id = :tenantId and seq > :after and seq <= :upTo order by seq limit :limit`,
      chain,
    ),
  );
}

/** The events at places of chains, in the order of the places. */
export async function readEventsAt(
  tx: Tx,
  places: readonly { tenantId: string; seq: number }[],
): Promise<ExportedEvent[]> {
  return all<ExportedEvent>(
    tx.sql.raw(
      `select e.seq, encode(leaf_hash, 'hex') as leaf_hash, encode(prev_hash, 'hex') as prev_hash,
              encode(hash, 'hex') as hash, body::text as body
       from unnest(:tenantIds::text[], :seqs::bigint[]) with ordinality as wanted (tenant_id, seq, place)
       join events e on e.tenant_id = wanted.tenant_id and e.seq = wanted.seq order by wanted.place`,
      { tenantIds: places.map(({ tenantId }) => tenantId), seqs: places.map(({ seq }) => seq) },
    ),
  );
}

const asChain = ({ tenantId, seq, hash }: ProvedChain): ProvedChain => ({ tenantId, seq, hash });

/** A checkpoint with all its chains. */
export async function withAllChains(
  tx: Tx,
  checkpoint: StoredCheckpoint,
): Promise<{ checkpoint: StoredCheckpoint; chains: ProvedChain[] }> {
  return { checkpoint, chains: (await chainsOf(tx, checkpoint.number)).map(asChain) };
}

/** A checkpoint with some of its chains, each proved, so that the file tells nothing of other tenants. */
async function withChains(tx: Tx, checkpoint: StoredCheckpoint, wanted: ReadonlySet<string>) {
  const { chains } = await withAllChains(tx, checkpoint);
  const leaves = chains.map(chainLeaf);
  const proved = chains.flatMap((chain, index) =>
    wanted.has(chain.tenantId) ? [{ ...chain, proof: inclusionProof(leaves, index) }] : [],
  );
  return { checkpoint, chains: proved };
}

/** So many checkpoints of each chain go into a file of some chains; the newest already covers all of its events. */
const checkpointsPerChain = 100;

/** The newest checkpoints of some chains, oldest first, with proofs. */
export async function readProvedCheckpoints(tx: Tx, tenantIds: readonly string[], upTo: number) {
  const wanted = new Set(tenantIds);
  const found: { checkpoint: StoredCheckpoint; chains: ProvedChain[] }[] = [];
  for (const number of await numbersOf(tx, tenantIds, { upTo, limit: checkpointsPerChain })) {
    const [checkpoint] = await listFrom(tx, { after: number - 1, upTo: number, limit: 1 });
    if (checkpoint) found.push(await withChains(tx, checkpoint, wanted));
  }
  return found;
}
