import type { PermissionEntry } from '../permission-entry.ts';

export const auditPermissions = {
  'audit.read': { text: 'See the audit log', heldBy: ['superAdmin', 'partner'] },
  'audit.verify': { text: 'Check the audit log for tampering', heldBy: ['superAdmin'] },
  'retention.read': { text: 'See what is kept and for how long', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
