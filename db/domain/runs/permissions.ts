import type { PermissionEntry } from '../permission-entry.ts';

export const runsPermissions = {
  'runs.read': { text: 'See workflow runs', heldBy: ['superAdmin', 'partner'] },
  'runs.control': { text: 'Retry, skip, fail, cancel or terminate runs', heldBy: ['superAdmin'] },
  'processes.trigger': { text: 'Start a process by hand', heldBy: ['superAdmin'] },
} as const satisfies Record<string, PermissionEntry>;
