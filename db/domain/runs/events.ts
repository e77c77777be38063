/** Events of this capability, each with the label people read in the audit log. */
export const runsEvents = {
  'run.triggered': 'Process started by hand',
  'run.step-retried': 'Step tried again',
  'run.step-skipped': 'Step skipped',
  'run.step-failed': 'Step given up',
  'run.cancelled': 'Process cancelled',
  'run.terminated': 'Process terminated',
} as const;
