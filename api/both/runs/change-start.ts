import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../../db/domain/errors.ts';
import * as hooks from '../../../db/repos/runs/templates/hooks.ts';
import type { RequestContext } from '../../kit/context.ts';
import { assertOwn, findSeen, homeOf, scopeOf } from './home.ts';

/** Of a template that people of a business change. Throws `template.read-only`, `template.platform-only`. */
async function assertOfBusiness(context: RequestContext, id: string): Promise<void> {
  assertOwn(await findSeen(context, id));
  if (!context.person().tenant) throw new AppError('template.platform-only');
}

/** Gives a template a secret web address in place of the one before; it is never shown again. */
export async function createAddress(context: RequestContext, id: string): Promise<string> {
  await assertOfBusiness(context, id);
  const secret = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(secret).digest('hex');
  await context.deps.db.inScope(scopeOf(context), (tx) => hooks.setHook(tx, homeOf(context), id, hash));
  return `${context.deps.publicUrl}/hooks/workflow-templates/start/${secret}`;
}

export async function removeAddress(context: RequestContext, id: string): Promise<void> {
  await assertOfBusiness(context, id);
  await context.deps.db.inScope(scopeOf(context), (tx) => hooks.removeHook(tx, homeOf(context), id));
}

/** Since when a web address starts it; null without one. */
export const addressSince = (context: RequestContext, id: string): Promise<Date | null> =>
  context.deps.db.inScope({ ...scopeOf(context), readOnly: true }, (tx) =>
    hooks.hookSince(tx, homeOf(context), id),
  );
