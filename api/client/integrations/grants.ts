import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { type Grant, listGrants, removeGrant, setGrant } from '../../../db/repos/integrations/grants.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import { toolsCopy } from '../../../templates/client/integrations/copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import { grantees } from './view.ts';

/** "tool grantee" for each checked box. */
export const grantsForm = z.strictObject({ grants: z.array(z.string().max(200)).max(5_000) });

/** Adds and removes grants until exactly these remain. Throws `request.invalid`, `connection.missing`. */
export async function saveGrants(
  context: RequestContext,
  server: string,
  checked: readonly string[],
): Promise<{ added: number; removed: number }> {
  return context.deps.db.inScope(context.tenant(), async (tx) => {
    const tools = new Set((await listTools(tx, { server })).map(({ name }) => name));
    const wanted = checked.map((one): Grant => {
      const [tool = '', grantee = ''] = one.split(' ');
      if (!tools.has(tool) || !grantees.some(({ key }) => key === grantee)) {
        throw new AppError('request.invalid', { fields: { grants: toolsCopy.chooseListed } });
      }
      return { server, tool, grantee };
    });
    const keyOf = ({ tool, grantee }: Grant) => `${tool} ${grantee}`;
    const held = await listGrants(tx, server);
    const added = wanted.filter((one) => !held.some((other) => keyOf(other) === keyOf(one)));
    const removed = held.filter((one) => !wanted.some((other) => keyOf(other) === keyOf(one)));
    for (const grant of added) await setGrant(tx, grant);
    for (const grant of removed) await removeGrant(tx, { server, tool: grant.tool, grantee: grant.grantee });
    return { added: added.length, removed: removed.length };
  });
}
