/** Events of this capability, each with the label people read in the audit log. */
export const runsEvents = {
  'run.triggered': 'Process started manually',
  'run.step-retried': 'Step retried',
  'run.step-skipped': 'Step skipped',
  'run.step-failed': 'Step failed by an administrator',
  'run.cancelled': 'Process cancelled',
  'run.terminated': 'Process terminated',
  'run.history-downloaded': 'Run history downloaded',
} as const;

/** What events of this capability are about, each with the noun people read where it has no name. */
export const runsTargets = {
  run: 'A run',
} as const;
