import type { Request } from 'express';
import type { Principal } from '../../db/auth/provider.ts';
import { AppError } from '../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { isWithin } from '../../db/domain/identity/networks.ts';
import { minuteMs } from '../../db/domain/time.ts';
import type { ApiDeps } from './deps.ts';
import { recordOncePer } from './record-once.ts';

/**
 * Refuses an administrator, in a session or with a key, who comes from an address outside the list, and records it once
 * a minute. Throws `access.address-refused`.
 */
export async function assertAddress(
  deps: Pick<ApiDeps, 'db'>,
  { userId, networks, view }: Principal,
  request: Request,
): Promise<void> {
  if (networks === null || isWithin(networks, request.ip)) return;
  const adminId = view?.adminId ?? userId;
  await recordOncePer(deps, `access.address-refused/${adminId}/${Math.floor(Date.now() / minuteMs)}`, {
    tenantId: PLATFORM_TENANT_ID,
    by: { actor: { type: 'user', id: adminId }, context: { ...(request.ip && { ip: request.ip }) } },
    event: {
      action: 'access.address-refused',
      outcome: 'denied',
      targets: [{ type: 'user', id: adminId }],
    },
  });
  throw new AppError('access.address-refused');
}
