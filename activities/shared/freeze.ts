import { AppError } from '../../db/domain/errors.ts';
import type { Freeze } from '../../db/domain/tenants/freeze.ts';
import * as freezes from '../../db/repos/tenants/freezes.ts';
import type { Db, Scope } from '../../db/scope.ts';

/** The error of what a freeze stops; it names the freeze, for which the process then waits. */
export const frozenBy = ({ id, reach }: Freeze, tenantId: string): AppError =>
  new AppError('tenant.frozen', { about: { freezeId: id, reach, tenantId } });

/** Throws `tenant.frozen` where the tenant or the platform is frozen. Asked right before each write to the outside. */
export async function assertNotFrozen(db: Db, scope: Scope, tenantId: string): Promise<void> {
  const freeze = await db.inScope({ ...scope, readOnly: true }, (tx) => freezes.findOpen(tx, tenantId));
  if (freeze) throw frozenBy(freeze, tenantId);
}
