import type { Checkpoint, SealedChain } from '../domain/audit/checkpoint.ts';
import { chainLeaf, type InclusionProof, merkleRoot, rootFromProof } from './merkle.ts';
import { isSigned, type KeyRing, statementHash } from './signing.ts';

/** A chain as a checkpoint seals it; with its proof where the other chains of that checkpoint are left out. */
export type ProvedChain = SealedChain & { proof?: InclusionProof | undefined };

/** The checkpoint checked before; undefined where it isn't known. */
export type Before = { number: number; hash: string } | undefined;

/** Before the first checkpoint. */
export const noCheckpoint = { number: 0, hash: '' } as const;

function rootHolds({ root, chains: size }: Checkpoint['statement'], chains: readonly ProvedChain[]): boolean {
  if (chains.length === size) return merkleRoot(chains.map(chainLeaf)).toString('hex') === root;
  // None at all would prove nothing.
  if (chains.length === 0) return false;
  return chains.every(
    ({ proof, ...chain }) =>
      proof !== undefined && rootFromProof(chainLeaf(chain), size, proof)?.toString('hex') === root,
  );
}

/** What is wrong with a checkpoint in itself; null when it holds. */
export function checkpointProblem(
  { statement, signature }: Checkpoint,
  chains: readonly ProvedChain[],
  ring: KeyRing,
  before: Before,
): string | null {
  if (before && statement.number !== before.number + 1) return `checkpoint ${before.number + 1} is missing`;
  if (!ring.has(statement.keyId)) return `its key ${statement.keyId} is unknown`;
  if (!isSigned(ring, statement.keyId, 'checkpoint', statement, signature))
    return 'the signature does not hold';
  if (before && statement.previous !== before.hash) return 'the link to the checkpoint before does not hold';
  if (!rootHolds(statement, chains)) return 'the sealed chains were changed';
  return null;
}

/** How the next checkpoint refers to this one. */
export const asBefore = ({ statement }: Checkpoint): { number: number; hash: string } => ({
  number: statement.number,
  hash: statementHash(statement),
});
