import * as people from '../../../db/repos/people/people.ts';
import type { RequestContext } from '../../kit/context.ts';

/**
 * When users last signed in, by id. Some sign-ins are in the platform's own ledger, which partners can't read: the caller
 * passes only users it has found within the viewer's visibility.
 */
export function readSignIns(context: RequestContext, userIds: readonly string[]): Promise<Map<string, Date>> {
  return context.deps.db.inScope(context.scope('platform'), (tx) => people.lastSignIns(tx, userIds));
}
