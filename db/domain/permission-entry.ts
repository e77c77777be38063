import type { Role } from './roles.ts';

/** What a capability declares of one permission. */
export interface PermissionEntry {
  /** Shown where permissions are listed. */
  text: string;
  /** Roles that hold it; every other role is denied. */
  heldBy: readonly Role[];
}
