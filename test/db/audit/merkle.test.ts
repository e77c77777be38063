import assert from 'node:assert/strict';
import { chainLeaf, inclusionProof, merkleRoot, rootFromProof } from '../../../db/audit/merkle.ts';

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, n) => chainLeaf({ tenantId: `ten_${n}`, seq: n, hash: `${n}` }));

describe('[SEC-7] the tree of a checkpoint', () => {
  it('is proved leaf by leaf, and by no other place, size or path', () => {
    for (let size = 1; size <= 33; size += 1) {
      const leaves = leavesOf(size);
      const root = merkleRoot(leaves);
      leaves.forEach((leaf, index) => {
        const proof = inclusionProof(leaves, index);
        const leadsTo = (changed: typeof proof, of = size, from = leaf) =>
          rootFromProof(from, of, changed)?.equals(root) ?? false;
        assert.ok(leadsTo(proof), `leaf ${index} of ${size}`);
        assert.ok(!leadsTo(proof, size, chainLeaf({ tenantId: 'ten_x', seq: 1, hash: '' })));
        if (size === 1) return;
        assert.ok(!leadsTo({ ...proof, index: (index + 1) % size }), `moved, ${index} of ${size}`);
        assert.ok(!leadsTo({ ...proof, path: proof.path.slice(1) }));
        assert.ok(!leadsTo({ ...proof, path: [...proof.path, root.toString('hex')] }));
      });
    }
  });

  it('is that of RFC 6962: a leaf is hashed after a zero byte, a pair after a one', () => {
    const [a, b, c] = leavesOf(3) as [Buffer, Buffer, Buffer];
    assert.deepEqual(merkleRoot([a]), a);
    assert.deepEqual(merkleRoot([a, b, c]), merkleRoot([merkleRoot([a, b]), c]));
    assert.equal(
      merkleRoot([]).toString('hex'),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
