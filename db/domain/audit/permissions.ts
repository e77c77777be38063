import type { PermissionEntry } from '../permission-entry.ts';

export const auditPermissions = {
  'audit.read': { text: 'View the audit log', heldBy: ['superAdmin', 'partner'] },
  'audit.verify': { text: 'Verify the audit log', heldBy: ['superAdmin'] },
  'retention.read': { text: 'View data retention', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
