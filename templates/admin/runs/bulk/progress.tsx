import type { VNode } from 'preact';
import { type BulkCounts, countOf, openItemStates } from '../../../../db/domain/runs/bulk-operation.ts';
import { bulkCopy as copy } from './copy.ts';

/** How many items have had their turn, as a bar and in words. */
export function BulkProgress({ total, counts }: { total: number; counts: BulkCounts }): VNode {
  const settled = total - countOf(counts, openItemStates);
  return (
    <>
      <progress
        class="bz-progress"
        value={settled}
        max={Math.max(total, 1)}
        aria-label={copy.progressLabel}
      />
      <span class="bz-muted">{copy.progressOf(settled, total)}</span>
    </>
  );
}
