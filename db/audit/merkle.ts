import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { SealedChain } from '../domain/audit/checkpoint.ts';

/** How a leaf is reached from the root: its place, the number of leaves, and the hashes beside its path, lowest first. */
export interface InclusionProof {
  index: number;
  /** In hex. */
  path: string[];
}

const sha256 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

// Leaves and inner nodes are hashed under different prefixes, so that neither passes for the other.
const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);
const nodeOf = (left: Buffer, right: Buffer) => sha256(nodePrefix, left, right);

/** Hash of the leaf of one chain. */
export const chainLeaf = ({ tenantId, seq, hash }: SealedChain): Buffer =>
  sha256(leafPrefix, Buffer.from(canonicalJson({ tenantId, seq, hash })));

/** The largest power of two below `size`, which divides a tree into its two halves. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Root of the Merkle tree over the leaves. @see RFC 6962, section 2.1 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return sha256();
  if (leaves.length === 1) return first;
  const split = splitOf(leaves.length);
  return nodeOf(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** Proof that the leaf at `index` belongs to the tree. @see RFC 6962, section 2.1.1 */
export function inclusionProof(leaves: readonly Buffer[], index: number): InclusionProof {
  const pathTo = (some: readonly Buffer[], at: number): Buffer[] => {
    if (some.length <= 1) return [];
    const split = splitOf(some.length);
    return at < split
      ? [...pathTo(some.slice(0, split), at), merkleRoot(some.slice(split))]
      : [...pathTo(some.slice(split), at - split), merkleRoot(some.slice(0, split))];
  };
  return { index, path: pathTo(leaves, index).map((hash) => hash.toString('hex')) };
}

/** The root that a leaf and its proof lead to in a tree of `size` leaves; null for a proof of another shape. */
export function rootFromProof(leaf: Buffer, size: number, { index, path }: InclusionProof): Buffer | null {
  const climb = (from: number, at: number, rest: readonly string[]): Buffer | null => {
    if (from <= 1) return rest.length === 0 && at === 0 ? leaf : null;
    const beside = rest.at(-1);
    if (beside === undefined) return null;
    const split = splitOf(from);
    const isLeft = at < split;
    const inner = climb(isLeft ? split : from - split, isLeft ? at : at - split, rest.slice(0, -1));
    const other = Buffer.from(beside, 'hex');
    if (!inner) return null;
    return isLeft ? nodeOf(inner, other) : nodeOf(other, inner);
  };
  return Number.isSafeInteger(index) && index >= 0 && index < size ? climb(size, index, path) : null;
}
