import type { Cause } from '../../../../db/domain/runs/why/cause.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { oncePerRequest } from '../../../kit/once.ts';
import type { Reach } from '../../../kit/processes/schedules.ts';
import { nullIfUnavailable } from '../../shared/null-if-unavailable.ts';
import { seen } from './read.ts';

interface PausedCause {
  cause: Cause;
  tenantId: string;
}

/**
 * Why nothing is started at its times: schedules of a tenant, or of everyone, that were paused, those of one pause as
 * one cause for each tenant. None where Temporal doesn't answer at once.
 */
export const readPausedCauses = oncePerRequest(
  async (context: RequestContext, reach: Reach): Promise<PausedCause[]> => {
    const found = await nullIfUnavailable(() => context.deps.processes.schedules.listSoon(reach));
    const paused = await seen(
      context,
      (found ?? []).filter((one) => one.paused),
    );
    const byPause = new Map(paused.map((one) => [`${one.tenantId} ${one.note ?? one.id}`, one]));
    return [...byPause.values()].map(({ hold, tenantId }) => ({
      cause: { code: 'schedulePaused', hold: hold ?? { since: null, by: null, reason: null } },
      tenantId,
    }));
  },
  (reach) => (reach === 'platform' ? reach : reach.tenantId),
);
