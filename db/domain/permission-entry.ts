import type { Role } from './roles.ts';

/** The declaration of one permission. */
export interface PermissionEntry {
  /** Shown where permissions are listed. */
  text: string;
  /** Roles that hold it; every other role is denied. */
  heldBy: readonly Role[];
}
