import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { errorTable } from '../../db/domain/errors.ts';
import type { FreezeReach, ThawPolicy } from '../../db/domain/tenants/freeze.ts';
import * as freezes from '../../db/repos/tenants/freezes.ts';
import { actingIn } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';

interface Which {
  freezeId: string;
  reach: FreezeReach;
  tenantId: string;
}

const shortestMs = 500;
const longestMs = 30_000;

/**
 * When held work asks again whether it may continue: soon after a short freeze, rarely during a long one, and no two at
 * the same moment, so that a thaw isn't a flood.
 */
function againInMs(heldMs: number): number {
  const ms = Math.min(longestMs, Math.max(shortestMs, heldMs / 4));
  return Math.round(ms * (0.8 + 0.4 * Math.random()));
}

/** What freezes do over time. Freezing and unfreezing are changes of a row, made by the request itself. */
export function freezeActivities(deps: Deps) {
  return {
    /** Pauses every schedule that the freeze reaches; which those were. */
    async pauseSchedules(which: Which): Promise<{ ids: string[] }> {
      return { ids: await deps.schedules.pauseAll(which, which.freezeId) };
    },

    /** Resumes the schedules that a freeze paused. */
    async resumeSchedules({ ids, freezeId }: { ids: string[]; freezeId: string }): Promise<void> {
      await deps.schedules.resume(ids, freezeId);
    },

    /** How a freeze ended. While it stands, it fails and says when to ask again. */
    async awaitThaw({ freezeId: id, reach, tenantId }: Which): Promise<{ policy: ThawPolicy }> {
      const found = await deps.db.inScope({ ...actingIn('platform'), readOnly: true }, (tx) =>
        freezes.findThaw(tx, { id, reach, tenantId }),
      );
      // A freeze that isn't there any more holds nothing.
      if (!found || found.policy) return { policy: found?.policy ?? 'run' };
      const heldMs = Date.now() - Context.current().info.scheduledTimestampMs;
      throw ApplicationFailure.create({
        message: errorTable['tenant.frozen'].text,
        type: 'tenant.frozen',
        nonRetryable: false,
        nextRetryDelay: againInMs(heldMs),
      });
    },
  };
}
