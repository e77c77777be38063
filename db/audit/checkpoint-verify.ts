import type { AuditKey } from '../domain/audit/checkpoint.ts';
import {
  chainsOf,
  listFrom,
  listKeys,
  type StoredChain,
  type StoredCheckpoint,
} from '../repos/audit/checkpoints.ts';
import type { Tx } from '../scope.ts';
import { asBefore, type Before, checkpointProblem, noCheckpoint } from './check-checkpoint.ts';
import { keyRing, type KeyRing } from './signing.ts';

/** The result of verifying every checkpoint. */
export interface CheckpointsVerdict {
  /** Checkpoints that hold. */
  checkpoints: number;
  /** Keys other than the current one that signed some of them. */
  otherKeys: readonly string[];
  /** The first that doesn't hold; with the event where it is one that was sealed and changed or removed. */
  broken: { number: number; problem: string; event: { tenantId: string; seq: number } | null } | null;
}

const batchSize = 500;

type Broken = NonNullable<CheckpointsVerdict['broken']>;

function brokenBy(
  stored: StoredCheckpoint,
  chains: readonly StoredChain[],
  ring: KeyRing,
  before: Before,
): Broken | null {
  const { number, statement } = stored;
  const problem =
    checkpointProblem(
      stored,
      chains.map(({ tenantId, seq, hash }) => ({ tenantId, seq, hash })),
      ring,
      before,
    ) ??
    (statement.number === number &&
    stored.hash === asBefore(stored).hash &&
    statement.sealedAt === stored.sealedAt.toISOString()
      ? null
      : 'the columns differ from what was signed');
  if (problem) return { number: before ? before.number + 1 : number, problem, event: null };
  const lost = chains.find(({ found, hash }) => found !== hash);
  if (!lost) return null;
  const { tenantId, seq } = lost;
  const event = { tenantId, seq };
  return { number, problem: lost.found ? `event ${seq} was changed` : `event ${seq} is missing`, event };
}

/** Checks every checkpoint, from the first to the newest, and that the events they sealed are still there. */
export async function verifyCheckpoints(tx: Tx, ownKey: AuditKey): Promise<CheckpointsVerdict> {
  const ring = keyRing([...(await listKeys(tx)), ownKey]);
  const otherKeys = new Set<string>();
  let before: { number: number; hash: string } = noCheckpoint;
  for (;;) {
    const some = await listFrom(tx, {
      after: before.number,
      upTo: Number.MAX_SAFE_INTEGER,
      limit: batchSize,
    });
    for (const stored of some) {
      const broken = brokenBy(stored, await chainsOf(tx, stored.number), ring, before);
      if (broken) return { checkpoints: before.number, otherKeys: [...otherKeys], broken };
      if (stored.statement.keyId !== ownKey.keyId) otherKeys.add(stored.statement.keyId);
      before = asBefore(stored);
    }
    if (some.length < batchSize)
      return { checkpoints: before.number, otherKeys: [...otherKeys], broken: null };
  }
}
