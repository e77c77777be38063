import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import type { Filed } from '../../../db/repos/identity/second-factors.ts';
import type { Tx } from '../../../db/scope.ts';
import { changeAndTell } from '../../both/identity/change-and-tell.ts';
import type { RequestContext } from '../../kit/context.ts';
import { localPath } from '../shared/landing.ts';
import { scopeOfPerson } from '../shared/second-factor.ts';

/** Where people go on after something that kept them from it; what could lead elsewhere is ignored. */
export const next = z
  .string()
  .max(2_000)
  .optional()
  .transform((path) => localPath(path) ?? undefined);

/** Events of a tenant's people are filed under the tenant, all others under the platform. */
export function filedUnder(context: RequestContext): { tenantId?: string } {
  const tenantId = context.principal?.tenant?.id;
  return tenantId ? { tenantId } : {};
}

/** A change of the own account, made as its person, who is told of it. Throws `service.unavailable`. */
export const changeOwn = <T>(
  context: RequestContext,
  person: { userId: string; tenantId?: string },
  change: (tx: Tx, filed: Filed) => Promise<T>,
): Promise<T> => changeAndTell(context, person, scopeOfPerson(context, person.userId), change);

/** Throws `password.too-weak` at the field of the new password. */
export async function refuseWeak(
  { deps }: RequestContext,
  password: string,
  words: readonly string[],
): Promise<void> {
  const problem = await deps.passwordProblem(password, words);
  if (problem) throw new AppError('password.too-weak', { fields: { password: problem } });
}
