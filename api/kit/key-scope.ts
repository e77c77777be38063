import type { PermissionEntry } from '../../db/domain/permission-entry.ts';
import { type Permission, permissions } from '../../db/domain/permissions.ts';
import type { AnyRoute } from './route.ts';

/**
 * The scope an API key needs for a route. Null where keys don't work: on pages and forms, where it takes no permission or
 * a recent proof of who asks, and for what no key may hold.
 */
export function keyScopeOf(route: AnyRoute): Permission | null {
  const { kind, path, access, stepUp } = route;
  if ((kind !== 'json' && kind !== 'raw') || !path.startsWith('/api/')) return null;
  if (access === 'public' || access === 'signed-in' || stepUp) return null;
  const { byKey }: PermissionEntry = permissions[access];
  return byKey === 'never' ? null : access;
}
