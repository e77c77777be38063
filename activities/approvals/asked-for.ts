import type { Actor } from '../../db/domain/actor.ts';
import type { Tx } from '../../db/scope.ts';
import type { Approval } from '../../db/repos/approvals/approvals.ts';
import { toolTitles } from '../../db/repos/integrations/tools.ts';
import { names } from '../../db/repos/people/people.ts';

/** What a request is about, in the words of the registry or of the one who asked. */
export async function askedFor(tx: Tx, { title, server, tool }: Approval): Promise<string> {
  if (!server || !tool) return title ?? '';
  const id = `${server}/${tool}`;
  return (await toolTitles(tx, [id])).get(id) ?? tool;
}

/** The name of the person who asked; empty for agents and processes. */
export async function nameOf(tx: Tx, actor: Actor): Promise<string> {
  const userId = actor.type === 'user' ? actor.id : actor.onBehalfOf;
  return userId ? ((await names(tx, [userId])).get(userId) ?? '') : '';
}
