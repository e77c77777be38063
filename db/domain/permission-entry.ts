import type { Role } from './roles.ts';
import type { Feature } from './people/features.ts';

/** The declaration of one permission. */
export interface PermissionEntry {
  /** Shown where permissions are listed. */
  text: string;
  /** Roles that hold it; every other role is denied. */
  heldBy: readonly Role[];
  /** Withdrawn while an administrator views the portal as this person, also where changes are allowed. */
  whileViewing?: 'never';
  /** What it allows is open also to a business that is restricted or suspended for an unpaid invoice. */
  whileUnpaid?: 'always';
  /** `never`: no API key holds it; `person`: only keys that act for a person do. Every kind of key without it. */
  byKey?: 'never' | 'person';
  /** Withdrawn from a person for whom this feature is switched off. */
  feature?: Feature;
}
