import type { Tx } from './scope.ts';
import type { EventBody } from './domain/event.ts';
import { chainHash, leafHash } from './ledger.ts';

/** The result of verifying one chain. */
export interface ChainVerdict {
  tenantId: string;
  events: number;
  /** First invalid position in the chain, and why; null when the chain is intact. */
  broken: { seq: number; problem: string } | null;
}

interface EventRow {
  seq: number;
  id: string;
  /** Whether the column equals the body, to the microsecond. */
  time_agrees: boolean | null;
  action: string;
  outcome: string;
  actor_type: string;
  actor_id: string;
  impersonator_id: string | null;
  target_type: string | null;
  target_id: string | null;
  workflow_id: string | null;
  body: EventBody;
  leaf_hash: Buffer;
  prev_hash: Buffer;
  hash: Buffer;
}

const batchSize = 5_000;

/** The columns next to the body must equal it; a row is never trusted for its columns alone. */
function columnsDisagree(tenantId: string, row: EventRow): boolean {
  const { body } = row;
  return (
    body.tenantId !== tenantId ||
    body.id !== row.id ||
    !row.time_agrees ||
    body.action !== row.action ||
    body.outcome !== row.outcome ||
    body.actor.type !== row.actor_type ||
    body.actor.id !== row.actor_id ||
    (body.impersonatorId ?? null) !== row.impersonator_id ||
    (body.targets[0]?.type ?? null) !== row.target_type ||
    (body.targets[0]?.id ?? null) !== row.target_id ||
    (body.context.workflowId ?? null) !== row.workflow_id
  );
}

function problemOf(tenantId: string, row: EventRow, expectedSeq: number, previous: Buffer): string | null {
  if (row.seq !== expectedSeq) return `event ${expectedSeq} is missing`;
  const leaf = leafOf(row);
  // Only content that was hashed has the shape of an event, so this comes before the columns are compared.
  if (!leaf?.equals(row.leaf_hash)) return 'the content was changed';
  if (columnsDisagree(tenantId, row)) return 'the columns differ from what was hashed';
  if (!row.prev_hash.equals(previous)) return 'the link to the event before does not hold';
  if (!chainHash(previous, row.seq, leaf).equals(row.hash)) return 'the hash does not hold';
  return null;
}

/** Null for content that no event can have, such as a number beyond the range of JSON numbers. */
function leafOf(row: EventRow): Buffer | null {
  try {
    return leafHash(row.body);
  } catch {
    return null;
  }
}

type Head = { head_seq: number | null; head_hash: Buffer | null };

/**
 * The next events of a chain (of all, when `after` is null) together with its head, in one statement and so of one moment: read apart, an event
 * written between the two would look like one that was removed.
 */
async function readBatch(
  tx: Tx,
  tenantId: string,
  after: number | null,
): Promise<{ head: Head; rows: EventRow[] }> {
  const { rows } = await tx.sql.raw<{ rows: (Head & EventRow)[] }>(
    `select h.seq as head_seq, h.hash as head_hash, e.id, e.action, e.outcome, e.actor_type, e.actor_id,
            e.impersonator_id, e.target_type, e.target_id, e.workflow_id, e.body, e.leaf_hash, e.prev_hash, e.hash,
            case when e.seq > ${Number.MAX_SAFE_INTEGER} or e.seq < 0 then -1 else e.seq end as seq,
            to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z'
              = replace(e.body ->> 'occurredAt', 'Z', '000Z') as time_agrees
     from (select 1) as one left join event_heads h on h.tenant_id = :tenantId
     left join lateral (
       select * from events where tenant_id = :tenantId and seq > :after order by seq limit :limit
     ) e on true order by e.seq`,
    { tenantId, after: after ?? '-9223372036854775808', limit: batchSize },
  );
  const [first] = rows;
  const head = { head_seq: first?.head_seq ?? null, head_hash: first?.head_hash ?? null };
  return { head, rows: rows.filter((row) => row.seq !== null) };
}

/** Recomputes one tenant's chain from its first event to its head. */
export async function verifyChain(tx: Tx, tenantId: string): Promise<ChainVerdict> {
  let previous: Buffer = Buffer.alloc(0);
  let seq = 0;
  for (;;) {
    // From the lowest possible position, so that an event inserted before the first is found too.
    const { head, rows } = await readBatch(tx, tenantId, seq === 0 ? null : seq);
    for (const row of rows) {
      const problem = problemOf(tenantId, row, seq + 1, previous);
      if (problem) return { tenantId, events: seq, broken: { seq: seq + 1, problem } };
      previous = row.hash;
      seq = row.seq;
    }
    if (rows.length === batchSize) continue;
    const headHolds =
      head.head_seq === null ? seq === 0 : head.head_seq === seq && head.head_hash?.equals(previous);
    const broken = headHolds ? null : { seq: seq + 1, problem: 'events at the end of the chain are missing' };
    return { tenantId, events: seq, broken };
  }
}

/** Every chain there is, or the one of `tenantId`. Needs a scope that reads all tenants, or that one. */
export async function verifyChains(tx: Tx, tenantId?: string): Promise<ChainVerdict[]> {
  // A chain whose head was removed is found by its events, one whose events were removed by its head.
  const chains = tenantId
    ? [tenantId]
    : (
        await tx.sql.raw<{ rows: { tenant_id: string }[] }>(
          'select tenant_id from event_heads union select distinct tenant_id from events order by tenant_id',
        )
      ).rows.map((row) => row.tenant_id);
  const verdicts: ChainVerdict[] = [];
  for (const chain of chains) verdicts.push(await verifyChain(tx, chain));
  return verdicts;
}
