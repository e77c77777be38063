import { z } from 'zod';
import { text } from '../common.ts';
import { type Permission, permissionGroups, permissions, permissionsOf } from '../permissions.ts';

/** Roles that a custom one can be based on: it allows some of what they do. */
export const baseRoles = ['admin', 'member'] as const;
export type BaseRole = (typeof baseRoles)[number];

/** Per business; more would be hard to tell apart. */
export const mostCustomRoles = 30;

export interface CustomRole {
  id: string;
  name: string;
  baseRole: BaseRole;
  permissions: Permission[];
}

/** What no custom role can take away: without these a person could not sign in safely, or would see an empty page. */
const always: readonly string[] = ['account.edit', 'account.secure', 'workspace.read'];

export const isAlwaysHeld = (permission: Permission): boolean => always.includes(permission);

/** What can be chosen for a role with this base, by capability; empty groups are left out. */
export function choosable(base: BaseRole): { title: string; permissions: Permission[] }[] {
  const held = permissionsOf(base);
  return permissionGroups
    .map(({ title, permissions: group }) => ({
      title,
      permissions: group.filter((one) => held.has(one) && !isAlwaysHeld(one)),
    }))
    .filter((group) => group.permissions.length > 0);
}

/** All that a role with this base and choice allows, in one order. */
export function permissionsOfRole(base: BaseRole, chosen: readonly string[]): Permission[] {
  return [...permissionsOf(base)].filter((one) => isAlwaysHeld(one) || chosen.includes(one)).sort();
}

const permission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]], 'Choose from the list.');

/** A role as people write it; what the base does not allow is refused, not left out. */
export const roleDraft = z
  .strictObject({
    name: text(60),
    baseRole: z.enum(baseRoles, 'Choose a role from the list.'),
    permissions: z.array(permission).max(200).default([]),
  })
  .superRefine(({ baseRole, permissions: chosen }, issues) => {
    const held = permissionsOf(baseRole);
    const beyond = chosen.find((one) => !held.has(one));
    if (beyond)
      issues.addIssue({
        code: 'custom',
        path: ['permissions'],
        message: `The role it’s based on doesn’t allow this: ${permissions[beyond].text}.`,
      });
  });
export type RoleDraft = z.output<typeof roleDraft>;
