import { z } from 'zod';
import { verifyChains } from '../../../db/audit-verify.ts';
import { type CheckpointsVerdict, verifyCheckpoints } from '../../../db/audit/checkpoint-verify.ts';
import { actionsOfKind } from '../../../db/domain/event.ts';
import { idPattern, PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import * as events from '../../../db/repos/audit/events.ts';
import { serverTitles } from '../../../db/repos/integrations/servers.ts';
import { toolTitles } from '../../../db/repos/integrations/tools.ts';
import * as people from '../../../db/repos/people/people.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { TargetNames } from '../shared/event-labels.ts';
import { day, optionalParam, paged, sortOf, words } from '../shared/query.ts';
import { dayMs } from '../../../db/domain/time.ts';

/** Both sides of the log take tenants, and the platform, which has a chain of its own. */
const chain = z.string().regex(idPattern('tenant'), 'This is not the id of a tenant.');

export const auditQuery = z.object({
  /** One action, or all of a kind. */
  action: optionalParam(z.string().refine((kind) => actionsOfKind(kind).length > 0, 'Choose from the list.')),
  actor: words,
  tenant: optionalParam(chain),
  target: optionalParam(z.string().max(200)),
  workflow: optionalParam(z.string().max(300)),
  /** Who acted in another person's view. */
  via: words,
  outcome: optionalParam(z.enum(['success', 'failure', 'denied'])),
  /** An id of any kind. */
  q: words,
  from: day,
  to: day,
  sort: sortOf(['when']),
  ...paged,
});
export type AuditQuery = z.output<typeof auditQuery>;

/** Filters that leave entries of a chain out; the names of those that are set. */
export function filtersOf(query: AuditQuery): string[] {
  const names = ['action', 'actor', 'target', 'workflow', 'via', 'outcome', 'q', 'from', 'to'] as const;
  return names.filter((name) => query[name] !== undefined);
}

/** Events within reach, the newest first, and the names of the people, servers and tools they concern. */
export async function readEvents(
  context: RequestContext,
  query: AuditQuery,
  { counted }: { counted?: boolean } = {},
) {
  const { action, actor, tenant, target, workflow, via, outcome, q, from, to, sort, cursor, limit } = query;
  return context.deps.db.inScope(context.overview(), async (tx) => {
    const page = await events.list(tx, {
      ...(action && { actions: actionsOfKind(action) }),
      actor,
      tenantId: tenant,
      targetId: target,
      workflowId: workflow,
      impersonator: via,
      outcome,
      anyId: q,
      from,
      // The last day counts as a whole.
      to: to && new Date(to.getTime() + dayMs),
      oldestFirst: sort?.descending === false,
      cursor,
      limit,
      counted,
    });
    const targets = (wanted: string) =>
      page.items.flatMap((event) => event.targets.flatMap(({ type, id }) => (type === wanted ? [id] : [])));
    const impersonators = page.items.flatMap(({ impersonatorId }) => impersonatorId ?? []);
    const names: TargetNames = {
      people: await people.names(tx, [...new Set([...targets('user'), ...impersonators])]),
      servers: await serverTitles(tx),
      tools: await toolTitles(tx, [...new Set(targets('tool'))]),
    };
    return { ...page, names };
  });
}

export const verifyBody = z.strictObject({ tenantId: chain.optional() });

export interface CheckedChain {
  tenantId: string;
  name: string;
  events: number;
  broken: { seq: number; problem: string } | null;
}

/** Recomputes every chain within reach, or one. Throws `tenant.not-found` for a chain there is not. */
export async function checkChains(context: RequestContext, tenantId?: string): Promise<CheckedChain[]> {
  return context.deps.db.inScope(context.overview(), async (tx) => {
    if (tenantId && tenantId !== PLATFORM_TENANT_ID) await tenants.get(tx, tenantId);
    const verdicts = await verifyChains(tx, tenantId);
    const names = await tenants.names(
      tx,
      verdicts.map((verdict) => verdict.tenantId),
    );
    return verdicts.map((verdict) => ({
      ...verdict,
      name:
        verdict.tenantId === PLATFORM_TENANT_ID
          ? 'The platform itself'
          : (names.get(verdict.tenantId) ?? verdict.tenantId),
    }));
  });
}

/** Checks every checkpoint against its signature and against the events it sealed. */
export async function checkCheckpoints(context: RequestContext): Promise<CheckpointsVerdict> {
  const { db, auditSigner } = context.deps;
  return db.inScope(context.scope('platform'), (tx) => verifyCheckpoints(tx, auditSigner));
}
