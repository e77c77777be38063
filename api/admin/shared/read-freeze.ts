import type { RunFacts } from '../../../db/domain/runs/why/facts.ts';
import { holdOf } from '../../../db/domain/runs/why/cause.ts';
import * as freezes from '../../../db/repos/tenants/freezes.ts';
import type { RequestContext } from '../../kit/context.ts';
import { oncePerRequest } from '../../kit/once.ts';

/** The freeze that holds up a tenant's work, as a reason why it is stuck; null when nothing does. */
export const readFreeze = oncePerRequest(
  async (context: RequestContext, tenantId: string): Promise<NonNullable<RunFacts['frozen']> | null> => {
    const freeze = await context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
      freezes.findOpen(tx, tenantId),
    );
    return freeze && { reach: freeze.reach, ...holdOf(freeze) };
  },
  (tenantId) => tenantId,
);
