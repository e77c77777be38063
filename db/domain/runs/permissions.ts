import type { PermissionEntry } from '../permission-entry.ts';

export const runsPermissions = {
  'runs.read': { text: 'View workflow runs', heldBy: ['superAdmin', 'partner'] },
  'workers.read': { text: 'View workers and task queues', heldBy: ['superAdmin'] },
  'runs.control': {
    text: 'Act on runs: retry, pause, message, reset, cancel, terminate',
    heldBy: ['superAdmin'],
  },
  'bulk-operations.read': { text: 'View bulk operations', heldBy: ['superAdmin', 'partner'] },
  'bulk-operations.run': {
    text: 'Run bulk operations, each with the permission of what it does',
    heldBy: ['superAdmin', 'partner'],
    whileViewing: 'never',
    byKey: 'never',
  },
  'processes.trigger': { text: 'Start processes manually', heldBy: ['superAdmin'] },
  'schedules.read': { text: 'View schedules', heldBy: ['superAdmin', 'partner'] },
  'schedules.manage': { text: 'Create, change, pause and run schedules', heldBy: ['superAdmin'] },
  'templates.read': { text: 'View workflow templates', heldBy: ['superAdmin', 'owner', 'admin'] },
  'templates.edit': {
    text: 'Change and publish workflow templates',
    heldBy: ['superAdmin', 'owner', 'admin'],
  },
  'templates.start': { text: 'Start workflows from templates', heldBy: ['superAdmin', 'owner', 'admin'] },
} as const satisfies Record<string, PermissionEntry>;
