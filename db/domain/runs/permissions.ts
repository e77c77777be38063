import type { PermissionEntry } from '../permission-entry.ts';

export const runsPermissions = {
  'runs.read': { text: 'View workflow runs', heldBy: ['superAdmin', 'partner'] },
  'runs.control': { text: 'Retry, skip, fail, cancel or terminate runs', heldBy: ['superAdmin'] },
  'processes.trigger': { text: 'Start processes manually', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
