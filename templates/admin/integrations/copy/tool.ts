/** Titles of the parts of a definition, as a change names them: "Input › amount". */
export const definitionTitles: Record<string, string> = {
  title: 'Title',
  description: 'Description',
  inputSchema: 'Input',
  outputSchema: 'Output',
  annotations: 'Annotations',
};

export const toolCopy = {
  withdrawn: 'The server no longer has this tool.',
  neverApproved: 'New tool. Review its definition before you approve it.',
  changed: 'This tool changed after it was approved. Calls are blocked until you review the changes.',
  quarantined: 'An administrator quarantined this tool. Its definition hasn’t changed since it was approved.',
  changesTitle: 'Changes',
  changesNote: 'Field by field, as models see them.',
  absent: 'Not set',
  versionsTitle: 'Versions',
  versionsNote: 'Every definition this tool has had.',
  current: 'current',
  approved: 'approved',
  never: 'Never',
  factsTitle: 'Details',
  approvalNeeded: 'Needs approval',
  approvalNotNeeded: 'Runs immediately',
  input: 'Input schema',
  output: 'Output schema',
  quarantine: {
    open: 'Quarantine…',
    title: (tool: string) => `Quarantine “${tool}”`,
    happens: 'Calls to this tool are blocked immediately, until an administrator approves it.',
    stays: 'The server’s other tools keep working.',
    submit: 'Quarantine tool',
    done: 'Tool quarantined. Calls are blocked until an administrator approves it.',
  },
  approve: {
    open: 'Approve…',
    title: (tool: string) => `Approve “${tool}”`,
    happens: (fingerprint: string) =>
      `Tenants can call this exact version (${fingerprint}). If it changes, it’s quarantined again.`,
    submit: 'Approve tool',
    done: 'Tool approved.',
  },
  changeRisk: {
    open: 'Change risk…',
    title: (tool: string) => `Change the risk of “${tool}”`,
    submit: 'Save risk',
  },
  risk: 'Risk',
  riskHelp: 'Decides who can use the tool and whether each call needs approval.',
  chooseRisk: 'Choose a risk.',
  builtInRisk: 'Built-in tools have a fixed risk.',
  reload: 'Reload the page and review the tool again.',
} as const;
