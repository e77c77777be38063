import type { PermissionEntry } from '../permission-entry.ts';

export const approvalsPermissions = {
  'tools.approve': { text: 'Approve what a tool is about to do', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
