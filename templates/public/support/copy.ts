/** Every sentence of the help page. */
export const helpCopy = {
  title: 'Help',
  purpose: 'What you can do here, how to do it quickly, and what changed.',
  actions: 'What you can do',
  actionsText: 'Press Ctrl K (⌘ K on a Mac) on any page to find these, or any record.',
  docs: 'API documentation',
  docsText: 'Every operation that programs, agents and scripts can use with an API key.',
  viewDocs: 'Read the documentation',
  status: 'Status',
  statusText: 'Whether every part of the platform works right now.',
  viewStatus: 'View status',
  whatsNew: 'What’s new',
} as const;

/** Changes people notice, the newest first. */
export const changes: readonly { on: string; title: string; text: string }[] = [
  {
    on: '2026-11-29',
    title: 'API documentation',
    text: 'Every operation with its permission, fields and errors, made from what the platform really serves.',
  },
  {
    on: '2026-11-28',
    title: 'Find actions, not only pages',
    text: 'Search now finds what you can do, such as inviting a person or connecting an integration, and records by their id.',
  },
  {
    on: '2026-11-28',
    title: 'Groups in the navigation',
    text: 'Pages are grouped by job. Fold a group you don’t need; it stays folded.',
  },
];
