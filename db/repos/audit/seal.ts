import type { CheckpointStatement } from '../../domain/audit/checkpoint.ts';
import { chainLeaf, merkleRoot } from '../../audit/merkle.ts';
import { type AuditSigner, statementHash } from '../../audit/signing.ts';
import type { Tx } from '../../scope.ts';
import { findLatest, insert, listMoved, type MovedChain } from './checkpoints.ts';
import { recordOnce } from './events.ts';

/** What a look at the chains led to. */
export interface SealResult {
  /** Number of the new checkpoint and hash of its statement; null where too few events wait. */
  sealed: { number: number; hash: string } | null;
  events: number;
  /** Chains that were not sealed, because events that are sealed already were changed or removed. */
  changed: number;
}

/** A chain that was changed is never sealed again: the checkpoint would vouch for it. One event tells of each. */
async function reportChanged(tx: Tx, { tenantId, sealedSeq }: MovedChain): Promise<void> {
  await recordOnce(tx, `audit-changed/${tenantId}/${sealedSeq}`, {
    action: 'audit.tampering-detected',
    outcome: 'failure',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { sealedSeq },
  });
}

/** Signs the next checkpoint over every chain that moved, if at least so many events wait for it. */
export async function sealChains(
  tx: Tx,
  signer: AuditSigner,
  { atLeast, now }: { atLeast: number; now: Date },
): Promise<SealResult> {
  const moved = await listMoved(tx);
  const changed = moved.filter((chain) => !chain.extends);
  for (const chain of changed) await reportChanged(tx, chain);
  const chains = moved
    .filter((chain) => chain.extends)
    .map(({ tenantId, seq, hash }) => ({ tenantId, seq, hash }));
  const events = moved.reduce((sum, chain) => sum + (chain.extends ? chain.seq - chain.sealedSeq : 0), 0);
  if (events < atLeast || chains.length === 0) return { sealed: null, events, changed: changed.length };
  const last = await findLatest(tx);
  const statement: CheckpointStatement = {
    version: 1,
    number: (last?.number ?? 0) + 1,
    sealedAt: now.toISOString(),
    previous: last?.hash ?? '',
    root: merkleRoot(chains.map(chainLeaf)).toString('hex'),
    chains: chains.length,
    events,
    keyId: signer.keyId,
  };
  const hash = statementHash(statement);
  const signature = signer.sign('checkpoint', statement);
  const { keyId, publicKey } = signer;
  await insert(tx, { statement, signature }, { hash, key: { keyId, publicKey }, chains });
  return { sealed: { number: statement.number, hash }, events, changed: changed.length };
}
