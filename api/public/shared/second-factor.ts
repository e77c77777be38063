import { backupCodeIn, hashBackupCode } from '../../../db/auth/backup-codes.ts';
import { totpStepOf } from '../../../db/auth/totp.ts';
import { AppError, errorTable } from '../../../db/domain/errors.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import type { Scope } from '../../../db/scope.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Everything of the own account is out of a tenant's reach: the reach of the platform, acting as the person. */
export function scopeOfPerson(context: RequestContext, userId: string): Scope {
  const scope = context.scope('platform');
  return { ...scope, by: { ...scope.by, actor: { type: 'user', id: userId } } };
}

/** Uses up a code of the app, or a backup code; false for any other. Works once, also for two at the same moment. */
async function useCode(context: RequestContext, userId: string, typed: string): Promise<boolean> {
  const { deps } = context;
  const { db } = deps;
  const scope = scopeOfPerson(context, userId);
  const factor = await db.inScope(scope, (tx) => factors.find(tx, userId));
  if (!factor) return false;
  const digits = typed.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) {
    const step = totpStepOf(deps.openFactor(userId, factor), digits, Date.now());
    return step !== null && (await db.inScope(scope, (tx) => factors.useStep(tx, userId, step)));
  }
  const code = backupCodeIn(typed);
  if (code === null) return false;
  const hash = await hashBackupCode(code, factor.salt);
  return db.inScope(scope, (tx) => factors.useBackupCode(tx, userId, hash));
}

/**
 * Checks the code of a person's second factor. Tries are counted before they are evaluated, so that many at once are no
 * more than many in a row. Throws `second-factor.wrong-code`, `session.locked`.
 */
export async function checkCode(context: RequestContext, userId: string, typed: string): Promise<void> {
  const { limits, db } = context.deps;
  await limits.take('second-factor', userId);
  if (await useCode(context, userId, typed)) {
    await limits.giveBack([['second-factor', userId]]);
    return;
  }
  await db.inScope(context.scope('platform'), async (tx) =>
    tx.record({
      action: 'second-factor.refused',
      outcome: 'failure',
      targets: [{ type: 'user', id: userId }],
    }),
  );
  throw new AppError('second-factor.wrong-code', {
    fields: { code: errorTable['second-factor.wrong-code'].text },
  });
}
