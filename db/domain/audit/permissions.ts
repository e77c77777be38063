import type { PermissionEntry } from '../permission-entry.ts';

export const auditPermissions = {
  'audit.read': { text: 'View the audit log', heldBy: ['superAdmin', 'partner'] },
  'audit.verify': { text: 'Verify the audit log', heldBy: ['superAdmin'] },
  'access.read': {
    text: 'View the access log',
    heldBy: ['superAdmin', 'partner'],
  },
  'security.read': { text: 'View security events of the business', heldBy: ['owner', 'admin'] },
  'retention.read': { text: 'View data retention', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
