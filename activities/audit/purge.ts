import { Context } from '@temporalio/activity';
import { cutoffOf, type RetentionKey, retentionRules } from '../../db/domain/audit/retention.ts';
import { finishPurgeRun as finishRun, noteRemoved } from '../../db/repos/audit/purge-runs.ts';
import { applyRule } from '../../db/repos/audit/retention.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

const keeper = { type: 'system', id: 'purge-old-records' } as const;
/** Rows per transaction: few enough that no other transaction has to wait. */
const batchSize = 500;
/** Milliseconds; shorter than an attempt of the activity may take. */
const workForMs = 20_000;

/** Removing expired records. */
export function purgeActivities(deps: Deps) {
  return {
    /**
     * Applies one rule for up to 20 seconds, batch by batch. Returns how many rows it removed, and whether there may be
     * more.
     */
    async applyRetentionRule(request: {
      purgeRun: string;
      rule: RetentionKey;
      /** Moment of the purge run, in milliseconds: every batch uses the same cutoff. */
      atMs: number;
    }): Promise<{ removed: number; more: boolean }> {
      const { purgeRun, rule: key, atMs } = request;
      const rule = retentionRules.find((one) => one.key === key);
      if (!rule) return { removed: 0, more: false };
      const thinning = { before: cutoffOf(rule, atMs), limit: batchSize };
      const until = performance.now() + workForMs;
      const { cancellationSignal } = Context.current();
      const isLeaving = () => cancellationSignal.aborted;
      for (let removed = 0; ;) {
        const some = await deps.db.inScope(actingIn('platform', keeper), async (tx) => {
          const count = await applyRule(tx, key, thinning);
          await noteRemoved(tx, purgeRun, key, count);
          return count;
        });
        removed += some;
        if (some < batchSize) return { removed, more: false };
        // A worker that shuts down leaves the rest to another one at once.
        if (performance.now() > until || isLeaving()) return { removed, more: true };
      }
    },

    /** Ends a purge run with its event. Returns what all its workers removed. */
    async finishPurgeRun(request: {
      purgeRun: string;
      failed: readonly RetentionKey[];
    }): Promise<Partial<Record<RetentionKey, number>>> {
      return deps.db.inScope(actingIn('platform', keeper), (tx) =>
        finishRun(tx, request.purgeRun, request.failed),
      );
    },
  };
}
