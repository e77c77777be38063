import type { Principal } from '../../../db/auth/provider.ts';

/** Where a person lands after signing in. */
export function homeOf({ tenant }: Pick<Principal, 'tenant'>): string {
  if (!tenant) return '/admin';
  return tenant.status === 'onboarding' ? '/app/setup' : '/app';
}

/** A path of this portal to go on to; anything that could lead elsewhere is ignored. */
export function localPath(path: string | undefined): string | null {
  return path && /^\/[^/\\]/.test(path) && !/[\p{Cc}\\]/u.test(path) ? path : null;
}
