import type { PermissionEntry } from '../permission-entry.ts';

export const approvalsPermissions = {
  'tools.approve': { text: 'Approve tool calls', heldBy: ['owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
