import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import type { CallRecord } from '../../../db/repos/integrations/calls.ts';
import { names } from '../../../db/repos/people/people.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Who made a call, in words. */
export async function actorNames(
  context: RequestContext,
  calls: readonly Pick<CallRecord, 'actorType' | 'actorId'>[],
): Promise<(call: Pick<CallRecord, 'actorType' | 'actorId'>) => string> {
  const ids = calls.filter(({ actorType }) => actorType === 'user').map(({ actorId }) => actorId);
  const people = await context.deps.db.inScope(context.tenant(), (tx) => names(tx, [...new Set(ids)]));
  return ({ actorType, actorId }) => {
    if (actorType === 'user') return people.get(actorId) ?? 'Outside your team';
    if (actorType === 'agent') return agentCatalog.find(({ key }) => key === actorId)?.title ?? 'An agent';
    return actorType === 'workflow' ? 'A workflow' : 'The platform';
  };
}
